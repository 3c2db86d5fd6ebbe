// Functions of libraries and of the platform whose promises never reject, by the names under which
// they are imported: so they are known in files too of which there are no types. With the place in
// the source that shows it.
import type { Source } from './row.js';

export interface FulfilledRow {
  /** As people call it. */
  readonly library: string;
  readonly modules: readonly string[];
  /** The exports; `default` is the module itself. */
  readonly names: readonly string[];
  /**
   * - `promise`: what the call gives never rejects
   * - `function`: what the call gives is a function, or has some in a list or an object, and what
   *   these give never rejects
   */
  readonly gives: 'function' | 'promise';
  /** With more arguments than that it may. */
  readonly unlessOver?: number;
  /** Only where this option is `false`: `execa('serve', { reject: false })`. */
  readonly without?: string;
  readonly because: string;
  readonly source: Source;
}

export const FULFILLED_ROWS: readonly FulfilledRow[] = [
  {
    library: 'await-to-js',
    modules: ['await-to-js'],
    names: ['default', 'to'],
    gives: 'promise',
    because: 'An error is the first of the list that it gives.',
    source: { repository: 'scopsy/await-to-js', path: 'src/await-to-js.ts' },
  },
  {
    library: 'es-toolkit',
    modules: ['es-toolkit', 'es-toolkit/util'],
    names: ['attemptAsync'],
    gives: 'promise',
    because: 'An error is the first of the list that it gives.',
    source: { repository: 'toss/es-toolkit', path: 'src/util/attemptAsync.ts' },
  },
  {
    library: 'fs-extra',
    modules: ['fs-extra'],
    names: ['pathExists'],
    gives: 'promise',
    because: 'An error is a `false`.',
    source: { repository: 'jprichardson/node-fs-extra', path: 'lib/path-exists/index.js' },
  },
  {
    library: 'open',
    modules: ['open'],
    names: ['default'],
    gives: 'promise',
    unlessOver: 1,
    because: 'It is over when the opener has been started, whose failure the process tells.',
    source: { repository: 'sindresorhus/open', path: 'index.js' },
  },
  {
    library: 'path-exists',
    modules: ['path-exists'],
    names: ['default', 'pathExists'],
    gives: 'promise',
    because: 'An error is a `false`.',
    source: { repository: 'sindresorhus/path-exists', path: 'index.js' },
  },
  {
    library: 'p-reflect',
    modules: ['p-reflect'],
    names: ['default'],
    gives: 'promise',
    because: 'An error is the `reason` of what it gives.',
    source: { repository: 'sindresorhus/p-reflect', path: 'index.js' },
  },
  {
    library: 'Radash',
    modules: ['radash'],
    names: ['try', 'tryit'],
    gives: 'function',
    because: 'An error is the first of the list that the function gives.',
    source: { repository: 'sodiray/radash', path: 'src/async.ts' },
  },
  {
    library: 'react-use',
    modules: ['react-use', 'react-use/lib/useAsyncFn', 'react-use/esm/useAsyncFn'],
    names: ['default', 'useAsyncFn'],
    gives: 'function',
    because: 'An error is put into the state, and is what the function gives.',
    source: { repository: 'streamich/react-use', path: 'src/useAsyncFn.ts' },
  },
  {
    library: 'VueUse',
    modules: ['@vueuse/core'],
    names: ['useAsyncState', 'useFetch'],
    gives: 'function',
    because: 'An error is put into the state, unless it is told to throw.',
    source: { repository: 'vueuse/vueuse', path: 'packages/core/useAsyncState/index.ts' },
  },
  {
    library: 'MobX',
    modules: ['mobx'],
    names: ['when'],
    gives: 'promise',
    unlessOver: 1,
    because: 'Only a timeout or a signal among its options makes it reject.',
    source: { repository: 'mobxjs/mobx', path: 'packages/mobx/src/api/when.ts' },
  },
  {
    library: 'execa',
    modules: ['execa'],
    names: ['command', 'default', 'execa', 'execaCommand', 'execaNode', 'node'],
    gives: 'promise',
    without: 'reject',
    because: 'With `reject: false` a process that fails is told by what it gives.',
    source: { repository: 'sindresorhus/execa', path: 'index.js' },
  },
  {
    library: 'copy-to-clipboard',
    modules: ['copy-to-clipboard'],
    names: ['default'],
    gives: 'promise',
    because: 'It gives `false` where it could not copy.',
    source: { repository: 'sudodoki/copy-to-clipboard', path: 'index.js' },
  },
  {
    library: 'Node.js',
    modules: ['node:timers/promises', 'timers/promises'],
    names: ['setTimeout'],
    gives: 'promise',
    unlessOver: 2,
    because: 'Only a signal among its options makes it reject.',
    source: { repository: 'nodejs/node', path: 'lib/timers/promises.js' },
  },
  {
    library: 'Node.js',
    modules: ['node:timers/promises', 'timers/promises'],
    names: ['scheduler.wait', 'setImmediate'],
    gives: 'promise',
    unlessOver: 1,
    because: 'Only a signal among its options makes it reject.',
    source: { repository: 'nodejs/node', path: 'lib/timers/promises.js' },
  },
  {
    library: 'delay',
    modules: ['delay'],
    names: ['default'],
    gives: 'promise',
    unlessOver: 1,
    because: 'Only a signal among its options makes it reject.',
    source: { repository: 'sindresorhus/delay', path: 'index.js' },
  },
];
