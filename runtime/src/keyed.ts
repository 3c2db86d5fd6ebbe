import { type Open, resultOf, runToOutcomes } from './combinators.js';
import { invalid } from './errors.js';
import type { Group } from './group.js';
import { checkWork, type Work } from './task.js';
import type { TaskRecord } from './task-record.js';

type Keyed<T> = Record<PropertyKey, T>;

export async function allKeyed(open: Open, works: Keyed<Work<unknown>>): Promise<Keyed<unknown>> {
  return collect(
    open,
    works,
    (task) => task.outcome,
    (group, body) => group.run(body),
  );
}

export async function allSettledKeyed(
  open: Open,
  works: Keyed<Work<unknown>>,
): Promise<Keyed<PromiseSettledResult<unknown>>> {
  return collect(open, works, resultOf, runToOutcomes);
}

/** One task for each own enumerable key, which it goes by; the result has the same keys. */
async function collect<R>(
  open: Open,
  works: Keyed<Work<unknown>>,
  outcomeOf: (task: TaskRecord) => R,
  run: <T>(group: Group, body: () => T) => Promise<T>,
): Promise<Keyed<R>> {
  const keys = Reflect.ownKeys(Object(works) as object).filter((key) =>
    Object.prototype.propertyIsEnumerable.call(works, key),
  );
  // A promise and a Map would pass for an object without a function in it.
  const isPlain = (Object.getPrototypeOf(Object(works)) ?? Object.prototype) === Object.prototype;
  if (Object(works) !== works || (keys.length === 0 && !isPlain)) {
    throw invalid('works must be an object of functions', works);
  }
  const list = keys.map((key) => [key, works[key]!] as const);
  for (const [, work] of list) checkWork(work);
  const group = open();
  const tasks = await run(group, () =>
    list.map(([key, work]) => [key, group.createTask(work, { name: String(key) })] as const),
  );
  const results = Object.create(null) as Keyed<R>;
  for (const [key, task] of tasks) results[key] = outcomeOf(task);
  return results;
}
