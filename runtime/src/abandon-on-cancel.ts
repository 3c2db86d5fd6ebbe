import type { ScopeOptions } from './cancellation.js';
import { isCausedBy } from './caused-by.js';
import { invalid } from './errors.js';
import { follow, parentOf } from './parent.js';
import { reasonOf } from './reason.js';
import { reportLateError } from './report.js';

/**
 * Waits for `promise`, but no longer than until the scope is cancelled. It stops waiting, **not the
 * work**: what made the promise runs on, outside every group. For the last resort only: work that
 * takes no signal and must not hold up a group.
 *
 * Cancellation rejects with `signal.reason`. When the abandoned promise rejects later, the error is
 * reported (`reportError`, or an unhandled rejection where the platform has none) and not dropped,
 * unless it is that very cancellation.
 *
 * @example
 * const row = await abandonOnCancel(legacyDriver.query(sql), context);
 */
export async function abandonOnCancel<T>(promise: PromiseLike<T>, scope: ScopeOptions): Promise<T> {
  if (typeof (promise as PromiseLike<T> | undefined)?.then !== 'function') {
    throw invalid('abandonOnCancel takes a promise', promise);
  }
  const parent = parentOf(scope);
  if (!parent) throw invalid('scope must be an object like { signal }', scope);
  return new Promise<T>((resolve, reject) => {
    let isAbandoned = false;
    const unfollow = follow(parent, (reason) => {
      isAbandoned = true;
      reject(reason);
    });
    Promise.resolve(promise).then(
      (value) => {
        unfollow();
        resolve(value);
      },
      (error) => {
        unfollow();
        reject(error);
        if (isAbandoned && !isCausedBy(error, reasonOf(parent))) reportLateError(error);
      },
    );
  });
}
