/// <reference lib="esnext.disposable" preserve="true" />
import { callSite, type Entry } from './call-site.js';
import { ownSignal, type ScopeOptions, type TaskContext } from './cancellation.js';
import { all, allSettled, any, race } from './combinators.js';
import { asyncDispose } from './dispose.js';
import { holds, isA } from './errors.js';
import { Group } from './group.js';
import { inspect } from './inspect-method.js';
import { checkItems, type Items } from './item-source.js';
import { allKeyed, allSettledKeyed } from './keyed.js';
import { map } from './map.js';
import { mapIterable } from './map-iterable.js';
import { parentOf } from './parent.js';
import { start } from './start.js';
import { checkFunction, checkOptions, type TaskGroupOptions } from './task-group-options.js';
import type { Task, TaskOptions, Work } from './task.js';

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
  readonly #group: Group;
  static readonly #ownSignal = ownSignal((group: TaskGroup) => group.#group.signal);
  /** Aborts when the group is cancelled: by a failure, by `cancel()`, or with its parent. */
  declare readonly signal: AbortSignal;

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
    const group = new TaskGroup(options);
    return group.#group.run(() => body(group));
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
    return all(() => open(options, TaskGroup.all), works);
  }

  /**
   * `Promise.allSettled` over functions: runs each as a task, to the end of all, and resolves with
   * their outcomes in order. A failure cancels nothing. Cancellation from outside that cuts a task
   * short rejects with its reason; or, where others have failed in their clean-up, with a
   * {@link TaskGroupError} that holds these errors.
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
    return allSettled(() => open(options, TaskGroup.allSettled), works);
  }

  /**
   * `Promise.any` over functions: resolves with the value of the first task to fulfil. The others
   * are cancelled and awaited; what they throw does not count. When every task fails it rejects
   * with a {@link TaskGroupError} that holds their errors in the order of the functions. Cancellation
   * from outside before there is a value rejects as it does in {@link TaskGroup.allSettled}.
   *
   * The winner keeps its signal, so that what it gives stays alive: a response whose body is still to
   * be read. A parent scope goes on to cancel it. `onTaskError` is told of what the others throw once
   * the winner is known.
   *
   * @example
   * const copy = await TaskGroup.any(
   *   mirrors.map((mirror) => ({ signal }) => download(mirror, signal)),
   * );
   */
  static any<T extends readonly ((context: TaskContext) => unknown)[] | []>(
    works: T,
    options?: TaskGroupOptions,
  ): Promise<Awaited<ReturnType<T[number]>>>;
  static any<T>(
    works: Iterable<(context: TaskContext) => T | PromiseLike<T>>,
    options?: TaskGroupOptions,
  ): Promise<T>;
  static async any(works: Iterable<Work<unknown>>, options?: TaskGroupOptions): Promise<unknown> {
    return any(() => open(options, TaskGroup.any), works);
  }

  /**
   * `Promise.race` over functions: settles as the first task to settle. The others are cancelled
   * and awaited. A failure rejects with a {@link TaskGroupError}, which also holds what the others
   * threw in their clean-up.
   *
   * A winner keeps its signal, so that what it gives stays alive: a socket, a child process. A parent
   * scope goes on to cancel it. What the others throw then changes nothing; `onTaskError` is told of it.
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
    options?: TaskGroupOptions,
  ): Promise<Awaited<ReturnType<T[number]>>>;
  static race<T>(
    works: Iterable<(context: TaskContext) => T | PromiseLike<T>>,
    options?: TaskGroupOptions,
  ): Promise<T>;
  static async race(works: Iterable<Work<unknown>>, options?: TaskGroupOptions): Promise<unknown> {
    return race(() => open(options, TaskGroup.race), works);
  }

  /**
   * Calls `fn` for each item, at most `limit` at a time, and resolves with the results in the order
   * of the items. It pulls lazily: the next item is asked for when there is room to work on it.
   *
   * The first failure, of `fn` or of the source, cancels the calls in flight and closes the source;
   * all are awaited, and {@link TaskGroup.run} says what it rejects with.
   *
   * @param items An iterable; or a function that is handed the scope of the mapping and gives one,
   *   for a source that waits. A source that does not listen to that signal is waited for, as any
   *   task is: nothing can end an `await` inside an async generator from outside.
   * @param fn Its `context` serves one call after another: an abort listener must be removed when
   *   the call ends.
   *
   * @example
   * const pages = await TaskGroup.map(urls, (url, { signal }) => fetch(url, { signal }), {
   *   limit: 8,
   * });
   */
  static async map<T, R>(
    items: Items<T>,
    fn: (item: T, context: TaskContext, index: number) => R | PromiseLike<R>,
    options?: Omit<TaskGroupOptions, 'onTaskError'>,
  ): Promise<R[]> {
    checkItems(items);
    checkFunction('fn', fn);
    return map(open(options, TaskGroup.map), items, fn, options?.limit);
  }

  /**
   * {@link TaskGroup.map}, with the results as they come, in the order of the items. It begins when
   * the first is asked for. With a `limit` that many are worked on or wait to be taken, and no more:
   * a loop that is slow holds the source back. Without one it pulls as fast as the source gives.
   *
   * Leaving the loop, by `break` or by an error, cancels what is in flight, awaits it, and closes the
   * source. A failure comes out of the loop once all have ended, after the results before it; of a loop
   * that throws, what it has thrown comes out, and nothing else.
   *
   * @example
   * for await (const page of TaskGroup.mapIterable(urls, load, { limit: 4, signal })) {
   *   await store(page);
   * }
   */
  static mapIterable<T, R>(
    items: Items<T>,
    fn: (item: T, context: TaskContext, index: number) => R | PromiseLike<R>,
    options?: Omit<TaskGroupOptions, 'onTaskError'>,
  ): AsyncIterable<R> {
    checkItems(items);
    checkFunction('fn', fn);
    const scope = options === undefined ? {} : checkedFor(TaskGroup.mapIterable, options)!;
    parentOf(scope);
    checkOptions(scope);
    const { signal, name, limit } = scope;
    // `limit` counts results that wait to be taken, too, which are tasks no more.
    const own = typeof limit === 'number' ? { signal, name } : scope;
    const site = callSite(TaskGroup.mapIterable);
    return mapIterable(() => Group.forCall(own, site), items, fn, limit);
  }

  /**
   * {@link TaskGroup.all} with names: takes an object of functions and resolves with an object of
   * their values, under the same keys and without a prototype. A task goes by its key.
   *
   * After `Promise.allKeyed`, a proposal of TC39.
   *
   * @example
   * const { user, posts } = await TaskGroup.allKeyed({
   *   user: ({ signal }) => fetchUser(id, signal),
   *   posts: ({ signal }) => fetchPosts(id, signal),
   * });
   */
  static async allKeyed<T extends { readonly [K in keyof T]: (context: TaskContext) => unknown }>(
    works: T,
    options?: Omit<TaskGroupOptions, 'onTaskError'>,
  ): Promise<{ -readonly [K in keyof T]: Awaited<ReturnType<T[K]>> }> {
    const results = await allKeyed(() => open(options, TaskGroup.allKeyed), works);
    return results as { -readonly [K in keyof T]: Awaited<ReturnType<T[K]>> };
  }

  /**
   * {@link TaskGroup.allSettled} with names, as `allKeyed` is `all` with names.
   *
   * @example
   * const { cache, database } = await TaskGroup.allSettledKeyed({
   *   cache: ({ signal }) => ping(cacheHost, signal),
   *   database: ({ signal }) => ping(databaseHost, signal),
   * });
   */
  static async allSettledKeyed<
    T extends { readonly [K in keyof T]: (context: TaskContext) => unknown },
  >(
    works: T,
    options?: Omit<TaskGroupOptions, 'onTaskError'>,
  ): Promise<{ -readonly [K in keyof T]: PromiseSettledResult<Awaited<ReturnType<T[K]>>> }> {
    const results = await allSettledKeyed(() => open(options, TaskGroup.allSettledKeyed), works);
    return results as {
      -readonly [K in keyof T]: PromiseSettledResult<Awaited<ReturnType<T[K]>>>;
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
  constructor(options?: TaskGroupOptions) {
    Object.defineProperty(this, 'signal', TaskGroup.#ownSignal);
    this.#group = new Group(scopeOf(options));
  }

  /** What the group goes by in errors, in warnings and in the console. */
  get name(): string | undefined {
    return this.#group.name;
  }

  /**
   * - `open`: the body runs
   * - `joining`: the body is done, or `join` was called; tasks are waited for and may create others
   * - `cancelling`: cancelled, by whatever cause; tasks are waited for and none may be created
   * - `closed`: every task has settled, and no other can be created
   */
  get state(): 'open' | 'joining' | 'cancelling' | 'closed' {
    return this.#group.state;
  }

  /** The tasks that are queued or running at the time of the call, oldest first. */
  get pending(): Iterable<Task<unknown>> {
    return this.#group.pool.toArray();
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
    return this.#group.createTask(fn, options, this.createTask);
  }

  /**
   * Creates a task that says when it is up, and waits for that: `fn` calls `ready(value)`, with which
   * `start` resolves, and the task runs on. For a server, a subscription, a worker.
   *
   * Until then a failure of the task is the caller's: `start` rejects with it, unwrapped, and the
   * group goes on. From then on it is the group's.
   *
   * Modelled on the `start` of Trio's nurseries.
   *
   * @param options Of a task, and a scope: its cancellation cancels the task that is not up yet, and
   *   `start` rejects with its reason.
   * @throws {Error} (as a rejection) when `fn` ends without having called `ready`. Calling it twice
   *   throws, in the task.
   *
   * @example
   * const port = await group.start<number>(async ({ signal }, ready) => {
   *   await using server = await listen(signal);
   *   ready(server.port);
   *   await server.closed;
   * });
   */
  start<T>(
    fn: (context: TaskContext, ready: (value: T) => void) => unknown,
    options: TaskOptions & ScopeOptions = {},
  ): Promise<T> {
    return start(this.#group, fn, options, this.start);
  }

  /**
   * Waits until a task created now would start at once: backpressure for a `limit`. Those who wait
   * are let in one by one. Rejects with the reason when the group is cancelled, and with an error
   * when it is closed.
   *
   * @example
   * for await (const message of queue) {
   *   await group.room();
   *   group.createTask((context) => handle(message, context));
   * }
   */
  room(): Promise<void> {
    return this.#group.room();
  }

  /**
   * Cancels the group: every task's signal aborts with `reason`, queued tasks never start, and no
   * task can be created. A body that completes nevertheless keeps its value. The first reason
   * stays; nothing happens to a group that is closed.
   *
   * It is no way to fail: a task that throws `reason` was cut by it. Throw, and do not cancel.
   *
   * Abort listeners run before this call returns.
   */
  cancel(reason?: unknown): void {
    this.#group.cancel(reason);
  }

  /**
   * Waits until every task has settled, then closes the group. Tasks may still be created
   * meanwhile, and are waited for.
   *
   * Rejects with a {@link TaskGroupError} when a task failed, and with the parent's reason when the
   * parent was cancelled and that cut a task short. Calling it from a task waits for ever.
   */
  join(): Promise<void> {
    return this.#group.join();
  }

  /**
   * Ends an `await using` block. A group that has been joined is left alone; any other is
   * cancelled, and every task awaited. Throws only failures of tasks that nobody has seen.
   */
  [asyncDispose](): Promise<void> {
    return this.#group.dispose();
  }

  /** @internal */
  [inspect](): string {
    return this.#group[inspect]();
  }
}

function open(options: TaskGroupOptions | undefined, entry: Entry): Group {
  return Group.forCall(checkedFor(entry, options), callSite(entry));
}

// const pages = await TaskGroup.map(urls, load, { onTaskError: log });
//
// What would stand in the place of a page that failed? Only where no more than one result is given is
// there something to say of the others.
function checkedFor(entry: Entry, options: TaskGroupOptions | undefined) {
  const isForOne = entry === TaskGroup.any || entry === TaskGroup.race;
  if (!isForOne && holds(() => 'onTaskError' in Object(options))) {
    throw new TypeError('There is no option "onTaskError" here, only signal, limit, name');
  }
  return scopeOf(options);
}

/** Of a group handed on as the parent only the signal counts: its name is not inherited. */
function scopeOf(options: TaskGroupOptions | undefined): TaskGroupOptions | undefined {
  return isA(options, TaskGroup) ? { signal: options.signal } : options;
}
