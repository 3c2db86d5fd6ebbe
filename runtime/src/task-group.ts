/// <reference lib="esnext.disposable" preserve="true" />
import { Cancellation, isCausedBy, type ScopeOptions, type TaskContext } from './cancellation.js';
import { asyncDispose } from './dispose.js';
import { CancelledError, invalid, label } from './errors.js';
import { follow, parentOf } from './parent.js';
import { type Failure, groupError, nameOf, type TaskGroupError } from './task-group-error.js';
import { TaskList } from './task-list.js';
import { type Task, type TaskOptions, type TaskOwner, TaskRecord } from './task.js';

/** Options of a {@link TaskGroup}. A scope passed whole counts for its signal only. */
export interface TaskGroupOptions extends ScopeOptions {
  /** The parent scope: its cancellation cancels the group. */
  signal?: AbortSignal | undefined;
  /**
   * The most tasks running at once, a positive integer or `Infinity`. The rest queue and start in
   * the order they were created, each in the async context of its `createTask` call.
   */
  limit?: number | undefined;
  /** Names the group in errors, in warnings and in the console. */
  name?: string | undefined;
  /**
   * Supervises: a task's failure is handed here and the group goes on. What it throws is a failure
   * of the group. The body's own failure does not come here.
   */
  onTaskError?: ((error: unknown, task: Task<unknown>) => void) | undefined;
}

/**
 * Owns the tasks created in it and outlives them all: a group settles only when every task has.
 *
 * The first failure of a task or of the body cancels the group: every other task's signal aborts,
 * queued tasks never start, and once all have ended the group rejects with one
 * {@link TaskGroupError} that holds every failure. A cancelled group rejects with the reason of its
 * parent if that was cancelled and cut something short; work that was finished nevertheless is kept.
 *
 * {@link TaskGroup.run} is the form to start with. The constructor is for `await using`, where
 * `await group.join()` must end the block.
 *
 * Modelled on `asyncio.TaskGroup` of Python and the nurseries of Trio.
 *
 * @example
 * const page = await TaskGroup.run(async (group) => {
 *   const user = group.createTask(({ signal }) => fetchUser(id, signal));
 *   const posts = group.createTask(({ signal }) => fetchPosts(id, signal));
 *   return render(await user, await posts);
 * });
 */
export class TaskGroup implements AsyncDisposable {
  readonly name: string | undefined;

  readonly #cancellation = new Cancellation();
  readonly #parent: AbortSignal | undefined;
  readonly #unfollow: () => void;
  readonly #limit: number;
  readonly #onTaskError: TaskGroupOptions['onTaskError'];
  readonly #tasks = new TaskList();
  readonly #owner: TaskOwner;
  readonly #taskFailures: Failure[] = [];
  #bodyFailure: Failure | undefined;
  /** What the group has rejected with; a body that lets a rejected `join` through throws it again. */
  #error: TaskGroupError | undefined;

  #created = 0;
  /** Tasks that the group waits for before it stops its background tasks. */
  #foreground = 0;
  /** Foreground tasks whose function has been called; at most `#limit`. */
  #running = 0;
  #isStarting = false;
  /** The group's cancellation kept the body or a task from completing. */
  #isCut = false;
  /** Set while nothing but background tasks remain, which were cancelled with it. */
  #backgroundStop: CancelledError | undefined;
  #isClosed = false;
  #closing: Promise<void> | undefined;
  /** Wakes `#close` to look again. */
  #wake: (() => void) | undefined;

  /**
   * Opens a group, calls `body` with it, waits for every task, and returns the body's value.
   *
   * The group rejects, in this order: with a {@link TaskGroupError} when a task or the body failed;
   * with the parent's reason when the parent was cancelled and that cut the body or a task short,
   * or before the body was called; with the group's own reason when `cancel()` cut the body short.
   *
   * @throws {TypeError | RangeError} (as a rejection) for an option that is not allowed.
   *
   * @example
   * await TaskGroup.run(
   *   async (group) => {
   *     for (const url of urls) group.createTask(({ signal }) => download(url, signal));
   *   },
   *   { limit: 8, name: 'downloads', signal },
   * );
   */
  static async run<R>(
    body: (group: TaskGroup) => R | PromiseLike<R>,
    options?: TaskGroupOptions,
  ): Promise<R> {
    if (typeof body !== 'function') throw invalid('TaskGroup.run takes a function', body);
    const group = new TaskGroup(options);
    let value: R | undefined;
    let isBodyCut = group.#isCut;
    if (!isBodyCut) {
      try {
        value = await body(group);
      } catch (error) {
        isBodyCut = group.#isCutBy(error);
        if (isBodyCut) group.#isCut = true;
        else if (error !== group.#error) group.#fail(error);
      }
    }
    await group.#close();
    group.#throwOutcome();
    if (isBodyCut) throw group.#cancellation.reason;
    return value as R;
  }

  /**
   * Opens a group for `await using`. End the block with `await group.join()`.
   *
   * @throws {TypeError | RangeError} for an option that is not allowed.
   *
   * @example
   * await using group = new TaskGroup({ signal });
   * group.createTask(({ signal }) => fill(cache, signal));
   * group.createTask(({ signal }) => warm(pool, signal));
   * await group.join();
   */
  constructor(options: TaskGroupOptions = {}) {
    this.#parent = parentOf(options);
    // Of a group handed on as the parent only the signal counts: its name is not inherited.
    const { name, limit = Infinity, onTaskError } = options instanceof TaskGroup ? {} : options;
    if (typeof limit !== 'number') throw invalid('limit must be a number', limit);
    if (limit !== Infinity && !(Number.isInteger(limit) && limit > 0)) {
      throw invalid('limit must be a positive integer or Infinity', limit, RangeError);
    }
    if (onTaskError !== undefined && typeof onTaskError !== 'function') {
      throw invalid('onTaskError must be a function', onTaskError);
    }
    checkName(name);
    this.name = name;
    this.#limit = limit;
    this.#onTaskError = onTaskError;
    this.#owner = {
      isCut: (error) => this.#isCutBy(error),
      settled: (task, started) => this.#settled(task, started),
    };
    this.#isCut = !!this.#parent?.aborted;
    this.#unfollow = follow(this.#parent, (reason) => this.cancel(reason));
  }

  /** Aborts when the group is cancelled: by a failure, by `cancel()`, or with its parent. */
  get signal(): AbortSignal {
    return this.#cancellation.signal;
  }

  /**
   * - `open`: the body runs
   * - `joining`: the body is done, or `join` was called; tasks are waited for and may create others
   * - `cancelling`: cancelled, by whatever cause; tasks are waited for and none may be created
   * - `closed`: every task has settled, and no other can be created
   */
  get state(): 'open' | 'joining' | 'cancelling' | 'closed' {
    if (this.#isClosed) return 'closed';
    if (this.#cancellation.reason !== undefined) return 'cancelling';
    return this.#closing ? 'joining' : 'open';
  }

  /** The tasks that are queued or running at the time of the call, oldest first. */
  get pending(): Iterable<Task<unknown>> {
    return this.#tasks.toArray();
  }

  /**
   * Creates a task and starts it: calls `fn` before it returns, unless `limit` makes the task wait.
   * Whatever `fn` throws or rejects with is the task's failure, and is handled by the group.
   *
   * Legal until the group is closed, from the body and from tasks, also while the group joins.
   *
   * @param fn Called with the task's context. It is a function and not a promise, because a
   *   promise already runs outside the group.
   * @throws The reason of the cancellation while the group is cancelling: let it through. `fn` is
   *   not called.
   * @throws {Error} when the group is closed. `fn` is not called.
   * @throws {TypeError} when `fn` is not a function.
   *
   * @example
   * const task = group.createTask(({ signal }) => fetch(url, { signal }), { name: 'page' });
   */
  createTask<T>(
    fn: (context: TaskContext) => T | PromiseLike<T>,
    options: TaskOptions = {},
  ): Task<T> {
    if (typeof fn !== 'function') {
      throw invalid(
        'createTask takes a function to call, not a promise that already runs outside the group',
        fn,
      );
    }
    checkName(options.name);
    if (this.#isClosed) throw new Error(`${this.#label} is closed: it takes no more tasks`);
    if (this.#cancellation.reason !== undefined) throw this.#cancellation.reason;

    const task = new TaskRecord<T>(fn, this.#owner, this.#created++, options);
    // Added before it is started: a task that fails, spawns or cancels its own group while it
    // starts must be found in the list.
    this.#tasks.add(task as TaskRecord);
    if (task.background) {
      task.start();
      if (this.#backgroundStop) task.cancel(this.#backgroundStop);
    } else {
      this.#foreground++;
      this.#backgroundStop = undefined;
      if (this.#running < this.#limit) {
        this.#running++;
        task.start();
      } else {
        task.keepContext();
        this.#tasks.enqueue(task as TaskRecord);
      }
    }
    return task;
  }

  /**
   * Cancels the group: every task's signal aborts with `reason`, queued tasks never start, and no
   * task can be created. A body that completes nevertheless keeps its value. The first reason
   * stays; nothing happens to a group that is closed.
   *
   * Abort listeners run before this call returns.
   */
  cancel(reason: unknown = new CancelledError(`${this.#label} was cancelled`)): void {
    if (this.#isClosed || this.#cancellation.reason !== undefined) return;
    const tasks = this.#tasks.toArray();
    this.#cancellation.cancel(reason);
    for (const task of tasks) task.cut(reason);
  }

  /**
   * Waits until every task has settled, then closes the group. Tasks may still be created
   * meanwhile, and are waited for.
   *
   * Rejects with a {@link TaskGroupError} when a task failed, and with the parent's reason when the
   * parent was cancelled and that cut a task short. Calling it from a task waits for ever.
   */
  async join(): Promise<void> {
    await this.#close();
    this.#throwOutcome();
  }

  /**
   * Ends an `await using` block. A group that has been joined is left alone; any other is
   * cancelled, and every task awaited. Throws only failures of tasks that nobody has seen.
   */
  async [asyncDispose](): Promise<void> {
    if (this.#isClosed) return;
    const wasJoined = !!this.#closing;
    this.cancel();
    await this.#close();
    if (wasJoined) return;
    const unseen = this.#taskFailures.filter(({ error, task }) => {
      return !(task?.isSeen && task.outcome === error);
    });
    if (unseen.length > 0) throw groupError(this.#label, unseen);
  }

  get #label(): string {
    return label('Task group', this.name);
  }

  /** Whether `error` is the cancellation of this group, or of the scope around it. */
  #isCutBy(error: unknown): boolean {
    const { reason } = this.#cancellation;
    if (reason === undefined) return false;
    return (
      isCausedBy(error, reason) ||
      (!!this.#parent?.aborted && isCausedBy(error, this.#parent.reason))
    );
  }

  #settled(task: TaskRecord, started: boolean): void {
    this.#tasks.remove(task);
    if (!task.background) {
      this.#foreground--;
      if (started) this.#running--;
      if (task.status === 'cancelled' && task.outcome !== task.cancelledAlone) this.#isCut = true;
    }
    if (task.status === 'rejected') this.#taskFailed(task);
    this.#startQueued();
    if (this.#foreground === 0) this.#wake?.();
  }

  #taskFailed(task: TaskRecord): void {
    let error = task.outcome;
    if (this.#onTaskError) {
      try {
        this.#onTaskError(error, task);
        return;
      } catch (thrown) {
        error = thrown;
      }
    }
    this.#fail(error, task);
  }

  #fail(error: unknown, task?: TaskRecord): void {
    const failure = { error, task };
    if (task) this.#taskFailures.push(failure);
    else this.#bodyFailure = failure;
    this.cancel(
      new CancelledError(`${this.#label} was cancelled: ${nameOf(task)} failed`, { cause: error }),
    );
  }

  /** A task that settles while it starts must not start the next one on top of its own stack. */
  #startQueued(): void {
    if (this.#isStarting) return;
    this.#isStarting = true;
    while (this.#running < this.#limit && this.#cancellation.reason === undefined) {
      const task = this.#tasks.dequeue();
      if (!task) break;
      this.#running++;
      task.start();
    }
    this.#isStarting = false;
  }

  #close(): Promise<void> {
    return (this.#closing ??= this.#waitForTasks());
  }

  async #waitForTasks(): Promise<void> {
    while (this.#tasks.size > 0) {
      if (this.#foreground === 0) this.#stopBackground();
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    this.#isClosed = true;
    this.#unfollow();
  }

  #stopBackground(): void {
    if (this.#backgroundStop || this.#cancellation.reason !== undefined) return;
    this.#backgroundStop = new CancelledError(`${this.#label} is done with its other tasks`);
    for (const task of this.#tasks.toArray()) task.cancel(this.#backgroundStop);
  }

  #throwOutcome(): void {
    const body = this.#bodyFailure;
    const failures = [...this.#taskFailures];
    // const task = group.createTask(load);
    // await task;                             // rejects with what `load` threw, out of the body
    if (body && !failures.some(({ error }) => error === body.error)) failures.push(body);
    if (failures.length > 0) {
      if (this.#error?.errors.length !== failures.length) {
        this.#error = groupError(this.#label, failures);
      }
      throw this.#error;
    }
    // Asked now, not when the group was cancelled: a parent that is cancelled while a group cleans
    // up after its own cancel() would otherwise go unnoticed.
    if (this.#isCut && this.#parent?.aborted) throw this.#parent.reason;
  }
}

function checkName(name: unknown): void {
  if (name !== undefined && typeof name !== 'string') throw invalid('name must be a string', name);
}
