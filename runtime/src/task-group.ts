/// <reference lib="esnext.disposable" preserve="true" />
import { callSite, type Entry } from './call-site.js';
import { LazySignal, type TaskContext } from './cancellation.js';
import { isCausedBy } from './caused-by.js';
import { all, allSettled, any, race, type Run } from './combinators.js';
import { asyncDispose } from './dispose.js';
import { CancelledError } from './errors.js';
import { Failures, labelOf } from './failures.js';
import { inspect } from './inspect.js';
import { map } from './map.js';
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
import {
  checkFunction,
  checkTaskOptions,
  checkOptions,
  type TaskGroupOptions,
} from './task-group-options.js';
import { TaskPool } from './task-pool.js';
import {
  checkWork,
  nameOf,
  type Task,
  type TaskOptions,
  type TaskRecord,
  type Work,
} from './task.js';
import { isDevelopment, warnAbout } from './warnings.js';

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
  /** @internal */
  [previous]: Link | undefined = undefined;
  /** @internal */
  [next]: Link | undefined = undefined;
  readonly name: string | undefined;

  readonly #label: string;
  readonly #parent: AbortSignal | undefined;
  readonly #unfollow: () => void;
  readonly #pool: TaskPool;
  readonly #failures = new Failures();
  #onTaskError: TaskGroupOptions['onTaskError'];
  readonly #signal = new LazySignal();
  /** `undefined` until cancelled: no signal can be aborted with that. */
  #reason: unknown;
  /** The cancellation kept the body from completing. */
  #isBodyCut: boolean;
  #closing: Promise<void> | undefined;
  #isClosed = false;

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
    checkFunction('body', body);
    return new TaskGroup(options).#run(body);
  }

  /**
   * `Promise.all` over functions: runs each as a task and resolves with their values in order. The
   * first failure cancels the others; all are awaited, and every failure is in the
   * {@link TaskGroupError} that it rejects with.
   *
   * @example
   * const [user, posts] = await TaskGroup.all([
   *   ({ signal }) => fetchUser(id, signal),
   *   ({ signal }) => fetchPosts(id, signal),
   * ]);
   */
  static all<T extends readonly ((context: TaskContext) => unknown)[] | []>(
    works: T,
    options?: Omit<TaskGroupOptions, 'onTaskError'>,
  ): Promise<{ -readonly [K in keyof T]: Awaited<ReturnType<T[K]>> }>;
  static all<T>(
    works: Iterable<(context: TaskContext) => T | PromiseLike<T>>,
    options?: Omit<TaskGroupOptions, 'onTaskError'>,
  ): Promise<T[]>;
  static async all(
    works: Iterable<Work<unknown>>,
    options?: Omit<TaskGroupOptions, 'onTaskError'>,
  ): Promise<unknown[]> {
    return all(TaskGroup.#runWith(options, TaskGroup.all), works);
  }

  /**
   * `Promise.allSettled` over functions: runs each as a task, to the end of all, and resolves with
   * their outcomes in order. A failure cancels nothing. Cancellation from outside that cuts a task
   * short rejects with its reason.
   *
   * @example
   * const results = await TaskGroup.allSettled(
   *   hosts.map((host) => ({ signal }) => ping(host, signal)),
   * );
   */
  static allSettled<T extends readonly ((context: TaskContext) => unknown)[] | []>(
    works: T,
    options?: Omit<TaskGroupOptions, 'onTaskError'>,
  ): Promise<{ -readonly [K in keyof T]: PromiseSettledResult<Awaited<ReturnType<T[K]>>> }>;
  static allSettled<T>(
    works: Iterable<(context: TaskContext) => T | PromiseLike<T>>,
    options?: Omit<TaskGroupOptions, 'onTaskError'>,
  ): Promise<PromiseSettledResult<T>[]>;
  static async allSettled(
    works: Iterable<Work<unknown>>,
    options?: Omit<TaskGroupOptions, 'onTaskError'>,
  ): Promise<PromiseSettledResult<unknown>[]> {
    return allSettled(TaskGroup.#runWith(options, TaskGroup.allSettled), works);
  }

  /**
   * `Promise.any` over functions: resolves with the value of the first task to fulfil. The others
   * are cancelled and awaited; what they throw does not count. When every task fails it rejects
   * with a {@link TaskGroupError} that holds their errors in the order of the functions.
   *
   * @example
   * const copy = await TaskGroup.any(
   *   mirrors.map((mirror) => ({ signal }) => download(mirror, signal)),
   * );
   */
  static any<T extends readonly ((context: TaskContext) => unknown)[] | []>(
    works: T,
    options?: Omit<TaskGroupOptions, 'onTaskError'>,
  ): Promise<Awaited<ReturnType<T[number]>>>;
  static any<T>(
    works: Iterable<(context: TaskContext) => T | PromiseLike<T>>,
    options?: Omit<TaskGroupOptions, 'onTaskError'>,
  ): Promise<T>;
  static async any(
    works: Iterable<Work<unknown>>,
    options?: Omit<TaskGroupOptions, 'onTaskError'>,
  ): Promise<unknown> {
    return any(TaskGroup.#runWith(options, TaskGroup.any), works);
  }

  /**
   * `Promise.race` over functions: settles as the first task to settle. The others are cancelled
   * and awaited. A failure, be it the first outcome or one of the clean-up of the others, rejects
   * with a {@link TaskGroupError}.
   *
   * @throws {TypeError} (as a rejection) without a function: that race would never end.
   *
   * @example
   * const signal = await TaskGroup.race([
   *   (context) => nextMessage(socket, context),
   *   (context) => nextMessage(standby, context),
   * ]);
   */
  static race<T extends readonly ((context: TaskContext) => unknown)[] | []>(
    works: T,
    options?: Omit<TaskGroupOptions, 'onTaskError'>,
  ): Promise<Awaited<ReturnType<T[number]>>>;
  static race<T>(
    works: Iterable<(context: TaskContext) => T | PromiseLike<T>>,
    options?: Omit<TaskGroupOptions, 'onTaskError'>,
  ): Promise<T>;
  static async race(
    works: Iterable<Work<unknown>>,
    options?: Omit<TaskGroupOptions, 'onTaskError'>,
  ): Promise<unknown> {
    return race(TaskGroup.#runWith(options, TaskGroup.race), works);
  }

  /**
   * Calls `fn` for each item, at most `limit` at a time, and resolves with the results in the order
   * of the items. It pulls lazily: the next item is asked for when there is room to work on it.
   *
   * The first failure, of `fn` or of the source, cancels the calls in flight and closes the source;
   * all are awaited, and {@link TaskGroup.run} says what it rejects with.
   *
   * @param fn Its `context` serves one call after another: an abort listener must be removed when
   *   the call ends.
   *
   * @example
   * const pages = await TaskGroup.map(urls, (url, { signal }) => fetch(url, { signal }), {
   *   limit: 8,
   * });
   */
  static async map<T, R>(
    items: Iterable<T> | AsyncIterable<T>,
    fn: (item: T, context: TaskContext, index: number) => R | PromiseLike<R>,
    options?: Omit<TaskGroupOptions, 'onTaskError'>,
  ): Promise<R[]> {
    return map(TaskGroup.#runWith(options, TaskGroup.map), items, fn, options?.limit);
  }

  /** @param entry The method that the program called. */
  static #runWith(options: TaskGroupOptions | undefined, entry: Entry): Run {
    const site = callSite(entry);
    return (body, onTaskError) => {
      const group = new TaskGroup(options);
      group.#pool.callSites.shared = site;
      group.#onTaskError = onTaskError;
      return group.#run(body);
    };
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
    const { name, limit, onTaskError }: TaskGroupOptions =
      options instanceof TaskGroup ? {} : options;
    checkOptions({ name, limit, onTaskError });
    this.name = name;
    this.#label = labelOf(name);
    this.#onTaskError = onTaskError;
    this.#pool = new TaskPool(
      this,
      this.#label,
      limit ?? Infinity,
      (error) => this.#isCutBy(error),
      (task) => this.#taskFailed(task),
    );
    this.#isBodyCut = !!this.#parent?.aborted;
    this.#unfollow = follow(this.#parent, (reason) => this.cancel(reason));
  }

  /** Aborts when the group is cancelled: by a failure, by `cancel()`, or with its parent. */
  get signal(): AbortSignal {
    return this.#signal.signal;
  }

  /**
   * - `open`: the body runs
   * - `joining`: the body is done, or `join` was called; tasks are waited for and may create others
   * - `cancelling`: cancelled, by whatever cause; tasks are waited for and none may be created
   * - `closed`: every task has settled, and no other can be created
   */
  get state(): 'open' | 'joining' | 'cancelling' | 'closed' {
    if (this.#isClosed) return 'closed';
    if (this.#reason !== undefined) return 'cancelling';
    return this.#closing ? 'joining' : 'open';
  }

  /** The tasks that are queued or running at the time of the call, oldest first. */
  get pending(): Iterable<Task<unknown>> {
    return this.#pool.toArray();
  }

  /**
   * Creates a task and starts it: calls `fn` before it returns, unless `limit` makes the task wait.
   * Whatever `fn` throws or rejects with is the task's failure, and is handled by the group. The
   * stack of an error leads to the line of this call, except in production.
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
  createTask<T>(fn: (context: TaskContext) => T | PromiseLike<T>, options?: TaskOptions): Task<T> {
    checkWork(fn);
    checkTaskOptions(options);
    if (this.#isClosed) throw new Error(`${this.#label} is closed and takes no more tasks`);
    if (this.#reason !== undefined) throw this.#reason;

    const task = this.#pool.add(fn, options);
    if (task.isPending) this.#pool.callSites.add(task, this.createTask);
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
    if (this.#isClosed || this.#reason !== undefined) return;
    this.#reason = reason;
    const cause = AbortSignal.abort(reason);
    this.#pool.stop();
    this.#signal.abort(cause);
    this.#pool.cancel(cause);
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
    this.#failures.throwAny(this.#label);
    // Asked now, not when the group was cancelled: a parent that is cancelled while the group
    // cleans up after its own cancel() would otherwise go unnoticed.
    if ((this.#isBodyCut || this.#pool.isCut) && this.#parent?.aborted) {
      throw reasonOf(this.#parent);
    }
  }

  /**
   * Ends an `await using` block. A group that has been joined is left alone; any other is
   * cancelled, and every task awaited. Throws only failures of tasks that nobody has seen.
   */
  async [asyncDispose](): Promise<void> {
    if (this.#isClosed) return;
    const wasJoined = !!this.#closing;
    const tasks = this.#pool.toArray();
    if (this.state === 'open' && tasks.length > 0 && isDevelopment()) {
      warnAbout(tasks, `${this.#label} was left without join(), which cancelled`);
    }
    this.cancel();
    await this.#close();
    if (!wasJoined) this.#failures.throwUnseen(this.#label);
  }

  /** @internal */
  [about](): ScopeEdges {
    return { parent: this.#parent, signal: this.#signal.made, tasks: this.#pool.toArray() };
  }

  /** @internal */
  [inspect](): string {
    const tasks = this.#pool.toArray();
    const queued = tasks.filter(({ status }) => status === 'queued').length;
    return `${this.#label} (${this.state}, ${tasks.length - queued} running, ${queued} queued)`;
  }

  async #run<R>(body: (group: TaskGroup) => R | PromiseLike<R>): Promise<R> {
    let value: R | undefined;
    // A parent that has been cancelled before leaves the body uncalled.
    if (!this.#isBodyCut) {
      this.#pool.hasBody = true;
      opened(this);
      try {
        value = await body(this);
      } catch (error) {
        this.#isBodyCut = this.#isCutBy(error);
        if (!this.#isBodyCut) this.#fail(error);
      }
      this.#pool.hasBody = false;
    }
    await this.join();
    if (this.#isBodyCut) throw this.#reason;
    return value as R;
  }

  /** Whether `error` is the cancellation of this group, or of the scope around it. */
  #isCutBy(error: unknown): boolean {
    const parent = this.#parent;
    // The parent is asked also when the group is closed: a body may go on after `join()`.
    return (
      (this.#reason !== undefined && isCausedBy(error, this.#reason)) ||
      (!!parent?.aborted && isCausedBy(error, reasonOf(parent)))
    );
  }

  #taskFailed(task: TaskRecord): void {
    let error = task.outcome;
    if (this.#onTaskError) {
      try {
        this.#onTaskError(error, task);
        return;
      } catch (thrown) {
        if (this.#isCutBy(thrown)) {
          this.#pool.isCut = true;
          return;
        }
        error = thrown;
      }
    }
    this.#fail(error, task);
  }

  #fail(error: unknown, task?: TaskRecord): void {
    this.#failures.add(error, task);
    this.cancel(
      new CancelledError(`${this.#label} was cancelled: ${nameOf(task)} failed`, { cause: error }),
    );
  }

  // const joined = group.join();
  // group.createTask(work);           // legal: the group has not closed
  // await joined;
  //
  // Between the end of the last task and this function others may be created, so it looks again,
  // and closes the group in the same turn.
  async #drain(): Promise<void> {
    do await this.#pool.drain();
    while (this.#pool.size > 0);
    this.#isClosed = true;
    closed(this);
    this.#unfollow();
  }

  #close(): Promise<void> {
    return (this.#closing ??= this.#drain());
  }
}
