import { Cancellation, isCausedBy, type TaskContext } from './cancellation.js';
import { CancelledError, label } from './errors.js';
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

/** What a task asks of its group. */
export interface TaskOwner {
  /** Whether `error` is the cancellation of the group, or of the scope around it. */
  isCut(error: unknown): boolean;
  /** The task has its final status and outcome; `started` is whether its function was called. */
  settled(task: TaskRecord, started: boolean): void;
}

type Work<T> = (context: TaskContext) => T | PromiseLike<T>;

export class TaskRecord<T = unknown> implements Task<T> {
  readonly name: string | undefined;
  readonly background: boolean;
  /** The place among all tasks of the group, from 0: what a task without a name is called by. */
  readonly index: number;
  status: Task<T>['status'] = 'queued';
  /** The value of a fulfilled task, what any other settled task rejects with. */
  outcome: unknown = undefined;
  /** Somebody awaited the task, or attached a handler for its rejection. */
  isSeen = false;
  /** Set when the task was cancelled, but not by the cancellation of its group. */
  cancelledAlone: CancelledError | undefined = undefined;
  /** Links of {@link TaskList}. */
  previous: TaskRecord | undefined = undefined;
  next: TaskRecord | undefined = undefined;

  readonly #context = new Cancellation();
  readonly #owner: TaskOwner;
  /** Dropped on start, with all it closes over. */
  #work: Work<T> | undefined;
  // A promise is made when somebody first asks for the result: most handles are dropped.
  #promise: Promise<T> | undefined = undefined;
  #settlePromise: (() => void) | undefined = undefined;

  constructor(work: Work<T>, owner: TaskOwner, index: number, options: TaskOptions) {
    this.#work = work;
    this.#owner = owner;
    this.index = index;
    this.name = options.name;
    this.background = !!options.background;
  }

  get isPending(): boolean {
    return this.status === 'queued' || this.status === 'running';
  }

  /** Has the function run later in the async context of this call. */
  keepContext(): void {
    this.#work = keepContext(this.#work);
  }

  /** Calls the task's function; never throws. */
  start(): void {
    const work = this.#work as Work<T>;
    this.#work = undefined;
    this.status = 'running';
    let result: T | PromiseLike<T>;
    try {
      result = work(this.#context);
      if (typeof (result as PromiseLike<T> | undefined)?.then === 'function') {
        Promise.resolve(result).then(
          (value) => this.#settle('fulfilled', value),
          (error) => this.#reject(error),
        );
        return;
      }
    } catch (error) {
      this.#reject(error);
      return;
    }
    this.#settle('fulfilled', result);
  }

  cancel(reason?: unknown): void {
    if (!this.isPending || this.#context.reason !== undefined) return;
    this.cancelledAlone =
      reason instanceof CancelledError
        ? reason
        : new CancelledError(
            `${label('Task', this.name)} was cancelled`,
            reason === undefined ? undefined : { cause: reason },
          );
    this.cut(reason ?? this.cancelledAlone, this.cancelledAlone);
  }

  /** Cancels the task with its group: all tasks see the same reason. */
  cut(reason: unknown, outcome: unknown = reason): void {
    this.#context.cancel(reason);
    if (this.status === 'queued') this.#settle('cancelled', outcome);
  }

  #reject(error: unknown): void {
    if (this.cancelledAlone && isCausedBy(error, this.#context.reason)) {
      this.#settle('cancelled', this.cancelledAlone);
    } else {
      this.#settle(this.#owner.isCut(error) ? 'cancelled' : 'rejected', error);
    }
  }

  #settle(status: Task<T>['status'], outcome: unknown): void {
    const started = this.status === 'running';
    this.status = status;
    this.outcome = outcome;
    this.#work = undefined;
    this.#settlePromise?.();
    this.#owner.settled(this, started);
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: any) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#promise ??= new Promise<T>((resolve, reject) => {
      this.#settlePromise = () =>
        this.status === 'fulfilled' ? resolve(this.outcome as T) : reject(this.outcome);
      if (!this.isPending) this.#settlePromise();
    });
    const promise = this.#promise;
    const derived = promise.then(onFulfilled, onRejected);
    if (typeof onRejected === 'function') {
      this.isSeen = true;
    } else {
      // task.then(show);
      // The group reports the task's error. Passed on to a promise that nobody holds it would also
      // be an unhandled rejection, and end the process before the group is done.
      promise.catch(() => derived.catch(() => {}));
    }
    return derived;
  }
}
