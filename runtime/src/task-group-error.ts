import { label } from './errors.js';
import type { TaskRecord } from './task.js';

/** One failure of a group; no task: the body's. */
export interface Failure {
  readonly error: unknown;
  readonly task: TaskRecord | undefined;
}

/**
 * What a task group rejects with when a task or its body failed: always this, for one failure as
 * for many, so that a `catch` that works today still works when a second task fails too.
 *
 * `errors` has every failure: those of tasks in the order they settled, the body's last. A nested
 * group's error stays nested. `cause` is the first of them.
 */
export class TaskGroupError extends AggregateError {
  override get name(): string {
    return 'TaskGroupError';
  }

  constructor(errors: Iterable<unknown>, message?: string) {
    const all = [...errors];
    super(all, message, { cause: all[0] });
  }
}

/** The name a task goes by in messages. */
export function nameOf(task: TaskRecord | undefined): string {
  if (!task) return 'body';
  return task.name === undefined ? `task #${task.index}` : label('task', task.name);
}

function textOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return 'a value without a text'; // Object.create(null), a getter that throws
  }
}

export function groupError(group: string, failures: readonly Failure[]): TaskGroupError {
  const texts = failures.map(({ error, task }) => `${nameOf(task)}: ${textOf(error)}`);
  return new TaskGroupError(
    failures.map(({ error }) => error),
    `${group} failed; ${texts.join('; ')}`,
  );
}
