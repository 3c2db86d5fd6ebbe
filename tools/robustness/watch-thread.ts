import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

import type { Watched } from './watch.js';

let timer: NodeJS.Timeout | undefined;

parentPort!.on('message', (watched: Watched) => {
  clearTimeout(timer);
  if (watched === undefined) return;
  timer = setTimeout(() => give(watched), workerData as number);
});

/** `console` and `process.exit` of a thread wait for the main one, which is the one that hangs. */
function give({ source, mode }: NonNullable<Watched>): void {
  writeSync(2, `a lint does not end\nin ${source.path}, ${mode}:\n\n${source.text}\n`);
  process.kill(process.pid, 'SIGKILL');
}
