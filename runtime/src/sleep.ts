import type { ScopeOptions } from './cancellation.js';
import { invalid } from './errors.js';
import { follow } from './follow.js';
import { parentOf } from './parent.js';
import { reasonOf } from './reason.js';
import { checkKeys } from './task-group-options.js';
import { startTimer } from './timer.js';

/**
 * Waits `ms` milliseconds. Zero and less wait for one turn of the timers; `Infinity` waits until
 * the scope is cancelled.
 *
 * Cancellation clears the timer and rejects with `signal.reason`. The timer keeps the process
 * alive, no delay is too long, and no listener stays on the signal.
 *
 * @throws {TypeError} (as a rejection) when `ms` is not a number.
 *
 * @example
 * for (let delay = 100; ; delay *= 2) {
 *   if (await attempt()) break;
 *   await sleep(delay, context);
 * }
 */
export async function sleep(ms: number, options?: ScopeOptions): Promise<void> {
  if (typeof ms !== 'number' || Number.isNaN(ms)) {
    throw invalid('sleep takes a number of milliseconds', ms);
  }
  const parent = parentOf(options);
  if (options) checkKeys(options, ['signal']);
  if (parent?.aborted) throw reasonOf(parent);
  await new Promise<void>((resolve, reject) => {
    // First: a signal that refuses its listener must leave no timer behind.
    const follower = follow(parent, (reason) => {
      clear();
      reject(reason);
    });
    const clear = startTimer(ms, () => {
      follower?.leave();
      resolve();
    });
  });
}
