import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A program of this folder, as it was built, in a process of its own. */
export interface Program {
  readonly pid: number;
  /** Settles when it has printed such a line; rejects when it ends before. */
  printed(pattern: RegExp): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Its exit code, or the signal that ended it. */
  readonly end: Promise<number | string>;
  /** What it has printed, to stdout and to stderr. */
  readonly output: string;
}

export function start(file: string, env: Record<string, string>): Program {
  // This module, too, may run as it was built.
  const built = import.meta.url.includes('/dist/') ? '..' : '../dist';
  const path = fileURLToPath(new URL(`${built}/${file}`, import.meta.url));
  const child = spawn(process.execPath, ['--enable-source-maps', path], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let isOver = false;
  const waiting = new Set<() => void>();
  const look = (): void => waiting.forEach((wake) => wake());
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += String(chunk);
      look();
    });
  }
  const end = once(child, 'close').then(([code, signal]) => {
    isOver = true;
    look();
    return (code ?? signal) as number | string;
  });
  return {
    pid: child.pid!,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const wake = (): void => {
          const isThere = pattern.test(output);
          if (!isThere && !isOver) return;
          waiting.delete(wake);
          if (isThere) resolve();
          else reject(new Error(`It ended without ${pattern}, and printed\n${output}`));
        };
        waiting.add(wake);
        wake();
      }),
    kill: (signal) => void child.kill(signal),
    end,
    get output() {
      return output;
    },
  };
}
