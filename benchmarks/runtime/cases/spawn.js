/** Spawn and join: `size` tasks that do next to nothing. What is left is the price of owning them. */
import { Effect } from 'effect';
import { all, call, run } from 'effection';
import { TaskGroup } from 'mooring';
import pLimit from 'p-limit';
import pMap from 'p-map';
import PQueue from 'p-queue';

export const name = 'spawn';
export const title = 'Spawn and join trivial tasks';
export const sizes = [1_000, 10_000, 100_000, 1_000_000];
export const unit = 'ns';
export const baseline = 'Promise.all';
export const contenders = [
  'Promise.all',
  'TaskGroup.run',
  'TaskGroup.all',
  'p-limit',
  'p-map',
  'p-queue',
  'effection',
  'effect',
];

export function prepare(size) {
  const work = Array.from({ length: size }, (_, index) => async () => index);

  return {
    'Promise.all': () => Promise.all(work.map((fn) => fn())),

    'TaskGroup.run': () =>
      TaskGroup.run((group) => {
        for (const fn of work) group.createTask(fn);
      }),

    'TaskGroup.all': () => TaskGroup.all(work),

    'p-limit': () => {
      const limit = pLimit(Infinity);
      return Promise.all(work.map((fn) => limit(fn)));
    },

    'p-map': () => pMap(work, (fn) => fn()),

    'p-queue': () => new PQueue().addAll(work),

    effection: () => run(() => all(work.map((fn) => call(fn)))),

    effect: () =>
      Effect.runPromise(
        Effect.all(
          work.map((fn) => Effect.promise(fn)),
          { concurrency: 'unbounded' },
        ),
      ),
  };
}
