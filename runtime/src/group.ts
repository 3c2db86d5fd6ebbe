import type { Entry, Site } from './call-site.js';
import { LazySignal } from './cancellation.js';
import { isCausedBy } from './caused-by.js';
import { CancelledError } from './errors.js';
import { Failures, labelOf } from './failures.js';
import { inspect } from './inspect-method.js';
import { cascade, follow, type Follower } from './follow.js';
import {
  about,
  closed,
  type Link,
  next,
  opened,
  previous,
  type ScopeEdges,
} from './open-scopes.js';
import { parentOf } from './parent.js';
import { Patience } from './patience.js';
import { reasonOf } from './reason.js';
import { checkOptions, checkTaskOptions, type TaskGroupOptions } from './task-group-options.js';
import { type Supervisor, TaskPool } from './task-pool.js';
import { checkWork, type Named, nameOf, type TaskOptions, type Work } from './task.js';
import type { TaskRecord } from './task-record.js';
import { isDevelopment, warnAbout } from './warnings.js';
import { endTracedGroup, runTracedGroup } from '#traced';

/**
 * A group as the runtime keeps it: `TaskGroup` is what a program sees of it, and the combinators are
 * written with it.
 */
export class Group implements Supervisor {
  [previous]: Link | undefined = undefined;
  [next]: Link | undefined = undefined;
  readonly name: string | undefined;
  readonly label: string;
  readonly #since = Date.now();
  #cancelledAt: number | undefined;
  readonly pool: TaskPool;
  readonly parent: AbortSignal | undefined;
  onTaskError: TaskGroupOptions['onTaskError'];
  /** Tasks of `start` that are not up: their failures are their callers'. */
  readonly unready = new WeakSet<object>();
  readonly #follower: Follower | undefined;
  readonly #failures = new Failures();
  readonly #signal = new LazySignal();
  readonly #patience = new Patience();
  /** `undefined` until cancelled: no signal can be aborted with that. */
  #reason: unknown;
  /** The cancellation kept the body from completing. */
  #isBodyCut: boolean;
  /** The body is the runtime's: no message speaks of it. */
  #hasOwnBody = false;
  #closing: Promise<void> | undefined;
  #isClosed = false;

  constructor(options: TaskGroupOptions = {}) {
    this.parent = parentOf(options);
    checkOptions(options);
    const { limit, onTaskError } = options;
    // Of a timeout handed on as the parent only the signal counts.
    const name = Object.hasOwn(options, 'name') ? options.name : undefined;
    this.name = name;
    this.label = labelOf(name);
    this.onTaskError = onTaskError;
    this.pool = new TaskPool(this, limit ?? Infinity);
    this.#isBodyCut = !!this.parent?.aborted;
    this.#follower = follow(this.parent, (reason) => this.#abort(reason));
  }

  /** A group whose tasks all come from one call of the program. */
  static forCall(options: TaskGroupOptions | undefined, site: Site | undefined): Group {
    const group = new Group(options);
    if (site && group.pool.notes) group.pool.notes.shared = site;
    group.#hasOwnBody = true;
    return group;
  }

  get signal(): AbortSignal {
    return this.#signal.signal;
  }

  get hasFailed(): boolean {
    return this.#failures.hasAny;
  }

  get state(): 'open' | 'joining' | 'cancelling' | 'closed' {
    if (this.#isClosed) return 'closed';
    if (this.#reason !== undefined) return 'cancelling';
    return this.#closing ? 'joining' : 'open';
  }

  /** @param entry The public method that was called, for the line that called it. */
  createTask<T>(work: Work<T>, options?: TaskOptions, entry?: Entry): TaskRecord<T> {
    checkWork(work);
    checkTaskOptions(options);
    this.checkOpen();
    const task = this.pool.add(work, options, entry);
    // Done here and not in the pool: in Bun a call that ends a function leaves no frame of it, by which
    // the line of the caller is found.
    if (task.isPending) opened(this);
    return task;
  }

  /** Throws what `createTask` does in a group that takes no more tasks. */
  checkOpen(): void {
    if (this.#isClosed) throw new Error(`${this.label} is closed and takes no more tasks`);
    if (this.#reason !== undefined) throw this.#reason;
  }

  async room(): Promise<void> {
    this.checkOpen();
    await this.pool.room();
    await this.pool.shared?.room(this);
  }

  cancel(reason: unknown = new CancelledError(`${this.label} was cancelled`)): void {
    cascade(() => this.#abort(reason));
  }

  /** Cancels the group; the scopes in it are told later, by who has called this. */
  #abort(reason: unknown): void {
    if (this.#isClosed || this.#reason !== undefined) return;
    this.#reason = reason;
    this.#spread();
  }

  #spread(): void {
    this.#cancelledAt = Date.now();
    const cause = AbortSignal.abort(this.#reason);
    this.pool.stop(this.#reason);
    this.#signal.abort(cause);
    this.pool.cancel(cause);
    this.watch();
  }

  watch(): void {
    this.#patience.start(this.label, () => {
      if (this.#reason === undefined && !this.pool.isEnding) return [];
      const { hasBody, isHolding } = this.pool;
      const tasks: (Named | undefined)[] = this.pool.toArray();
      if (isHolding) tasks.push({ id: 'onTaskError' });
      if (hasBody && !this.#hasOwnBody) tasks.push(undefined);
      // Of a mapping whose calls have all ended: an iterator that is being closed.
      else if (hasBody && tasks.length === 0) tasks.push({ id: 'source' });
      return tasks;
    });
  }

  async join(): Promise<void> {
    await this.#close();
    this.#failures.throwAny(this.label);
    // Asked now, not when the group was cancelled: a parent that is cancelled while the group
    // cleans up after its own cancel() would otherwise go unnoticed.
    if ((this.#isBodyCut || this.pool.isCut) && this.parent?.aborted) throw reasonOf(this.parent);
  }

  async dispose(): Promise<void> {
    if (this.#isClosed) return;
    const wasJoined = !!this.#closing;
    const tasks = this.pool.toArray();
    if (this.state === 'open' && tasks.length > 0 && isDevelopment()) {
      warnAbout(tasks, `${this.label} was left without join(), which cancelled`);
    }
    this.cancel();
    await this.#close();
    if (!wasJoined) this.#failures.throwUnseen(this.label);
  }

  /** What the list of open scopes tells of it. */
  [about](): ScopeEdges {
    return {
      parent: this.parent,
      signal: this.#signal.made,
      tasks: this.pool.toArray(),
      since: this.#since,
      cancelledAt: this.#cancelledAt,
      limit: this.pool.limit,
      noteOf: (task) => this.pool.notes?.of(task as TaskRecord),
    };
  }

  /** @internal */
  [inspect](): string {
    const tasks = this.pool.toArray();
    const queued = tasks.filter(({ status }) => status === 'queued').length;
    return `${this.label} (${this.state}, ${tasks.length - queued} running, ${queued} queued)`;
  }

  async run<R>(body: () => R | PromiseLike<R>): Promise<R> {
    let value: R | undefined;
    // A parent that has been cancelled before leaves the body uncalled.
    if (!this.#isBodyCut) {
      this.pool.hasBody = true;
      opened(this);
      try {
        value = await runTracedGroup(this, body);
      } catch (error) {
        this.#isBodyCut = this.isCutBy(error);
        if (!this.#isBodyCut) this.fail(error);
      }
      this.pool.hasBody = false;
    }
    await this.join();
    if (this.#isBodyCut) throw this.#reason;
    return value as R;
  }

  /** Whether `error` is the cancellation of this group, or of the scope around it. */
  isCutBy(error: unknown): boolean {
    const { parent } = this;
    // The parent is asked also when the group is closed: a body may go on after `join()`.
    return (
      (this.#reason !== undefined && isCausedBy(error, this.#reason)) ||
      (!!parent?.aborted && isCausedBy(error, reasonOf(parent)))
    );
  }

  taskFailed(task: TaskRecord): void {
    const error = task.outcome;
    if (this.unready.has(task.context)) return;
    if (!this.onTaskError) {
      this.fail(error, task);
      return;
    }
    // Who has caught it from the awaited task has dealt with it.
    if (task.isSeen) return;
    try {
      const handled: unknown = this.onTaskError(error, task);
      if (typeof (handled as PromiseLike<unknown> | undefined)?.then === 'function') {
        const failed = (thrown: unknown): void => this.#handlerFailed(thrown, task);
        this.pool.hold(Promise.resolve(handled).then(() => {}, failed));
      }
    } catch (thrown) {
      this.#handlerFailed(thrown, task);
    }
  }

  #handlerFailed(error: unknown, task: TaskRecord): void {
    if (this.isCutBy(error)) this.pool.isCut = true;
    else this.fail(error, task);
  }

  fail(error: unknown, task?: TaskRecord): void {
    this.#failures.add(error, task);
    if (this.#reason !== undefined) return;
    this.cancel(
      new CancelledError(`${this.label} was cancelled: ${nameOf(task)} failed`, { cause: error }),
    );
  }

  // const joined = group.join();
  // group.createTask(work);           // legal: the group has not closed
  // await joined;
  //
  // Between the end of the last task and this function others may be created, so it looks again,
  // and closes the group in the same turn.
  async #drain(): Promise<void> {
    do await this.pool.drain();
    while (this.pool.size > 0);
    this.#isClosed = true;
    closed(this);
    this.#patience.end();
    this.#follower?.leave();
    endTracedGroup(this, this.#failures.first, this.#reason);
    this.pool.stop(new Error(`${this.label} is closed and takes no more tasks`));
  }

  #close(): Promise<void> {
    return (this.#closing ??= this.#drain());
  }
}
