import { MOST_JUMPS } from './driver.js';
import type { TimeSource } from './virtual-time.js';

/** Nothing that the clock knows of can end the program. */
export class StuckError extends Error {
  override get name(): string {
    return 'StuckError';
  }
}

export function stuckError(time: TimeSource): StuckError {
  const why =
    time.due > 0
      ? `The program still goes on after ${MOST_JUMPS} timers, at ${time.now} ms of its clock`
      : 'Everything waits, no timer is armed and no real work is in flight: nothing can end this program';
  return new StuckError(why);
}
