import { invalid, isIterable } from './errors.js';
import { type Failure, toError } from './failures.js';
import type { Group } from './group.js';
import { checkWork, type Work } from './task.js';
import type { TaskRecord } from './task-record.js';

/** Opens the group of a call, once what the call was given has been looked at. */
export type Open = () => Group;

export async function all<T>(open: Open, works: Iterable<Work<T>>): Promise<T[]> {
  const list = listOf(works);
  const group = open();
  const tasks = await group.run(() => list.map((work) => group.createTask(work)));
  return tasks.map((task) => task.outcome as T);
}

export async function allSettled<T>(
  open: Open,
  works: Iterable<Work<T>>,
): Promise<PromiseSettledResult<T>[]> {
  const list = listOf(works);
  const group = open();
  const tasks = await runToOutcomes(group, () => list.map((work) => group.createTask(work)));
  return tasks.map(resultOf);
}

/**
 * Runs a group in which a failure is an outcome like any other, and cancels nothing.
 *
 *     await TaskGroup.allSettled([load, copy], deadline);    // which cuts `load`; `copy` cannot undo
 *
 * Nobody gets the outcomes then, and what has gone wrong in a clean-up would be lost with them: it is a
 * failure, as it is in `all`. One from before the cancellation is given up as the values are.
 */
export async function runToOutcomes<R>(group: Group, body: () => R): Promise<R> {
  const late: Failure[] = [];
  group.onTaskError = (error, task) => {
    if (group.state === 'cancelling') late.push({ error, task: task as TaskRecord });
  };
  try {
    return await group.run(body);
  } catch (error) {
    throw late.length > 0 && group.isCutBy(error) ? toError(group.label, late) : error;
  }
}

export function resultOf<T>({ status, outcome }: TaskRecord<T>): PromiseSettledResult<T> {
  return status === 'fulfilled'
    ? { status, value: outcome as T }
    : { status: 'rejected', reason: outcome };
}

/**
 * The first task to fulfil stops the others, and keeps its signal, which the parent alone still aborts:
 *
 *     const response = await TaskGroup.any([a, b]);      // each a `fetch` with its task's signal
 *     await response.text();                             // still reads by it
 *
 * @param isAny A task that fails before does not count.
 */
async function first<T>(open: Open, list: readonly Work<T>[], isAny: boolean) {
  const group = open();
  const { onTaskError = ignore } = group;
  group.onTaskError = undefined;
  const tasks: TaskRecord<T>[] = [];
  let winner: TaskRecord | undefined;
  group.pool.onValue = (task) => {
    if (winner || group.hasFailed) return;
    winner = task;
    // What the others throw from now on changes nothing.
    group.onTaskError = onTaskError;
    group.cancel();
  };
  const start = (): void => {
    for (const work of list) if (!winner) tasks.push(group.createTask(work));
  };
  try {
    await (isAny ? runToOutcomes(group, start) : group.run(start));
  } catch (error) {
    // Nobody gets what the winner has given.
    winner?.abort(AbortSignal.abort(error));
    throw error;
  }
  return { winner, tasks, group };
}

export async function race<T>(open: Open, works: Iterable<Work<T>>): Promise<T> {
  const list = listOf(works);
  if (list.length === 0) throw invalid('TaskGroup.race needs a task', works);
  const { winner } = await first(open, list, false);
  return winner?.outcome as T;
}

export async function any<T>(open: Open, works: Iterable<Work<T>>): Promise<T> {
  const { winner, tasks, group } = await first(open, listOf(works), true);
  if (winner) return winner.outcome as T;
  throw toError(
    group.label,
    tasks.map((task) => ({ error: task.outcome, task })),
  );
}

/** Checked before the first is started: `Promise.all` takes promises, and a caller who comes from
 * there must not leave half of the work running. */
function listOf<T>(works: Iterable<Work<T>>): Work<T>[] {
  if (!isIterable(works)) throw invalid('works must be iterable', works);
  const list = [...works];
  list.forEach(checkWork);
  return list;
}

function ignore(): void {}
