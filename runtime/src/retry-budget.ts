import { checkAmount } from './amount.js';
import { checkKeys } from './task-group-options.js';

/** Options of {@link RetryBudget}. */
export interface RetryBudgetOptions {
  /** Retries that each call pays for, over the last ten seconds or so. Default: 0.2. */
  ratio?: number | undefined;
  /** Retries a second that are had beside these, for who calls seldom. Default: 10. */
  perSecond?: number | undefined;
}

/** Milliseconds after which about a third is left of what calls have paid for. */
const MEMORY = 10_000;

/**
 * How many retries the calls that share it may make together. When a service is down every call to it
 * fails; with three attempts each it would be asked three times as much just then. With a budget it
 * is asked 20 % more.
 *
 * A call that finds it used up rejects with the error that it has, as if that attempt were its last.
 *
 * @throws {TypeError | RangeError} when an option is no number from 0 on.
 *
 * @example
 * const budget = new RetryBudget({ ratio: 0.1 });
 * await retry((attempt) => fetch(url, attempt), { budget });
 */
export class RetryBudget {
  readonly #ratio: number;
  readonly #perSecond: number;
  /** Of calls: it fades, so that a quiet hour does not pay for a storm. */
  #balance = 0;
  #reserve: number;
  #at = 0;

  constructor(options: RetryBudgetOptions = {}) {
    checkKeys(options, ['ratio', 'perSecond']);
    const { ratio = 0.2, perSecond = 10 } = options;
    checkAmount('ratio', ratio, Number.MAX_VALUE);
    checkAmount('perSecond', perSecond, Number.MAX_VALUE);
    this.#ratio = ratio;
    this.#perSecond = perSecond;
    this.#reserve = perSecond;
  }

  /** @internal A call has begun. No symbol: a bundler keeps a class for the names that it computes. */
  feed(): void {
    this.#moveOn();
    this.#balance += this.#ratio;
  }

  /** @internal Takes a retry, if one is left. */
  afford(): boolean {
    this.#moveOn();
    // What would fade is spent first.
    if (this.#balance >= 1) this.#balance--;
    else if (this.#reserve >= 1) this.#reserve--;
    else return false;
    return true;
  }

  #moveOn(): void {
    const now = performance.now();
    const passed = now - this.#at;
    this.#at = now;
    this.#balance *= Math.exp(-passed / MEMORY);
    // Of less than one a second, too, a whole one is saved up.
    const most = this.#perSecond && Math.max(1, this.#perSecond);
    this.#reserve = Math.min(most, this.#reserve + (this.#perSecond * passed) / 1_000);
  }
}
