import type { TaskContext } from './cancellation.js';
import { invalid } from './errors.js';

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
 * All of a promise but its name, by which linters know what has to be awaited: a task, and what is
 * derived from it, may be dropped.
 */
interface Droppable<T> {
  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as Promise has it
    onRejected?: ((reason: any) => B | PromiseLike<B>) | null,
  ): Droppable<A | B>;
  catch<B = never>(
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as Promise has it
    onRejected?: ((reason: any) => B | PromiseLike<B>) | null,
  ): Droppable<T | B>;
  finally(onFinally?: (() => void) | null): Droppable<T>;
  readonly [Symbol.toStringTag]: string;
}

/**
 * A running piece of work and its result, owned by the group that created it.
 *
 * Awaiting it gives the result, or rejects with what the task threw; awaiting a task that was
 * cancelled alone rejects with that task's own `CancelledError`. It has all that a promise has, and
 * goes wherever one is asked for; unlike a promise it may be dropped, since the group waits for the
 * task and keeps its error either way.
 *
 * @example
 * const left = group.createTask(({ signal }) => load('left', signal));
 * const right = group.createTask(({ signal }) => load('right', signal));
 * return merge(await left, await right);
 */
export interface Task<T> extends Droppable<T> {
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
  /**
   * Waits until the task has settled, however it did. It never rejects, and does not count as
   * awaiting the task: a failure is the group's to report.
   *
   * @example
   * task.cancel();
   * await task.join();
   */
  join(): Promise<void>;
  /** What it goes by in messages: `task "page"`. */
  toString(): string;
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

/** What names a task: its name; without one its place among all tasks of the group, from 0. */
export interface Named {
  readonly id: string | number;
}

/** What a task goes by in messages; no task: the body of the group. */
export function nameOf(task: Named | undefined): string {
  if (!task) return 'body';
  return typeof task.id === 'string' ? `task "${task.id}"` : `task #${task.id}`;
}
