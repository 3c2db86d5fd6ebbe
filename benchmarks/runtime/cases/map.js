/** A mapping over `size` items with at most sixteen in flight. */
import { Effect } from 'effect';
import { all, call, run } from 'effection';
import { TaskGroup } from 'mooring';
import pLimit from 'p-limit';
import pMap from 'p-map';
import PQueue from 'p-queue';

const LIMIT = 16;

export const name = 'map';
export const title = `Map with at most ${LIMIT} in flight`;
export const sizes = [100_000];
export const unit = 'ns';
export const baseline = 'workers that share an index';
export const contenders = [
  'workers that share an index',
  'workers that share an iterator',
  'TaskGroup.map',
  'TaskGroup.run, limit',
  'p-limit',
  'p-map',
  'p-queue',
  'effection',
  'effect',
];

export function prepare(size) {
  const items = Array.from({ length: size }, (_, index) => index);
  const fn = async (item) => item + 1;

  return {
    // What one writes by hand: as many loops as may be in flight. The leanest shares an index.
    'workers that share an index': async () => {
      const results = new Array(size);
      let next = 0;
      const worker = async () => {
        while (next < size) {
          const index = next++;
          results[index] = await fn(items[index]);
        }
      };
      await Promise.all(Array.from({ length: LIMIT }, worker));
      return results;
    },

    // For whatever can be iterated.
    'workers that share an iterator': async () => {
      const results = new Array(size);
      const source = items.entries();
      const worker = async () => {
        for (const [index, item] of source) results[index] = await fn(item);
      };
      await Promise.all(Array.from({ length: LIMIT }, worker));
      return results;
    },

    'TaskGroup.map': () => TaskGroup.map(items, fn, { limit: LIMIT }),

    'TaskGroup.run, limit': async () => {
      const results = new Array(size);
      await TaskGroup.run(
        (group) => {
          for (const item of items) {
            group.createTask(async () => {
              results[item] = await fn(item);
            });
          }
        },
        { limit: LIMIT },
      );
      return results;
    },

    'p-limit': () => pLimit(LIMIT).map(items, fn),

    'p-map': () => pMap(items, fn, { concurrency: LIMIT }),

    'p-queue': () => new PQueue({ concurrency: LIMIT }).addAll(items.map((item) => () => fn(item))),

    // It has no limit of its own: the same workers, in its own form.
    effection: () =>
      run(function* () {
        const results = new Array(size);
        const source = items.entries();
        function* worker() {
          for (const [index, item] of source) results[index] = yield* call(() => fn(item));
        }
        yield* all(Array.from({ length: LIMIT }, worker));
        return results;
      }),

    effect: () =>
      Effect.runPromise(
        Effect.forEach(items, (item) => Effect.promise(() => fn(item)), { concurrency: LIMIT }),
      ),
  };
}
