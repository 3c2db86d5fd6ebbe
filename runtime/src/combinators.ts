import { invalid } from './errors.js';
import { labelOf, toError } from './failures.js';
import type { TaskGroup } from './task-group.js';
import { checkWork, type TaskRecord, type Work } from './task.js';

/** `TaskGroup.run` with the options of the call already in. */
export type Run = <R>(
  body: (group: TaskGroup) => R | PromiseLike<R>,
  onTaskError?: () => void,
) => Promise<R>;

/** One task for each function. They are checked before the first is started: `Promise.all` takes
 * promises, and a caller who comes from there must not leave half of the work running. */
function createAll<T>(works: Iterable<Work<T>>): (group: TaskGroup) => TaskRecord<T>[] {
  const all = listOf(works);
  all.forEach(checkWork);
  return (group) => all.map((work) => group.createTask(work) as TaskRecord<T>);
}

export async function all<T>(run: Run, works: Iterable<Work<T>>): Promise<T[]> {
  const tasks = await run(createAll(works));
  return tasks.map((task) => task.outcome as T);
}

export async function allSettled<T>(
  run: Run,
  works: Iterable<Work<T>>,
): Promise<PromiseSettledResult<T>[]> {
  const tasks = await run(createAll(works), ignore);
  return tasks.map(({ status, outcome }) =>
    status === 'fulfilled'
      ? { status, value: outcome as T }
      : { status: 'rejected', reason: outcome },
  );
}

/** The first task to fulfil stops the others. Without `onTaskError` so does the first to fail. */
async function first<T>(run: Run, works: Iterable<Work<T>>, onTaskError?: () => void) {
  let winner: { value: T } | undefined;
  let owner: TaskGroup | undefined;
  const compete = createAll(
    listOf(works).map((work): Work<void> => {
      checkWork(work);
      return async (context) => {
        const value = await work(context);
        winner ??= { value };
        owner?.cancel();
      };
    }),
  );
  const tasks = await run((group) => compete((owner = group)), onTaskError);
  return { winner, tasks, owner };
}

export async function race<T>(run: Run, works: Iterable<Work<T>>): Promise<T> {
  const { winner } = await first(run, works);
  if (!winner) throw invalid('TaskGroup.race needs a task', works);
  return winner.value;
}

export async function any<T>(run: Run, works: Iterable<Work<T>>): Promise<T> {
  const { winner, tasks, owner } = await first(run, works, ignore);
  if (winner) return winner.value;
  throw toError(
    labelOf(owner?.name),
    tasks.map((task) => ({ error: task.outcome, task })),
  );
}

function listOf<T>(works: Iterable<T>): T[] {
  if (!(Symbol.iterator in Object(works))) throw invalid('works must be iterable', works);
  return [...works];
}

function ignore(): void {}
