import { type Entry, tellsLines } from './call-site.js';
import { CancelledError } from './errors.js';
import { closed, type Link } from './open-scopes.js';
import { type Limit, SharedLimit } from './shared-limit.js';
import type { TaskOptions, Work } from './task.js';
import { TaskList } from './task-list.js';
import { TaskNotes } from './task-notes.js';
import { BackgroundTaskRecord, type TaskOwner, TaskRecord } from './task-record.js';
import { Waiters } from './waiters.js';
import { areTasksHeard, endTracedTask, tracedTask } from '#traced';

/** What a pool asks of its group. */
export interface Supervisor extends Link {
  readonly label: string;
  readonly name: string | undefined;
  readonly pool: TaskPool;
  readonly parent: AbortSignal | undefined;
  isCutBy(error: unknown): boolean;
  /** Told of a task that was rejected, once it is no longer in the pool. */
  taskFailed(task: TaskRecord): void;
  /** Told when tasks were cancelled, from which time on they are expected to end. */
  watch(): void;
  fail(error: unknown, task: TaskRecord): void;
}

/** A task that could not be started or settled, since the stack was at its end. */
interface Overflow {
  readonly task: TaskRecord;
  readonly error: unknown;
  readonly next: Overflow | undefined;
}

/** How many tasks are being started on top of each other: the sign of a stack that fills up. */
let depth = 0;

/** So many are no cause for concern. */
const SHALLOW = 100;

/** The tasks of one group: which of them run, which wait for room, and when all are done. */
export class TaskPool implements TaskOwner {
  /** The group's cancellation kept a task from completing. */
  isCut = false;
  /** The body of the group runs: the group is open also without a task. */
  hasBody = false;
  /** Set by who wants to know of tasks that fulfil, once they are no longer in the pool. */
  onValue: ((task: TaskRecord) => void) | undefined;
  /** In development. */
  readonly notes: TaskNotes | undefined = tellsLines() ? new TaskNotes() : undefined;
  readonly #group: Supervisor;
  readonly #tasks = new TaskList<TaskRecord>();
  /** The most that run at once; none of themselves, where a shared limit starts them. */
  readonly #limit: number;
  readonly #shared: SharedLimit | undefined;
  #created = 0;
  /** Tasks, and what else is held, that are waited for before the background tasks are stopped. */
  #foreground = 0;
  /** What is waited for and is no task. */
  #held = 0;
  /** Foreground tasks whose function has been called; at most `#limit`. */
  #running = 0;
  #isStarting = false;
  #isCancelled = false;
  /** Set while only background tasks remain, which were cancelled with it. */
  #backgroundStop: CancelledError | undefined;
  #overflows: Overflow | undefined;
  #waiters: Waiters | undefined;
  /** Wakes `drain` to look again. */
  #wake: (() => void) | undefined;

  constructor(group: Supervisor, limit: number | Limit) {
    this.#group = group;
    const isShared = typeof limit === 'object';
    this.#limit = isShared ? -Infinity : limit;
    this.#shared = isShared
      ? new SharedLimit(limit, this.#tasks, (task) => this.#startWaiting(task))
      : undefined;
  }

  /** How many tasks have not settled, and what else is held. */
  get size(): number {
    return this.#tasks.size + this.#held + (this.#overflows ? 1 : 0);
  }

  /** Something is waited for that is no task. */
  get isHolding(): boolean {
    return this.#held > 0;
  }

  /** Only background tasks remain, and have been told to end. */
  get isEnding(): boolean {
    return !!this.#backgroundStop;
  }

  /** The tasks that have not settled, oldest first. */
  toArray(): TaskRecord[] {
    return this.#tasks.toArray();
  }

  /** The last that was added, and has not settled. */
  get youngest(): TaskRecord {
    return this.#tasks.youngest;
  }

  get parent(): AbortSignal | undefined {
    return this.#group.parent;
  }

  isCutBy(error: unknown): boolean {
    return this.#group.isCutBy(error);
  }

  /** @param entry The public method that was called, for the line that called it. */
  add<T>(work: Work<T>, options: TaskOptions | undefined, entry: Entry | undefined): TaskRecord<T> {
    // Until that is cleared up no more start: two tasks that each start two would take for ever.
    if (this.#overflows) throw this.#overflows.error;
    const Record = options?.background ? BackgroundTaskRecord : TaskRecord;
    const task: TaskRecord<T> = new Record(work, this, options?.name ?? this.#created);
    this.#created++;
    if (areTasksHeard()) task.outcome = tracedTask(task, work, this.#group);
    let promise: object | undefined;
    try {
      // Added before it is started: a task that fails, spawns or cancels its own group while it
      // starts must be found in the list.
      this.#tasks.add(task);
      if (task.background) {
        promise = this.#startBackground(task);
      } else {
        this.#foreground++;
        this.#backgroundStop = undefined;
        if (this.#hasRoom) {
          this.#running++;
          depth++;
          promise = task.start();
          depth--;
        } else this.#enqueue(task);
      }
    } catch (error) {
      // Nothing is called here: there is no room on the stack to call it.
      this.#overflows = { task, error, next: this.#overflows };
      throw error;
    }
    if (this.notes && task.isPending) this.notes.add(task, this.#group.label, entry, promise);
    return task;
  }

  #startBackground(task: TaskRecord): object | undefined {
    depth++;
    const promise = task.start();
    depth--;
    if (this.#backgroundStop) task.cancel(this.#backgroundStop);
    return promise;
  }

  #enqueue(task: TaskRecord): void {
    task.keepContext();
    this.#tasks.enqueue(task);
    // eslint-disable-next-line mooring/no-floating-promises -- ends with the queue; what it rejects with is the limit's
    void this.#shared?.serve().then(() => this.#waiters?.admit());
  }

  get #hasRoom(): boolean {
    return this.#running < this.#limit && !this.#tasks.hasQueued;
  }

  /** Settles when a task that is added then starts at once; those who wait are let in one by one. */
  room(): Promise<void> {
    this.#waiters ??= new Waiters(() => (this.#shared ? !this.#tasks.hasQueued : this.#hasRoom));
    return this.#waiters.wait();
  }

  /** The most tasks that run at once, where that is a number. */
  get limit(): number | undefined {
    return this.#shared ? this.#shared.capacity : this.#limit;
  }

  get shared(): SharedLimit | undefined {
    return this.#shared;
  }

  /** Has the group wait for a promise that never rejects, as for a task. */
  hold(promise: Promise<void>): void {
    this.#held++;
    this.#foreground++;
    // eslint-disable-next-line mooring/no-floating-promises -- `drain` waits for it
    void promise.then(() => {
      this.#held--;
      if (--this.#foreground === 0) this.#wake?.();
    });
  }

  /** From now on no task starts. */
  stop(reason: unknown): void {
    this.#isCancelled = true;
    this.#waiters?.refuse(reason);
  }

  /** Cancels every task with the reason of `cause`, an aborted signal. */
  cancel(cause: AbortSignal): void {
    for (const task of this.toArray()) task.cut(cause);
  }

  settled(task: TaskRecord, hadStarted: boolean, isCut: boolean): void {
    this.#tasks.remove(task);
    if (this.notes) this.notes.settled(task);
    endTracedTask(task);
    if (!task.background) {
      this.#foreground--;
      if (hadStarted) this.#running--;
      if (isCut) this.isCut = true;
    }
    if (task.status === 'rejected') this.#failed(task);
    else if (this.onValue && task.status === 'fulfilled') this.onValue(task);
    if (this.#shared) this.#giveRoom(task);
    if (this.#tasks.hasQueued) this.#startQueued();
    if (this.#tasks.size === 0 && !this.hasBody) closed(this.#group);
    if (this.#waiters) this.#waiters.admit();
    if (this.#foreground === 0) this.#wake?.();
  }

  #giveRoom(task: TaskRecord): void {
    try {
      this.#shared!.settled(task);
    } catch (error) {
      // Let through, the task would have settled by half, and the group never would.
      this.#group.fail(error, task);
    }
  }

  #failed(task: TaskRecord): void {
    if (this.#overflows) this.#mendSoon();
    this.#group.taskFailed(task);
  }

  /** Starts a task that has waited. */
  #startWaiting(task: TaskRecord): void {
    const promise = task.start();
    if (promise) this.notes?.started(task, promise);
  }

  /** A task that settles while it starts must not start the next one on top of its own stack. */
  #startQueued(): void {
    if (this.#isStarting) return;
    this.#isStarting = true;
    while (this.#running < this.#limit && !this.#isCancelled) {
      const task = this.#tasks.dequeue();
      if (!task) break;
      this.#running++;
      this.#startWaiting(task);
    }
    this.#isStarting = false;
  }

  /** Waits until every task has settled, those that are added meanwhile included. */
  async drain(): Promise<void> {
    while (this.size > 0) {
      if (this.#overflows) {
        this.#mend();
        continue; // It may have settled the last task, and nobody else wakes this.
      }
      if (this.#foreground === 0) this.#stopBackground();
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #stopBackground(): void {
    if (this.#backgroundStop || this.#isCancelled) return;
    this.#backgroundStop = new CancelledError(
      `${this.#group.label} is done but for background tasks`,
    );
    for (const task of this.toArray()) task.cancel(this.#backgroundStop);
    this.#group.watch();
  }

  // const deeper = () => void group.createTask(deeper);
  //
  // At the end of the stack every call throws: the one that starts a task, the one that settles it,
  // and those by which the platform aborts a signal, which it does once. So what fails there is noted
  // down, without a call where there is no room for one, and settled on an empty stack.

  settlesLater(task: TaskRecord, error: unknown): boolean {
    if (depth < SHALLOW && !isOverflow(error)) return false;
    this.#overflows = { task, error, next: this.#overflows };
    this.#mendSoon();
    return true;
  }

  #mendSoon(): void {
    queueMicrotask(() => this.#mend());
  }

  #mend(): void {
    let overflow = this.#overflows;
    this.#overflows = undefined;
    this.#isStarting = false;
    depth = 0;
    const foreground = this.toArray().filter((task) => !task.background);
    this.#foreground = foreground.length + this.#held;
    this.#running = foreground.filter(({ status }) => status !== 'queued').length;
    for (; overflow; overflow = overflow.next) {
      const { task, error } = overflow;
      if (!task.next && task.isPending) continue; // It was never in the group.
      if (task.isPending) task.reject(error);
      else {
        // Nobody knows how far its end had come.
        if (task.next) this.#tasks.remove(task);
        this.#group.fail(error, task);
      }
    }
    this.#startQueued();
    this.#waiters?.admit();
    if (this.#foreground === 0) this.#wake?.();
  }
}

/** Of V8 and Safari, and of Firefox. */
function isOverflow(error: unknown): boolean {
  try {
    return error instanceof Error && /call stack|too much recursion/.test(error.message);
  } catch {
    return false; // A getter of the program has thrown, or a proxy that was revoked.
  }
}
