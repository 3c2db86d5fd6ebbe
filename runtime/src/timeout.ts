/// <reference lib="esnext.disposable" preserve="true" />
import { LazySignal, type ScopeOptions } from './cancellation.js';
import { isCausedBy, leadsTo } from './caused-by.js';
import { dispose } from './dispose.js';
import { invalid, TimeoutError } from './errors.js';
import { inspect } from './inspect.js';
import {
  about,
  closed,
  next,
  opened,
  previous,
  type Link,
  type ScopeEdges,
} from './open-scopes.js';
import { follow, parentOf } from './parent.js';
import { reasonOf } from './reason.js';
import { checkFunction } from './task-group-options.js';
import { startTimer } from './timer.js';

/** Milliseconds from now; `Infinity` for no deadline. */
function delayUntil(when: number | Date | undefined): number {
  const delay =
    when === undefined ? Infinity : when instanceof Date ? when.getTime() - Date.now() : when;
  if (typeof delay !== 'number' || Number.isNaN(delay)) {
    throw invalid('A deadline is a number of milliseconds, a valid Date or undefined', when);
  }
  return delay;
}

/**
 * A scope with a deadline, made by {@link timeout}. Hand it on as the parent of whatever the
 * deadline is meant to stop.
 */
export class Timeout implements Disposable {
  /** @internal */
  [previous]: Link | undefined = undefined;
  /** @internal */
  [next]: Link | undefined = undefined;
  /** @internal Of the form with a body: open until that has settled, also past its deadline. */
  hasBody = false;
  readonly #signal = new LazySignal();
  readonly #parent: AbortSignal | undefined;
  readonly #unfollow: () => void;
  #clearTimer: (() => void) | undefined;
  /** On the clock of `performance.now()`, which no change of the system time moves. */
  #deadline = Infinity;
  #state: 'active' | 'expiring' | 'expired' | 'finished' = 'active';

  /** The same as `timeout(when, options)`. */
  constructor(when: number | Date | undefined, options?: ScopeOptions) {
    const parent = parentOf(options);
    const delay = delayUntil(when);
    this.#parent = parent;
    this.#unfollow = follow(parent, (reason) => this.#signal.abort(AbortSignal.abort(reason)));
    this.#arm(delay);
  }

  /**
   * Aborts at the deadline, with this scope's `TimeoutError`, or when the parent aborts, with the
   * parent's reason; whichever comes first.
   */
  get signal(): AbortSignal {
    return this.#signal.signal;
  }

  /**
   * - `active`: the deadline is ahead, or there is none
   * - `expiring`: the deadline has passed and the body is still unwinding
   * - `expired`: the deadline passed before the scope ended
   * - `finished`: the scope ended before its deadline
   */
  get state(): 'active' | 'expiring' | 'expired' | 'finished' {
    return this.#state;
  }

  /** Whether the deadline passed before the scope ended, whatever came of the body. */
  get expired(): boolean {
    return this.#state.startsWith('expir');
  }

  /** Milliseconds to the deadline: `Infinity` without one, 0 once it has passed. */
  get remaining(): number {
    return this.expired ? 0 : Math.max(0, this.#deadline - performance.now());
  }

  /**
   * Moves the deadline: a number of milliseconds from now, a `Date`, or `undefined` for none. A
   * deadline that lies in the past expires the scope before this call returns.
   *
   * @throws {Error} when the scope is no longer active: an abort cannot be taken back.
   * @throws {TypeError} when `when` is `NaN`, an invalid `Date` or of another type.
   *
   * @example
   * await timeout(5_000, async (idle) => {
   *   for await (const chunk of download(url, idle)) {
   *     idle.reschedule(5_000);
   *     await file.write(chunk);
   *   }
   * });
   */
  reschedule(when: number | Date | undefined): void {
    if (this.#state !== 'active') {
      throw new Error(`Cannot reschedule a timeout that is ${this.#state}, only an active one`);
    }
    this.#arm(delayUntil(when));
  }

  #arm(delay: number): void {
    this.#clearTimer?.();
    this.#deadline = performance.now() + delay;
    if (delay <= 0) this.#expire(delay);
    else if (delay < Infinity) {
      this.#clearTimer = startTimer(delay, () => this.#expire(delay));
      opened(this);
    } else if (!this.hasBody) closed(this);
  }

  #expire(delay: number): void {
    this.#state = 'expiring';
    if (!this.hasBody) closed(this);
    this.#signal.abort(
      AbortSignal.abort(
        new TimeoutError(delay > 0 ? `Timed out after ${delay} ms` : 'The deadline had passed'),
      ),
    );
  }

  /** @internal */
  [about](): ScopeEdges {
    return { parent: this.#parent, signal: this.#signal.made, tasks: [] };
  }

  /** @internal */
  [inspect](): string {
    return `Timeout (${this.#state}, ${Math.round(this.remaining)} ms remaining)`;
  }

  /** Ends the scope: clears the timer and leaves the parent. Never throws, aborts nothing. */
  [dispose](): void {
    if (this.#state === 'active') this.#state = 'finished';
    if (this.#state === 'expiring') this.#state = 'expired';
    this.#clearTimer?.();
    this.#unfollow();
    closed(this);
  }
}

async function runBlock<R>(
  when: number | Date | undefined,
  body: (deadline: Timeout) => R | PromiseLike<R>,
  options: ScopeOptions | undefined,
): Promise<R> {
  const deadline = new Timeout(when, options);
  const { signal } = deadline;
  try {
    if (signal.aborted) throw signal.reason;
    deadline.hasBody = true;
    opened(deadline);
    return await body(deadline);
  } catch (error) {
    throw outcomeOf(error, signal, parentOf(options));
  } finally {
    deadline[dispose]();
  }
}

/** What a block rejects with when its body rejected with `seen`. */
function outcomeOf(seen: unknown, { reason, aborted }: AbortSignal, parent?: AbortSignal): unknown {
  // Asked now, not when the signal aborted: of several scopes that expired while the body was
  // unwinding only the outermost speaks, or its caller would take the inner deadline for its own.
  if (parent?.aborted) {
    const outer = reasonOf(parent);
    return isCausedBy(seen, outer) || isCausedBy(seen, reason) ? outer : seen;
  }
  // Only here is the milder question asked: the outer reason would not keep what it replaces.
  if (!aborted || !(isCausedBy(seen, reason) || leadsTo(seen, reason))) return seen;
  // Hidden, like any `cause`: what was seen has mostly this very error as its own cause, and
  // JSON.stringify refuses a circle.
  if (seen !== reason) {
    Reflect.defineProperty(reason as object, 'cause', { value: seen, configurable: true });
  }
  return reason;
}

/**
 * Opens a scope with a deadline.
 *
 * The signal of the scope aborts at the deadline with a {@link TimeoutError}; the block form then
 * waits for its body and settles with, in this order of precedence:
 *
 * - the value of a body that completes, however late, or the error of a body that fails for a
 *   reason of its own, unchanged;
 * - the reason of the parent, if the parent has been cancelled by then: of several scopes that
 *   expired only the outermost speaks;
 * - this scope's `TimeoutError`, with the rejection seen as its `cause`.
 *
 * The deadline stops what the scope's signal reaches and nothing else: hand `deadline` to every
 * call in the body that takes a `{ signal }`. A scope made without a parent is shielded from the
 * cancellation around it, which is how clean-up in a `finally` gets a deadline of its own.
 *
 * Modelled on `asyncio.timeout` of Python, with the outcome decided by identity, not by a counter.
 *
 * @param when Milliseconds from this call, a `Date`, or `undefined` for no deadline. A deadline
 *   that has passed rejects without calling the body. The timer keeps the process alive, and no
 *   delay is too long for it.
 * @throws {TypeError} when `when` is `NaN`, an invalid `Date` or of another type.
 *
 * @example
 * const page = await timeout(1_000, async (deadline) => {
 *   const response = await fetch(url, { signal: deadline.signal });
 *   return response.text();
 * });
 */
export function timeout<R>(
  when: number | Date | undefined,
  body: (deadline: Timeout) => R | PromiseLike<R>,
  options?: ScopeOptions,
): Promise<R>;
/**
 * Opens a scope with a deadline, for `using`. It ends with its block, which clears the timer. It
 * never throws: the block ends as its own awaits end, one cut by the deadline with `TimeoutError`.
 *
 * @example
 * using deadline = timeout(1_000);
 * const response = await fetch(url, { signal: deadline.signal });
 */
export function timeout(when: number | Date | undefined, options?: ScopeOptions): Timeout;
export function timeout<R>(
  when: number | Date | undefined,
  body?: ((deadline: Timeout) => R | PromiseLike<R>) | ScopeOptions,
  options?: ScopeOptions,
): Promise<R> | Timeout {
  if (typeof body === 'function') return runBlock(when, body, options);
  if (options !== undefined) checkFunction('body', body);
  return new Timeout(when, body);
}
