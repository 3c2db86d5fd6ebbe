import type { ScopeOptions } from './cancellation.js';
import { checkAmount, isAmount } from './amount.js';
import { invalid } from './errors.js';
import { parentOf } from './parent.js';
import { reasonOf } from './reason.js';
import { backoff } from './retry-backoff.js';
import type { RetryBudget } from './retry-budget.js';
import { sleep } from './sleep.js';
import { checkFunction, checkKeys } from './task-group-options.js';
import { timeout as deadlineOf } from './timeout.js';

export { backoff, type BackoffOptions } from './retry-backoff.js';
export { RetryBudget, type RetryBudgetOptions } from './retry-budget.js';

/** What each attempt is called with. It is a scope: hand it on. */
export interface Attempt {
  /** Aborts at the attempt's own `timeout`, and when the scope of the whole call is cancelled. */
  readonly signal: AbortSignal;
  /** 1 for the first. */
  readonly number: number;
}

/** Options of {@link retry}. */
export interface RetryOptions extends ScopeOptions {
  /** The most attempts, the first counted: a positive integer or `Infinity`. Default: 3. */
  attempts?: number | undefined;
  /**
   * Milliseconds between the end of an attempt and the start of the next, or a function of how many
   * have failed. Default: `backoff(100, 10_000)`.
   */
  delay?: number | ((failed: number) => number) | undefined;
  /** The deadline of each attempt, in milliseconds; at 0 none is started. Default: none. */
  timeout?: number | undefined;
  /**
   * Whether to try again after this error: `false` for no, `true` for yes, or yes after so many
   * milliseconds, in place of `delay` (`Retry-After`). Default: yes, whatever the error.
   */
  when?: ((error: unknown, failed: number) => boolean | number) | undefined;
  /** Shared between calls: where too many of them retry already, this one does not. */
  budget?: RetryBudget | undefined;
}

/**
 * Calls `fn` until it succeeds, and gives its value. Each attempt is joined, also one whose own
 * timeout has passed, before the next one starts: two never run at once.
 *
 * When the last attempt has failed, `when` says no, or the budget is used up, it rejects with the
 * last error as it was thrown; `earlierErrors(error)` has those before it. An attempt that was cut by
 * its own `timeout` has failed with a `TimeoutError`, and is retried like any other.
 *
 * Cancellation ends the attempt that runs, or the wait for the next, and there is no further one. It
 * comes out as `signal.reason`, and an attempt that fails meanwhile for another reason as its failure.
 *
 * The budget is Finagle's, the jitter that of Marc Brooker's "Exponential Backoff And Jitter".
 *
 * @throws {TypeError | RangeError} (as a rejection) when an option is not what it must be, and when
 *   `delay` or `when` answers with anything else.
 *
 * @example
 * const response = await retry((attempt) => fetch(url, attempt), {
 *   attempts: 5,
 *   timeout: 2_000,
 *   signal: context.signal,
 * });
 */
export async function retry<R>(
  fn: (attempt: Attempt) => R | PromiseLike<R>,
  options: RetryOptions = {},
): Promise<R> {
  const parent = check(fn, options);
  const { attempts = 3, timeout, budget } = options;
  const scope = { signal: parent };
  const earlier: unknown[] = [];
  budget?.feed();
  for (let number = 1; ; number++) {
    try {
      // It joins the attempt, and knows whose a cancellation is.
      return await deadlineOf(timeout, ({ signal }) => fn({ signal, number }), scope);
    } catch (error) {
      const wait =
        number >= attempts || parent?.aborted
          ? false
          : noting([...earlier, error], () => waitAfter(error, number, options));
      // `when` may have cancelled the scope: the wait below finds that, and no permission is used up.
      const isLast = wait === false || (!parent?.aborted && budget?.afford() === false);
      if (isLast) {
        if (!parent?.aborted || error !== reasonOf(parent)) note(error, earlier);
        throw error;
      }
      earlier.push(error);
      await sleep(wait, scope);
    }
  }
}

function waitAfter(error: unknown, failed: number, options: RetryOptions): number | false {
  const { when = () => true, delay = backoff(100, 10_000) } = options;
  const answer: unknown = when(error, failed);
  if (answer === false || isAmount(answer)) return answer;
  let wrong: Error;
  if (answer === true) {
    const wait: unknown = typeof delay === 'number' ? delay : delay(failed);
    if (isAmount(wait)) return wait;
    wrong = invalid('delay must give milliseconds', wait);
  } else {
    wrong = invalid('when must give true, false or milliseconds', answer);
  }
  wrong.cause = error;
  throw wrong;
}

let noted: WeakMap<object, readonly unknown[]> | undefined;

/**
 * What the attempts before the last failed with, in their order, given the error that `retry` has
 * rejected with. Empty for any other, for a cancellation, and for what is no object. Where several
 * calls have rejected with the same object, it is of the latest.
 *
 * @example
 * catch (error) {
 *   console.error(error, 'and before it', earlierErrors(error));
 * }
 */
export function earlierErrors(error: unknown): readonly unknown[] {
  return noted?.get(error as object) ?? [];
}

function note(error: unknown, earlier: readonly unknown[]): void {
  if (Object(error) === error) (noted ??= new WeakMap()).set(error as object, earlier);
}

/** What the caller's own functions throw comes out in place of the attempt's error. */
function noting<T>(earlier: readonly unknown[], ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    note(error, earlier);
    throw error;
  }
}

function check(fn: unknown, options: RetryOptions): AbortSignal | undefined {
  checkFunction('fn', fn);
  const parent = parentOf(options);
  checkKeys(options, ['attempts', 'delay', 'timeout', 'when', 'budget', 'signal']);
  const { attempts = 1, delay = 0, timeout = 1, when, budget } = options;
  if (attempts !== Infinity && !(Number.isInteger(attempts) && attempts > 0)) {
    const rule = 'attempts must be a positive integer or Infinity';
    throw invalid(rule, attempts, typeof attempts === 'number');
  }
  if (typeof delay !== 'function') checkAmount('delay', delay);
  checkAmount('timeout', timeout);
  if (when !== undefined) checkFunction('when', when);
  // Not by `instanceof`: who shares no budget does not load the class.
  if (budget !== undefined && typeof (budget as RetryBudget | null)?.afford !== 'function') {
    throw invalid('budget must be a RetryBudget', budget);
  }
  return parent;
}
