import type { ScopeOptions } from './cancellation.js';
import { invalid } from './errors.js';
import type { Task, TaskOptions } from './task.js';

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

export function checkOptions({ limit, name, onTaskError }: TaskGroupOptions): void {
  if (limit !== undefined && limit !== Infinity && !(Number.isInteger(limit) && limit > 0)) {
    throw invalid('limit must be a positive integer or Infinity', limit, typeof limit === 'number');
  }
  checkName(name);
  if (onTaskError !== undefined) checkFunction('onTaskError', onTaskError);
}

export function checkName(name: unknown): void {
  if (name !== undefined && typeof name !== 'string') throw invalid('name must be a string', name);
}

export function checkTaskOptions(options: TaskOptions | undefined): void {
  if (options === undefined) return;
  if (Object(options) !== options)
    throw invalid('options must be an object like { name }', options);
  checkName(options.name);
  const { background } = options;
  if (background !== undefined && typeof background !== 'boolean') {
    throw invalid('background must be true or false', background);
  }
}

export function checkFunction(what: string, fn: unknown): void {
  if (typeof fn !== 'function') throw invalid(`${what} must be a function`, fn);
}
