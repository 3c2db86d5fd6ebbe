import { LazySignal, type TaskContext } from './cancellation.js';
import { isCausedBy } from './caused-by.js';
import { CancelledError, invalid } from './errors.js';
import type { TaskList } from './task-list.js';
import type { TaskPool } from './task-pool.js';
import { inspect } from './inspect.js';
import { taskWaits } from './open-scopes.js';
import { keepContext } from '#async-context';

/** Options of {@link TaskGroup.createTask}. */
export interface TaskOptions {
  /** Names the task in errors, in warnings and in the console. */
  name?: string | undefined;
  /**
   * A background task is not waited for: when the body and all other tasks are done it is cancelled,
   * and then awaited. It starts at once, and `limit` does not count it. Its failure fails the group
   * like any other. For a heartbeat or a server next to the work proper.
   */
  background?: boolean | undefined;
}

/**
 * A running piece of work and its result, owned by the group that created it.
 *
 * Awaiting it gives the result, or rejects with what the task threw; awaiting a task that was
 * cancelled alone rejects with that task's own `CancelledError`. It is a `PromiseLike` and not a
 * promise: it may be dropped, since the group waits for the task and keeps its error either way.
 *
 * @example
 * const left = group.createTask(({ signal }) => load('left', signal));
 * const right = group.createTask(({ signal }) => load('right', signal));
 * return merge(await left, await right);
 */
export interface Task<T> extends PromiseLike<T> {
  readonly name: string | undefined;
  /**
   * - `queued`: waits for room under the group's `limit`; its function has not been called
   * - `running`: also while it unwinds from a cancellation
   * - `fulfilled`, `rejected`: settled as its function did
   * - `cancelled`: settled by its cancellation, its own or the group's
   */
  readonly status: 'queued' | 'running' | 'fulfilled' | 'rejected' | 'cancelled';
  /**
   * Cancels this task alone: its signal aborts with `reason`, the group goes on and still waits for
   * the task to end. A queued task settles at once. Nothing happens to a task that has settled or
   * been cancelled before.
   */
  cancel(reason?: unknown): void;
}

/** A function that becomes a task. */
export type Work<T> = (context: TaskContext) => T | PromiseLike<T>;

export function checkWork(work: unknown): void {
  if (typeof work !== 'function') {
    throw invalid(
      'A task must be a function to call: a promise already runs outside the group',
      work,
    );
  }
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
  /** Links of {@link TaskList}. */
  previous: TaskList['previous'] | undefined = undefined;
  next: TaskList['next'] | undefined = undefined;
  /**
   * Changes with the status. Queued: the function to call. Running: the `CancelledError` of a task
   * that was cancelled alone. Fulfilled: the value. Rejected, cancelled: what awaiting it throws.
   */
  outcome: unknown;
  readonly #pool: TaskPool;
  readonly #context = new LazySignal();
  /** Made when somebody first asks for the result: most handles are dropped. */
  #result: TaskResult<T> | undefined = undefined;

  constructor(work: Work<T>, pool: TaskPool, id: string | number) {
    this.outcome = work;
    this.#pool = pool;
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
    return this.#context.made;
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

  /** Calls the task's function; never throws. */
  start(): void {
    const work = this.outcome as Work<T>;
    this.outcome = undefined;
    this.status = 'running';
    let result: T | PromiseLike<T>;
    try {
      result = work(this.#context);
      if (typeof (result as PromiseLike<T> | undefined)?.then === 'function') {
        taskWaits(this, result as object);
        Promise.resolve(result).then(this.fulfil.bind(this), this.reject.bind(this));
        return;
      }
    } catch (error) {
      this.reject(error);
      return;
    }
    this.fulfil(result);
  }

  cancel(reason?: unknown): void {
    if (!this.isPending || this.#context.isAborted) return;
    const error =
      reason instanceof CancelledError
        ? reason
        : new CancelledError(
            `${nameOf(this)} was cancelled`,
            reason === undefined ? undefined : { cause: reason },
          );
    if (this.status === 'queued') {
      this.settle('cancelled', error);
    } else {
      this.outcome = error;
      this.#context.abort(AbortSignal.abort(reason === undefined ? error : reason));
    }
  }

  /** Cancels the task with its group, whose signal has aborted: all tasks see the same reason. */
  cut(signal: AbortSignal): void {
    if (this.status === 'queued') this.settle('cancelled', signal.reason, true);
    else this.#context.abort(signal);
  }

  fulfil(value: unknown): void {
    this.settle('fulfilled', value);
  }

  reject(error: unknown): void {
    const alone = this.outcome;
    if (alone && isCausedBy(error, this.#context.signal.reason)) this.settle('cancelled', alone);
    else if (this.#pool.isCutBy(error)) this.settle('cancelled', error, true);
    else this.settle('rejected', error);
  }

  settle(status: Task<T>['status'], outcome: unknown, isCut = false): void {
    const hadStarted = this.status === 'running';
    this.status = status;
    this.outcome = outcome;
    this.#result?.settle();
    this.#pool.settled(this, hadStarted, isCut);
  }

  /** For loggers: by its fields a task leads to every other one of its group. */
  toJSON(): object {
    return { name: this.name, status: this.status };
  }

  /** @internal */
  [inspect](): string {
    return `${nameOf(this)} (${this.status})`;
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    const result = (this.#result ??= new TaskResult(this));
    const derived = result.promise.then(onFulfilled, onRejected);
    if (typeof onRejected === 'function') {
      result.isSeen = true;
    } else {
      // task.then(show);
      // The group reports the task's error. Passed on to a promise that nobody holds it would also
      // be an unhandled rejection, and end the process before the group is done.
      // eslint-disable-next-line mooring/no-floating-promises -- handled by the group
      result.promise.catch(() => derived.catch(() => {}));
    }
    return derived;
  }
}

/** The prototype tells, so that no task pays a field for it. */
export class BackgroundTaskRecord<T> extends TaskRecord<T> {
  override get background(): boolean {
    return true;
  }
}

/** The task's result as a promise, and whether anybody looks at its rejection. */
class TaskResult<T> {
  isSeen = false;
  readonly promise: Promise<T>;
  settle!: () => void;

  constructor(task: TaskRecord<T>) {
    this.promise = new Promise<T>((resolve, reject) => {
      this.settle = () => {
        if (task.status === 'fulfilled') resolve(task.outcome as T);
        else reject(task.outcome);
      };
    });
    if (!task.isPending) this.settle();
  }
}

/** What a task goes by in messages; no task: the body of the group. */
export function nameOf(task: TaskRecord<unknown> | undefined): string {
  if (!task) return 'body';
  return typeof task.id === 'string' ? `task "${task.id}"` : `task #${task.id}`;
}
