import { Worker } from 'node:worker_threads';

import type { Mode } from './find-faults.js';
import type { Source } from './source.js';

const MINUTE = 60_000;

/** Told of each lint as it begins and as it ends. */
export interface Watch {
  begin(source: Source, mode: Mode): void;
  end(): void;
}

export const unwatched: Watch = { begin: () => undefined, end: () => undefined };

/** What the thread that watches is told: the program that is linted now, or none. */
export type Watched = { readonly source: Source; readonly mode: Mode } | undefined;

/**
 * Ends the process where one program is linted for longer than any may be, and prints the program.
 * A rule that hangs blocks its thread, a timer of it too, so that another thread has to tell.
 */
export function hangWatch(milliseconds: number = 5 * MINUTE): Watch {
  const watcher = new Worker(new URL('./watch-thread.js', import.meta.url), {
    workerData: milliseconds,
    // Not the flags of this one, as `--input-type`, which a thread refuses.
    execArgv: [],
  });
  watcher.unref();
  const tell = (watched: Watched): void => watcher.postMessage(watched);
  return {
    begin: (source, mode) => tell({ source, mode }),
    end: () => tell(undefined),
  };
}
