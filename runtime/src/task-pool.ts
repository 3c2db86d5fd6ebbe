import { CallSites } from './call-site.js';
import { CancelledError } from './errors.js';
import { closed, opened, type Link } from './open-scopes.js';
import type { TaskOptions } from './task.js';
import { TaskList } from './task-list.js';
import { BackgroundTaskRecord, TaskRecord, type Work } from './task.js';
import { warnAbout } from './warnings.js';

/** How long a cancelled task may run on before the console says so. */
const PATIENCE = 10_000;

/** The tasks of one group: which of them run, which wait for room, and when all are done. */
export class TaskPool {
  /** The group's cancellation kept a task from completing. */
  isCut = false;
  /** The body of the group runs: the group is open also without a task. */
  hasBody = false;
  readonly isCutBy: (error: unknown) => boolean;
  readonly callSites = new CallSites();
  readonly #group: Link;
  readonly #failed: (task: TaskRecord) => void;
  readonly #tasks = new TaskList();
  readonly #label: string;
  readonly #limit: number;
  #created = 0;
  /** Tasks that are waited for before the background tasks are stopped. */
  #foreground = 0;
  /** Foreground tasks whose function has been called; at most `#limit`. */
  #running = 0;
  #isStarting = false;
  #isCancelled = false;
  /** Set while only background tasks remain, which were cancelled with it. */
  #backgroundStop: CancelledError | undefined;
  #alarm: Timer | undefined;
  /** Wakes `drain` to look again. */
  #wake: (() => void) | undefined;

  /**
   * @param group Stands in the list of open scopes while there are tasks.
   * @param isCutBy Whether an error is the cancellation of the group, or of the scope around it.
   * @param failed Told of a task that was rejected, once it is no longer in the pool.
   */
  constructor(
    group: Link,
    label: string,
    limit: number,
    isCutBy: (error: unknown) => boolean,
    failed: (task: TaskRecord) => void,
  ) {
    this.#group = group;
    this.#label = label;
    this.#limit = limit;
    this.isCutBy = isCutBy;
    this.#failed = failed;
  }

  /** How many tasks have not settled. */
  get size(): number {
    return this.#tasks.size;
  }

  /** The tasks that have not settled, oldest first. */
  toArray(): TaskRecord[] {
    return this.#tasks.toArray();
  }

  add<T>(work: Work<T>, options: TaskOptions | undefined): TaskRecord<T> {
    const Record = options?.background ? BackgroundTaskRecord : TaskRecord;
    const task: TaskRecord<T> = new Record(work, this, options?.name ?? this.#created);
    this.#created++;
    // Added before it is started: a task that fails, spawns or cancels its own group while it
    // starts must be found in the list.
    this.#tasks.add(task);
    if (task.background) {
      task.start();
      if (this.#backgroundStop) task.cancel(this.#backgroundStop);
    } else {
      this.#foreground++;
      this.#backgroundStop = undefined;
      if (this.#running < this.#limit && !this.#tasks.hasQueued) {
        this.#running++;
        task.start();
      } else {
        task.keepContext();
        this.#tasks.enqueue(task);
      }
    }
    if (task.isPending) opened(this.#group);
    return task;
  }

  /** From now on no task starts. */
  stop(): void {
    this.#isCancelled = true;
  }

  /** Cancels every task with the reason of `cause`, an aborted signal. */
  cancel(cause: AbortSignal): void {
    for (const task of this.toArray()) task.cut(cause);
    this.#watch();
  }

  /** Called by a task that has its final status. `hadStarted`: its function was called. */
  settled(task: TaskRecord, hadStarted: boolean, isCut: boolean): void {
    this.#tasks.remove(task);
    this.callSites.settled(task);
    if (!task.background) {
      this.#foreground--;
      if (hadStarted) this.#running--;
      if (isCut) this.isCut = true;
    }
    if (task.status === 'rejected') this.#failed(task);
    this.#startQueued();
    if (this.#tasks.size === 0 && !this.hasBody) closed(this.#group);
    if (this.#foreground === 0) this.#wake?.();
  }

  /** A task that settles while it starts must not start the next one on top of its own stack. */
  #startQueued(): void {
    if (this.#isStarting) return;
    this.#isStarting = true;
    while (this.#running < this.#limit && !this.#isCancelled) {
      const task = this.#tasks.dequeue();
      if (!task) break;
      this.#running++;
      task.start();
    }
    this.#isStarting = false;
  }

  /** Waits until every task has settled, those that are added meanwhile included. */
  async drain(): Promise<void> {
    while (this.#tasks.size > 0) {
      if (this.#foreground === 0) this.#stopBackground();
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    clearTimeout(this.#alarm);
    this.#alarm = undefined;
  }

  #stopBackground(): void {
    if (this.#backgroundStop || this.#isCancelled) return;
    this.#backgroundStop = new CancelledError(`${this.#label} is done but for background tasks`);
    for (const task of this.toArray()) task.cancel(this.#backgroundStop);
    this.#watch();
  }

  /** A task that ignores its signal holds the group up: after a while, say who. */
  #watch(): void {
    if (this.#tasks.size === 0 || this.#alarm) return;
    const since = new Date().toISOString();
    this.#alarm = setTimeout(() => {
      // All have ended by now, or foreground tasks have come while the background ones were stopped.
      if (this.#tasks.size === 0 || !(this.#isCancelled || this.#backgroundStop)) return;
      warnAbout(this.toArray(), `${this.#label} was cancelled at ${since} and still waits for`);
    }, PATIENCE);
    this.#alarm.unref?.();
  }
}
