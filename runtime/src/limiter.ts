/// <reference lib="esnext.disposable" preserve="true" />
import type { ScopeOptions } from './cancellation.js';
import { dispose } from './dispose.js';
import { invalid } from './errors.js';
import { follow, type Follower } from './follow.js';
import { parentOf } from './parent.js';
import { reasonOf } from './reason.js';
import type { Limit } from './shared-limit.js';
import { checkFunction, checkKeys } from './task-group-options.js';

/** Room for one holder, until it is released; `using` releases it on every path. */
export interface Permit extends Disposable {
  /** Gives the room back; the first in the queue has it at once. A second call does nothing. */
  release(): void;
}

class HeldPermit implements Permit {
  /** Undefined once released. */
  #giveBack: (() => void) | undefined;

  constructor(giveBack: () => void) {
    this.#giveBack = giveBack;
  }

  release(): void {
    const giveBack = this.#giveBack;
    this.#giveBack = undefined;
    giveBack?.();
  }

  [dispose](): void {
    this.release();
  }
}

/** A place in the ring that the limiter's queue closes; a waiter that has left it is its own ring. */
class Place {
  previous: Place = this;
  next: Place = this;

  insertBefore(place: Place): void {
    this.next = place;
    this.previous = place.previous;
    place.previous = this.previous.next = this;
  }

  leave(): void {
    this.previous.next = this.next;
    this.next.previous = this.previous;
    this.previous = this.next = this;
  }
}

class Waiter extends Place {
  follower: Follower | undefined;
  readonly admit: (permit: Permit) => void;

  constructor(admit: (permit: Permit) => void) {
    super();
    this.admit = admit;
  }
}

/**
 * At most `capacity` holders at a time; the others wait, first in, first out. It is a
 * {@link Limit}: handed to several groups, it bounds the tasks of all of them together.
 *
 * A failure in a block that holds a permit is the block's own: the limiter only gets its permit
 * back, which is why `using` is the form. A waiter that is cancelled leaves the queue and rejects
 * with `signal.reason`; one that is handed a permit and cancelled in the same turn rejects too, and
 * the permit goes to the next. Holders are never interrupted.
 *
 * After `asyncio.Semaphore` and Trio's `CapacityLimiter`, with permits that know their limiter, so
 * that one cannot be given back twice.
 *
 * @example
 * const connections = new Limiter(8);
 *
 * async function query(sql: string, scope: ScopeOptions) {
 *   using permit = await connections.acquire(scope);
 *   return await send(sql, scope);
 * }
 */
export class Limiter implements Limit {
  #capacity: number;
  /** Permits that are out. More than the capacity only where that was lowered meanwhile. */
  #held = 0;
  /** Not a `Set`, whose oldest entry is behind all that were deleted before it. */
  readonly #queue = new Place();
  #waiting = 0;
  readonly #giveBack = (): void => {
    this.#held--;
    this.#admit();
  };

  /**
   * @param capacity A positive integer, or `Infinity`.
   * @throws {TypeError | RangeError} when it is anything else.
   */
  constructor(capacity: number) {
    checkCapacity(capacity, 1);
    this.#capacity = capacity;
  }

  /**
   * The most permits that are out at a time. Raising it lets waiters in at once; lowering it takes
   * nothing away, holders leave as they end. Zero is a pause.
   *
   * @throws {TypeError | RangeError} when it is set to anything but an integer from 0 on, or
   *   `Infinity`.
   */
  get capacity(): number {
    return this.#capacity;
  }
  set capacity(capacity: number) {
    checkCapacity(capacity, 0);
    this.#capacity = capacity;
    this.#admit();
  }

  /** Permits that can be had without waiting. */
  get available(): number {
    return Math.max(0, this.#capacity - this.#held);
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Waits for a permit, and no longer than until `scope` is cancelled.
   *
   * @throws `signal.reason` (as a rejection) when the scope is cancelled, also before the call. The
   *   limiter is then as if the call had not been made.
   */
  acquire(scope?: ScopeOptions): Promise<Permit> {
    // Not an async function: of a hundred thousand that wait each would cost two promises.
    try {
      const parent = openParentOf(scope);
      const permit = this.tryAcquire();
      if (permit) return Promise.resolve(permit);
      return parent ? this.#acquireIn(parent) : this.#wait(undefined);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  async #acquireIn(parent: AbortSignal): Promise<Permit> {
    const permit = await this.#wait(parent);
    // using a = await limiter.acquire(scope)      the holder before releases,
    //                                             and its next line cancels the scope
    if (!parent.aborted) return permit;
    permit.release();
    throw reasonOf(parent);
  }

  /** A permit, if one can be had without waiting. It overtakes nobody: none is free while one waits. */
  tryAcquire(): Permit | undefined {
    if (this.#held >= this.#capacity) return undefined;
    this.#held++;
    return new HeldPermit(this.#giveBack);
  }

  /**
   * Waits for a permit, calls `fn`, and gives the permit back when that has settled. Settles as `fn`
   * does; a scope that is cancelled while it waits rejects with `signal.reason`, `fn` is not called.
   * One that is cancelled later is the business of `fn`: its permit is out as long as it runs.
   *
   * @throws {TypeError} (as a rejection) when `fn` is not a function.
   *
   * @example
   * const page = await connections.run(() => fetch(url, { signal }), { signal });
   */
  async run<R>(fn: () => R | PromiseLike<R>, scope?: ScopeOptions): Promise<R> {
    checkFunction('fn', fn);
    openParentOf(scope);
    const permit = this.tryAcquire() ?? (await this.acquire(scope));
    try {
      return await fn();
    } finally {
      permit.release();
    }
  }

  #wait(parent: AbortSignal | undefined): Promise<Permit> {
    return new Promise((resolve, reject) => {
      const waiter = new Waiter(resolve);
      waiter.insertBefore(this.#queue);
      this.#waiting++;
      waiter.follower = follow(parent, (reason) => {
        waiter.leave();
        this.#waiting--;
        reject(reason);
      });
    });
  }

  #admit(): void {
    while (this.#waiting > 0) {
      const permit = this.tryAcquire();
      if (!permit) return;
      const first = this.#queue.next as Waiter;
      first.leave();
      this.#waiting--;
      first.follower?.leave();
      first.admit(permit);
    }
  }
}

/** The parent signal, which has not aborted. */
function openParentOf(scope: ScopeOptions | undefined): AbortSignal | undefined {
  const parent = parentOf(scope);
  if (scope) checkKeys(scope, ['signal']);
  if (parent?.aborted) throw reasonOf(parent);
  return parent;
}

function checkCapacity(capacity: unknown, least: number): void {
  if (capacity !== Infinity && !(Number.isInteger(capacity) && Number(capacity) >= least)) {
    const rule = least > 0 ? 'a positive integer' : 'an integer from 0 on';
    throw invalid(`capacity must be ${rule} or Infinity`, capacity, typeof capacity === 'number');
  }
}
