// Queues, and what calls functions by the clock, that wait for what a function gives, though their
// types say `void`.
import type { LibraryRow } from './row.js';

export const QUEUES: readonly LibraryRow[] = [
  {
    library: 'async',
    fact: 'callback',
    packages: ['@types/async', 'async'],
    names: [
      ...['auto', 'cargo', 'concat', 'detect', 'each', 'eachLimit', 'eachOf', 'eachOfLimit'],
      ...['eachOfSeries', 'eachSeries', 'every', 'filter', 'forEach', 'forEachLimit', 'forEachOf'],
      ...['forEachSeries', 'groupBy', 'map', 'mapLimit', 'mapSeries', 'mapValues', 'parallel'],
      ...['parallelLimit', 'priorityQueue', 'queue', 'reduce', 'retry', 'series', 'some', 'times'],
      ...['transform', 'until', 'waterfall', 'whilst'],
    ],
    step: 'all',
    because: 'It waits for the promise of an async function, and tells its callback of the error.',
    source: { repository: 'caolan/async', path: 'lib/internal/wrapAsync.js' },
  },
  {
    library: 'queue',
    fact: 'callback',
    packages: ['@types/queue', 'queue'],
    names: ['push', 'splice', 'unshift'],
    step: 'all',
    because: 'It waits for the job before the next one, and an error becomes the event `error`.',
    source: { repository: 'jessetane/queue', path: 'index.js' },
  },
  {
    library: 'node-cron',
    fact: 'callback',
    packages: ['@types/node-cron', 'node-cron'],
    names: ['schedule'],
    step: 'all',
    because: 'It waits for the promise, and an error becomes the event `task-failed`.',
    source: { repository: 'node-cron/node-cron', path: 'src/scheduler/runner.ts' },
  },
  {
    library: 'generic-pool',
    fact: 'result',
    packages: ['@types/generic-pool', 'generic-pool'],
    names: ['release'],
    of: ['Pool'],
    step: 'recommended',
    because: 'It rejects only for what is not on loan.',
    source: { repository: 'coopernurse/node-pool', path: 'lib/Pool.js' },
  },
  {
    library: 'Repeater.js',
    fact: 'result',
    packages: ['@repeaterjs/repeater'],
    types: ['Push'],
    step: 'all',
    because: 'An error that nobody takes from a `push` goes to who reads the repeater.',
    source: { repository: 'repeaterjs/repeater', path: 'packages/repeater/src/repeater.ts' },
  },
];
