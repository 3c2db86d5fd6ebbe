import type { ScopeOptions } from './cancellation.js';
import { isCausedBy } from './caused-by.js';
import { invalid } from './errors.js';
import { follow, type Follower } from './follow.js';
import { parentOf } from './parent.js';
import { reportLateError } from './report.js';

/** One call of `abandonOnCancel` that waits. */
interface Waiter {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  follower: Follower | undefined;
}

/**
 * Those who wait for one promise, which has one reaction for all of them: one that never settles
 * holds nothing of who has given it up, however many there were.
 */
class Waiting {
  readonly waiters = new Set<Waiter>();
  /** Tells why the last gave it up. Weakly: the promise may outlive all that the reason belongs to. */
  #reason: (() => unknown) | undefined;

  constructor(promise: PromiseLike<unknown>) {
    Promise.resolve(promise).then(
      (value) => {
        waited.delete(promise);
        this.#settle((waiter) => waiter.resolve(value));
      },
      (error: unknown) => {
        waited.delete(promise);
        const isHeard = this.waiters.size > 0;
        this.#settle((waiter) => waiter.reject(error));
        if (!isHeard && !isCausedBy(error, this.#reason?.())) reportLateError(error);
      },
    );
  }

  abandon(waiter: Waiter, reason: unknown): void {
    this.waiters.delete(waiter);
    this.#reason = Object(reason) === reason ? weakly(reason as object) : always(reason);
    waiter.reject(reason);
  }

  #settle(tell: (waiter: Waiter) => void): void {
    for (const waiter of this.waiters) {
      waiter.follower?.leave();
      tell(waiter);
    }
    this.waiters.clear();
  }
}

// Two functions, each with a context of its own: in one the one would hold what the other does not.
const always = (value: unknown) => (): unknown => value;
function weakly(value: object): () => unknown {
  const ref = new WeakRef(value);
  return () => ref.deref() ?? ref;
}

const waited = new WeakMap<PromiseLike<unknown>, Waiting>();

/**
 * Waits for `promise`, but no longer than until the scope is cancelled. It stops waiting, **not the
 * work**: what made the promise runs on, outside every group. For the last resort only: work that
 * takes no signal and must not hold up a group.
 *
 * Cancellation rejects with `signal.reason`. When the abandoned promise rejects later, and nobody
 * else waits for it, the error is reported (`reportError`, or an unhandled rejection where the
 * platform has none) and not dropped, unless it is that very cancellation. A promise that never
 * settles holds nothing of those who have given it up.
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
  let waiting = waited.get(promise);
  if (!waiting) waited.set(promise, (waiting = new Waiting(promise)));
  return new Promise<T>((resolve, reject) => {
    const waiter: Waiter = { resolve: resolve, reject, follower: undefined };
    waiting.waiters.add(waiter);
    waiter.follower = follow(parent, (reason) => waiting.abandon(waiter, reason));
  });
}
