import type { ScopeOptions } from './cancellation.js';
import { holds, invalid } from './errors.js';
import type { Limit } from './shared-limit.js';
import type { Task, TaskOptions } from './task.js';

/** Options of a {@link TaskGroup}. A scope passed whole counts for its signal only. */
export interface TaskGroupOptions extends ScopeOptions {
  /** The parent scope: its cancellation cancels the group. */
  signal?: AbortSignal | undefined;
  /**
   * The most tasks running at once: a positive integer, `Infinity`, or a limit that several groups
   * share, under which each task starts once there is room for it. The rest queue and start in the
   * order they were created, each in the async context of its `createTask` call.
   */
  limit?: number | Limit | undefined;
  /** Names the group in errors, in warnings and in the console. */
  name?: string | undefined;
  /**
   * Supervises: a task's failure that nobody awaits is handed here, and the group goes on. What it
   * throws, or rejects with, is a failure of the group, which waits for it. The body's own failure
   * does not come here. Of what `Promise.all` drops, after the first failure, it is told; of what
   * `Promise.allSettled` gives beside the first, too, which looks the same.
   */
  onTaskError?: ((error: unknown, task: Task<unknown>) => unknown) | undefined;
}

export function checkOptions(options: TaskGroupOptions): void {
  const { limit, name, onTaskError } = options;
  checkKeys(options, ['signal', 'limit', 'name', 'onTaskError']);
  if (typeof limit !== 'object' || (limit as unknown) === null) checkLimit(limit);
  else if (typeof limit.acquire !== 'function') {
    throw invalid('A limit to share must be an object like { acquire }', limit);
  }
  checkName(name);
  if (onTaskError !== undefined) checkFunction('onTaskError', onTaskError);
}

function checkLimit(limit: unknown): void {
  if (
    limit !== undefined &&
    limit !== Infinity &&
    !(Number.isInteger(limit) && Number(limit) > 0)
  ) {
    throw invalid('limit must be a positive integer or Infinity', limit, typeof limit === 'number');
  }
}

export function checkName(name: unknown): void {
  if (name !== undefined && typeof name !== 'string') throw invalid('name must be a string', name);
}

export function checkTaskOptions(options: TaskOptions | undefined): void {
  if (options === undefined) return;
  checkBag(options, 'name');
  // createTask(work, group);           // would name the task after the group, and nothing else
  // createTask(work, { signal });      // would be deaf to it
  if ('signal' in options) {
    throw new TypeError(
      'createTask takes no signal: a task is cancelled with its group. Hand the signal to the group',
    );
  }
  checkKeys(options, ['name', 'background']);
  checkName(options.name);
  const { background } = options;
  if (background !== undefined && typeof background !== 'boolean') {
    throw invalid('background must be true or false', background);
  }
}

/** What other libraries call `limit` and `onTaskError`. */
const MISTAKEN = ['concurrency', 'stopOnError'];

/**
 * Refuses options that there are not, which would be ignored in silence. A scope that is handed on
 * whole may have whatever else it likes, but for what can only be meant as an option.
 */
export function checkKeys(options: object, allowed: readonly string[]): void {
  checkBag(options, allowed[0]!);
  const isScope = 'signal' in options && allowed.includes('signal');
  for (const key of Object.keys(options)) {
    if (isScope ? MISTAKEN.includes(key) : !allowed.includes(key)) {
      throw new TypeError(`There is no option "${key}", only ${allowed.join(', ')}`);
    }
  }
}

/**
 * `sleep(100, signal)` would pass as options of which none is set, and wait deaf; so would
 * `timeout(100, fetch(url))`, and stop nothing.
 */
export function checkBag(options: object, option: string): void {
  // `in` throws where there is no object, and of a proxy that was revoked.
  if (!holds(() => !('aborted' in options || 'then' in options))) {
    throw invalid(`options must be an object like { ${option} }`, options);
  }
}

export function checkFunction(what: string, fn: unknown): void {
  if (typeof fn !== 'function') throw invalid(`${what} must be a function`, fn);
}
