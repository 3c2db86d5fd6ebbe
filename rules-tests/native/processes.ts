import { execFileSync } from 'node:child_process';
import { setImmediate } from 'node:timers/promises';

/** The checkers that this process, or another, has started. */
export function checkersOf(pid = process.pid): number[] {
  try {
    const found = execFileSync('pgrep', ['-P', String(pid), '-f', '--', '--api'], {
      encoding: 'utf8',
    });
    return found.trim().split('\n').map(Number).filter(isChecker);
  } catch {
    return []; // pgrep has found none.
  }
}

/** The shell beside a checker, which ends it with Node, has the same words in its command line. */
function isChecker(pid: number): boolean {
  try {
    const name = execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });
    return name.trim() !== 'sh';
  } catch {
    return false; // It has ended meanwhile.
  }
}

/** Waits until a process is gone; vitest's time limit is the end of its patience. */
export async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await setImmediate();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // One that has ended and that nobody has asked about yet still has its number.
  const state = execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return !state.startsWith('Z');
}
