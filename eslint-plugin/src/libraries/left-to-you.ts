// Calls of libraries that were looked at and are in no row, for the page that says so.
import type { Source } from './row.js';

interface LeftToYou {
  readonly library: string;
  /** As it is written in code. */
  readonly call: string;
  /** What it does with the promise, or with its error. */
  readonly because: string;
  readonly source: Source;
}

/** Reported when nobody takes their promise. */
export const LEFT_TO_YOU: readonly LeftToYou[] = [
  {
    library: 'Electron',
    call: 'shell.openExternal(url)',
    because: 'rejects when nothing opens the address',
    source: { repository: 'electron/electron', path: 'shell/common/api/electron_api_shell.cc' },
  },
  {
    library: 'p-queue',
    call: 'queue.add(work)',
    because: 'rejects with the error of the work, also where the queue has a listener for errors',
    source: { repository: 'sindresorhus/p-queue', path: 'source/index.ts' },
  },
  {
    library: 'SvelteKit',
    call: 'goto(url)',
    because: 'rejects when it cannot navigate',
    source: { repository: 'sveltejs/kit', path: 'packages/kit/src/runtime/client/client.js' },
  },
  {
    library: 'SWR',
    call: 'mutate(key, data)',
    because: 'rejects when the data does',
    source: { repository: 'vercel/swr', path: 'src/_internal/utils/mutate.ts' },
  },
  {
    library: 'TanStack Query',
    call: 'queryClient.fetchQuery(options)',
    because: 'rejects with the error of the query',
    source: { repository: 'TanStack/query', path: 'packages/query-core/src/queryClient.ts' },
  },
  {
    library: 'BullMQ',
    call: 'worker.run()',
    because: 'rejects; the worker that runs by itself makes an event of it',
    source: { repository: 'taskforcesh/bullmq', path: 'src/classes/worker.ts' },
  },
];
