import { TaskGroupError } from './task-group-error.js';
import { nameOf } from './task.js';
import type { TaskRecord } from './task-record.js';

export interface Failure {
  readonly error: unknown;
  /** No task: the body's failure. */
  readonly task: TaskRecord | undefined;
}

/** What a group goes by in messages. */
export function labelOf(name: string | undefined): string {
  return name === undefined ? 'Task group' : `Task group "${name}"`;
}

/** What went wrong in one group: its tasks in the order they settled, the body last. */
export class Failures {
  readonly #tasks: Failure[] = [];
  #body: Failure | undefined;
  /** A body that lets a rejected `join` through throws this again. */
  #thrown: TaskGroupError | undefined;

  add(error: unknown, task: TaskRecord | undefined): void {
    const failure = { error, task };
    if (task) this.#tasks.push(failure);
    else if (!this.#thrown || error !== this.#thrown) this.#body = failure;
  }

  /** The first: of a task, if one has failed. */
  get first(): Failure | undefined {
    return this.#tasks[0] ?? this.#body;
  }

  get hasAny(): boolean {
    return !!this.first;
  }

  throwAny(group: string): void {
    const failures = [...this.#tasks];
    const body = this.#body;
    // const task = group.createTask(load);
    // await task;                             // rejects with what `load` threw, out of the body
    if (body && !failures.some(({ error }) => error === body.error)) failures.push(body);
    if (failures.length === 0) return;
    if (this.#thrown?.errors.length !== failures.length) {
      this.#thrown = toError(group, failures);
    }
    throw this.#thrown;
  }

  /** Throws the failures of tasks that nobody has awaited. */
  throwUnseen(group: string): void {
    const unseen = this.#tasks.filter(
      ({ error, task }) => !(task?.isSeen && task.outcome === error),
    );
    if (unseen.length > 0) throw toError(group, unseen);
  }
}

export function toError(group: string, failures: readonly Failure[]): TaskGroupError {
  const texts = failures.map(({ error, task }) => `; ${nameOf(task)}: ${textOf(error)}`);
  return new TaskGroupError(
    failures.map(({ error }) => error),
    `${group} failed${texts.join('')}`,
  );
}

/** Errors of groups in groups tell those of all that are in them: not at every level at any length. */
const LONGEST = 2_000;

function textOf(error: unknown): string {
  try {
    const text = String(error);
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  } catch {
    return 'a value without a text'; // Object.create(null), a toString that throws
  }
}
