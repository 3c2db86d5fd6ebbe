/// <reference lib="esnext.disposable" preserve="true" />
import { callSite, type Entry, placeAt, type Site } from './call-site.js';
import { LazySignal, ownSignal, type ScopeOptions } from './cancellation.js';
import { isCausedBy, leadsTo } from './caused-by.js';
import { isDate } from './date.js';
import { dispose } from './dispose.js';
import { invalid, TimeoutError } from './errors.js';
import { inspect } from './inspect-method.js';
import { cascade, follow, type Follower } from './follow.js';
import {
  about,
  closed,
  next,
  opened,
  previous,
  type Link,
  type ScopeEdges,
} from './open-scopes.js';
import { parentOf } from './parent.js';
import { reasonOf } from './reason.js';
import { checkFunction, checkKeys, checkName } from './task-group-options.js';
import { startTimer } from './timer.js';
import { endTracedTimeout, failTracedTimeout, runTracedTimeout } from '#traced';

/** Options of the form of {@link timeout} that has a body. */
export interface TimeoutOptions<R> extends ScopeOptions {
  /** Stands in the message of the `TimeoutError`. */
  name?: string | undefined;
  /**
   * Called in place of this deadline's own `TimeoutError`, and of nothing else: neither of an error of
   * the body, nor of the cancellation of the scope around it. Where a clean-up of the body has failed,
   * the `TimeoutError` has that as its `cause`, and comes out. The scope has ended by then.
   */
  fallback?: (() => R | PromiseLike<R>) | undefined;
}

type NamedScope = ScopeOptions & { name?: string | undefined };

function lateMessage(name: string | undefined, delay: number): string {
  if (name === undefined)
    return delay > 0 ? `Timed out after ${delay} ms` : 'The deadline had passed';
  return delay > 0
    ? `"${name}" timed out after ${delay} ms`
    : `The deadline of "${name}" had passed`;
}

/** Milliseconds from now; `Infinity` for no deadline. */
function delayUntil(when: number | Date | undefined): number {
  const delay = when === undefined ? Infinity : isDate(when) ? when.getTime() - Date.now() : when;
  if (typeof delay !== 'number' || Number.isNaN(delay)) {
    throw invalid('A deadline is a number of milliseconds, a valid Date or undefined', when);
  }
  return delay;
}

/** A symbol: a client that is given the scope as its options refuses a name that it does not know. */
const hasBody: unique symbol = Symbol('hasBody');

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
  [hasBody] = false;
  static readonly #ownSignal = ownSignal((scope: Timeout) => scope.#signal.make());
  /**
   * Aborts at the deadline, with this scope's `TimeoutError`, or when the parent aborts, with the
   * parent's reason; whichever comes first.
   */
  declare readonly signal: AbortSignal;
  readonly #signal = new LazySignal();
  readonly #parent: AbortSignal | undefined;
  readonly #follower: Follower | undefined;
  #clearTimer: (() => void) | undefined;
  /** On the clock of `performance.now()`, which no change of the system time moves. */
  #deadline = Infinity;
  #state: 'active' | 'expiring' | 'expired' | 'finished' = 'active';

  readonly #name: string | undefined;
  readonly #site: Site | undefined;
  readonly #since = Date.now();
  #cancelledAt: number | undefined;

  /** The same as `timeout(when, options)`. */
  constructor(when: number | Date | undefined, options?: ScopeOptions & { name?: string });
  /** @internal */
  constructor(when: number | Date | undefined, options: NamedScope | undefined, entry: Entry);
  constructor(when: number | Date | undefined, options: NamedScope = {}, entry: Entry = Timeout) {
    Object.defineProperty(this, 'signal', Timeout.#ownSignal);
    const parent = parentOf(options);
    const delay = delayUntil(when);
    // Of a group handed on as the parent only the signal counts: its name is not inherited.
    this.#name = Object.hasOwn(options, 'name') ? options.name : undefined;
    checkName(this.#name);
    this.#site = callSite(entry);
    this.#parent = parent;
    this.#follower = follow(parent, (reason) => {
      this.#cancelledAt = Date.now();
      this.#signal.abort(AbortSignal.abort(reason));
    });
    this.#arm(delay);
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
    } else if (!this[hasBody]) closed(this);
  }

  #expire(delay: number): void {
    // The timer of a scope that has ended, and could not be cleared: fake timers came between.
    if (this.#state !== 'active') return;
    this.#state = 'expiring';
    this.#cancelledAt ??= Date.now();
    if (!this[hasBody]) closed(this);
    const late = new TimeoutError(lateMessage(this.#name, delay));
    placeAt(this.#site, late);
    const cause = AbortSignal.abort(late);
    cascade(() => this.#signal.abort(cause));
  }

  /** @internal */
  [about](): ScopeEdges {
    return {
      name: this.#name,
      parent: this.#parent,
      signal: this.#signal.made,
      tasks: [],
      since: this.#since,
      cancelledAt: this.#cancelledAt,
    };
  }

  /** @internal */
  get name(): string | undefined {
    return this.#name;
  }

  /** @internal */
  [inspect](): string {
    const name = this.#name === undefined ? '' : ` "${this.#name}"`;
    return `Timeout${name} (${this.#state}, ${Math.round(this.remaining)} ms remaining)`;
  }

  /** Ends the scope: clears the timer and leaves the parent. Never throws, aborts nothing. */
  [dispose](): void {
    if (this.#state === 'active') this.#state = 'finished';
    if (this.#state === 'expiring') this.#state = 'expired';
    this.#clearTimer?.();
    this.#follower?.leave();
    closed(this);
    endTracedTimeout(this, this.#signal.made);
  }
}

async function runBlock<R, F>(
  when: number | Date | undefined,
  body: (deadline: Timeout) => R | PromiseLike<R>,
  options: TimeoutOptions<F> = {},
): Promise<R | F> {
  const parent = parentOf(options);
  const { fallback } = options;
  if (fallback !== undefined) checkFunction('fallback', fallback);
  checkKeys(options, ['signal', 'name', 'fallback']);
  const deadline = new Timeout(when, options, timeout);
  const { signal } = deadline;
  try {
    if (signal.aborted) throw signal.reason;
    deadline[hasBody] = true;
    opened(deadline);
    return await runTracedTimeout(deadline, () => body(deadline));
  } catch (error) {
    const outcome = outcomeOf(error, signal, parent);
    if (outcome !== signal.reason) failTracedTimeout(deadline, outcome);
    // Strictly: what a clean-up has thrown would be the `cause` of an error that nobody gets.
    const isOwn = deadline.expired && !parent?.aborted && isCausedBy(error, signal.reason);
    if (!fallback || !isOwn) throw outcome;
  } finally {
    deadline[dispose]();
  }
  return fallback();
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
 * - this scope's `TimeoutError`, with the rejection seen as its `cause`; or, in its place, what
 *   `fallback` gives. The stack of the error is the line of this call, except in production.
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
export function timeout<R, F = R>(
  when: number | Date | undefined,
  body: (deadline: Timeout) => R | PromiseLike<R>,
  options?: TimeoutOptions<F>,
): Promise<R | F>;
/**
 * Opens a scope with a deadline, for `using`. It ends with its block, which clears the timer. It
 * never throws: the block ends as its own awaits end, one cut by the deadline with `TimeoutError`.
 *
 * @example
 * using deadline = timeout(1_000);
 * const response = await fetch(url, { signal: deadline.signal });
 */
export function timeout(
  when: number | Date | undefined,
  options?: ScopeOptions & { name?: string | undefined },
): Timeout;
export function timeout<R, F>(
  when: number | Date | undefined,
  body?: ((deadline: Timeout) => R | PromiseLike<R>) | NamedScope,
  options?: TimeoutOptions<F>,
): Promise<R | F> | Timeout {
  if (typeof body === 'function') return runBlock(when, body, options);
  if (options !== undefined) checkFunction('body', body);
  if (Object(body) === body) checkKeys(body!, ['signal', 'name']);
  const deadline = new Timeout(when, body, timeout);
  runTracedTimeout(deadline, () => {});
  return deadline;
}
