import { LazySignal, ownSignal } from './cancellation.js';
import { isCausedBy } from './caused-by.js';
import { CancelledError, isA } from './errors.js';
import { cascade } from './follow.js';
import { followWeakly } from './follow-weakly.js';
import { inspect } from './inspect-method.js';
import { taskWaits } from './open-scopes.js';
import { nameOf, type Task, type Work } from './task.js';
import type { Link } from './task-list.js';
import { TaskResult } from './task-result.js';
import { keepContext } from '#async-context';

const CONTEXT_SIGNAL = ownSignal((context: LazySignal) => context.make());

/** What a task asks of the pool that it is in. */
export interface TaskOwner {
  /** The scope around the group. */
  readonly parent: AbortSignal | undefined;
  /** Whether an error is the cancellation of the group, or of the scope around it. */
  isCutBy(error: unknown): boolean;
  /** Asked of a task that has thrown while it was started: the stack may be at its end. */
  settlesLater(task: TaskRecord, error: unknown): boolean;
  /** Called by a task that has its final status. `hadStarted`: its function was called. */
  settled(task: TaskRecord, hadStarted: boolean, isCut: boolean): void;
}

/**
 * A task as its group keeps it. Made to be small, since a program may park a hundred thousand, and
 * what a young task holds is what the garbage collector copies. In V8 a field is eight bytes, a
 * private method eight more (each instance is branded), a closure over the task sixty-four with its
 * context, a bound method forty-eight.
 */
export class TaskRecord<T = unknown> implements Task<T> {
  /** Its name; without one its place among all tasks of the group, from 0. */
  id: string | number;
  status: Task<T>['status'] = 'queued';
  /** Links of the list of its pool. */
  previous: Link | undefined = undefined;
  next: Link | undefined = undefined;
  /**
   * Changes with the status. Queued: the function to call. Running: the `CancelledError` of a task
   * that was cancelled alone. Fulfilled: the value. Rejected, cancelled: what awaiting it throws.
   */
  outcome: unknown;
  readonly #owner: TaskOwner;
  readonly context = new LazySignal();
  /** Made when somebody first asks for the result: most handles are dropped. */
  #result: TaskResult<T> | undefined = undefined;

  constructor(work: Work<T>, owner: TaskOwner, id: string | number) {
    this.outcome = work;
    this.#owner = owner;
    this.id = id;
  }

  get name(): string | undefined {
    return typeof this.id === 'string' ? this.id : undefined;
  }

  get background(): boolean {
    return false;
  }

  /** The signal of its context, if anybody has asked for it. */
  get madeSignal(): AbortSignal | undefined {
    return this.context.made;
  }

  get isPending(): boolean {
    return this.status === 'queued' || this.status === 'running';
  }

  /** Somebody awaited the task, or attached a handler for its rejection. */
  get isSeen(): boolean {
    return !!this.#result?.isSeen;
  }

  /** Has the function run later in the async context of this call. */
  keepContext(): void {
    this.outcome = keepContext(this.outcome);
  }

  /**
   * Calls the task's function; never throws, but where the stack overflows. Gives the promise that
   * ends the task, unless it has ended.
   */
  start(): object | undefined {
    const work = this.outcome as Work<T>;
    this.outcome = undefined;
    this.status = 'running';
    let result: T | PromiseLike<T>;
    try {
      // It costs as much as all else that starts a task: a function that asks for no context goes without.
      if (work.length > 0) Object.defineProperty(this.context, 'signal', CONTEXT_SIGNAL);
      result = work(this.context);
      if (typeof (result as PromiseLike<T> | undefined)?.then === 'function') {
        if (result === (this as unknown)) {
          throw new TypeError(
            `${nameOf(this)} gives itself as its result, and would wait for ever`,
          );
        }
        // Of a thenable nothing holds the object, once it has been asked.
        const promise = isNative(result) ? result : Promise.resolve(result);
        taskWaits(this, promise);
        promise.then(this.fulfil.bind(this), this.reject.bind(this));
        return promise;
      }
    } catch (error) {
      if (!this.#owner.settlesLater(this, error)) this.reject(error);
      return undefined;
    }
    this.fulfil(result);
    return undefined;
  }

  cancel(reason?: unknown): void {
    if (!this.isPending || this.context.isAborted) return;
    const error = isA(reason, CancelledError)
      ? reason
      : new CancelledError(
          `${nameOf(this)} was cancelled`,
          reason === undefined ? undefined : { cause: reason },
        );
    if (this.status === 'queued') {
      this.settle('cancelled', error);
    } else {
      this.outcome = error;
      const cause = AbortSignal.abort(reason === undefined ? error : reason);
      cascade(() => this.abort(cause));
    }
  }

  /** Cancels the task with its group, whose signal has aborted: all tasks see the same reason. */
  cut(signal: AbortSignal): void {
    if (this.status === 'queued') this.settle('cancelled', signal.reason, true);
    else this.abort(signal);
  }

  /** Aborts the task's signal, if it has one, with the reason of an aborted signal. */
  abort(signal: AbortSignal): void {
    this.context.abort(signal);
  }

  fulfil(value: unknown): void {
    const { parent } = this.#owner;
    if (parent && this.context.made && this.isPending) followWeakly(parent, this.context, value);
    this.settle('fulfilled', value);
  }

  reject(error: unknown): void {
    const alone = this.outcome;
    if (!this.isPending) return;
    if (alone && isCausedBy(error, this.context.signal.reason)) this.settle('cancelled', alone);
    else if (this.#owner.isCutBy(error)) this.settle('cancelled', error, true);
    else this.settle('rejected', error);
  }

  /** The first call counts: a promise whose own `then` was changed may call both handlers. */
  settle(status: Task<T>['status'], outcome: unknown, isCut = false): void {
    if (!this.isPending) return;
    const hadStarted = this.status === 'running';
    this.status = status;
    this.outcome = outcome;
    this.#result?.settle();
    this.#owner.settled(this, hadStarted, isCut);
  }

  /** For loggers: by its fields a task leads to every other one of its group. */
  toJSON(): object {
    return { name: this.name, status: this.status };
  }

  toString(): string {
    return nameOf(this);
  }

  get [Symbol.toStringTag](): string {
    return 'Task';
  }

  /** @internal */
  [inspect](): string {
    return `${nameOf(this)} (${this.status})`;
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return (this.#result ??= new TaskResult<T>(this)).then(onFulfilled, onRejected);
  }

  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<T> {
    return (this.#result ??= new TaskResult<T>(this)).finally(onFinally);
  }

  async join(): Promise<void> {
    await (this.#result ??= new TaskResult(this)).promise.catch(() => {});
  }
}

/** The prototype tells, so that no task pays a field for it. */
export class BackgroundTaskRecord<T> extends TaskRecord<T> {
  override get background(): boolean {
    return true;
  }
}

/** What `Promise.resolve` gives back as it is. To ask it costs as much as all else that starts a task. */
function isNative(result: unknown): result is Promise<unknown> {
  return (result as object).constructor === Promise;
}
