import type { ScopeOptions } from './cancellation.js';
import { CancelledError, invalid } from './errors.js';
import type { TaskRecord } from './task-record.js';
import { newAbortController } from '#abort-controller';

/** What {@link Limit.acquire} gives: room for one task, until it is released. */
export interface Permit {
  release(): void;
}

/**
 * A limit that several groups share. `acquire` waits for room, and no longer than until `scope` is
 * cancelled. The shape is that of the Governor of TC39's concurrency control, with a scope.
 *
 * @example
 * const connections = new Limiter(8);
 * await TaskGroup.run(readers, { limit: connections });
 * await TaskGroup.run(writers, { limit: connections });
 */
export interface Limit {
  acquire(scope?: ScopeOptions): PromiseLike<Permit>;
}

/** The tasks of a group that wait for room. */
interface Queue {
  readonly hasQueued: boolean;
  dequeue(): TaskRecord | undefined;
}

/**
 * A group's part in a shared limit: a permit for each running task. It asks for one at a time, so
 * that among groups none takes all that there is, and a task that is cancelled while it waits leaves
 * nothing behind.
 */
export class SharedLimit {
  readonly #limit: Limit;
  readonly #queue: Queue;
  readonly #start: (task: TaskRecord) => void;
  readonly #permits = new Map<TaskRecord, Permit>();
  /** Set while it waits for a permit. */
  #asking: AbortController | undefined;

  constructor(limit: Limit, queue: Queue, start: (task: TaskRecord) => void) {
    this.#limit = limit;
    this.#queue = queue;
    this.#start = start;
  }

  /** As far as the limit tells: a `Limiter` of `mooring/limiter` does. */
  get capacity(): number | undefined {
    const { capacity } = this.#limit as { capacity?: unknown };
    return typeof capacity === 'number' ? capacity : undefined;
  }

  /**
   * Starts tasks as it gets permits for them. Rejects with what the limit throws when it is given a
   * permit back that no task takes: that concerns no group.
   */
  async serve(): Promise<void> {
    while (this.#queue.hasQueued && !this.#asking) {
      const asking = newAbortController();
      let permit: Permit;
      try {
        permit = await this.#ask(asking);
      } catch (error) {
        // task.cancel();                   // the only one that waited: the limit is told to stop,
        // group.createTask(work);          // and says so when another waits, which asks anew
        // Otherwise the limit is out of order.
        if (!asking.signal.aborted) this.#queue.dequeue()?.settle('rejected', error);
        continue;
      }
      const task = this.#queue.dequeue();
      if (!task) return permit.release();
      this.#permits.set(task, permit);
      this.#start(task);
    }
  }

  async #ask(asking: AbortController): Promise<Permit> {
    this.#asking = asking;
    try {
      return await this.#acquire(asking);
    } finally {
      this.#asking = undefined;
    }
  }

  async #acquire(scope: ScopeOptions): Promise<Permit> {
    const permit = await this.#limit.acquire(scope);
    if (typeof (permit as Permit | undefined)?.release !== 'function') {
      throw invalid('acquire() of a limit must give an object like { release }', permit);
    }
    return permit;
  }

  /** Waits until the limit has room. */
  async room(scope: ScopeOptions): Promise<void> {
    (await this.#acquire(scope)).release();
  }

  /**
   * A task has settled: its room is another's, and where none waits no permit is waited for.
   *
   * @throws What the limit throws when it is given a permit back.
   */
  settled(task: TaskRecord): void {
    const permit = this.#permits.get(task);
    this.#permits.delete(task);
    if (!this.#queue.hasQueued) this.#asking?.abort(new CancelledError('No task waits any more'));
    permit?.release();
  }
}
