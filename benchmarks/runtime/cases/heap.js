/** The heap that a parked task holds: it awaits a gate, and never asks for its signal. */
import { Effect } from 'effect';
import { all, call, run } from 'effection';
import { TaskGroup } from 'mooring';
import pLimit from 'p-limit';
import pMap from 'p-map';
import PQueue from 'p-queue';

export const name = 'heap';
export const title = 'Heap of a parked task';
export const sizes = [100_000];
export const unit = 'bytes';
export const baseline = 'Promise.all';
export const contenders = [
  'Promise.all',
  'TaskGroup.run',
  'TaskGroup.map',
  'p-limit',
  'p-map',
  'p-queue',
  'effection',
  'effect',
];

/** Parks the tasks; the function that is returned lets them go and resolves when all have ended. */
export function park(size) {
  const indexes = Array.from({ length: size }, (_, index) => index);
  const { promise: gate, open } = newGate();
  const wait = async () => {
    await gate;
  };
  const start = {
    'Promise.all': () => Promise.all(indexes.map(() => wait())),
    'TaskGroup.run': () =>
      TaskGroup.run((group) => {
        for (const _ of indexes) group.createTask(wait);
      }),
    'TaskGroup.map': () => TaskGroup.map(indexes, wait),
    'p-limit': () => {
      const limit = pLimit(Infinity);
      return Promise.all(indexes.map(() => limit(wait)));
    },
    'p-map': () => pMap(indexes, wait),
    'p-queue': () => new PQueue().addAll(indexes.map(() => wait)),
    effection: () => run(() => all(indexes.map(() => call(wait)))),
    effect: () =>
      Effect.runPromise(
        Effect.all(
          indexes.map(() => Effect.promise(wait)),
          { concurrency: 'unbounded' },
        ),
      ),
  };
  return { start, open };
}

function newGate() {
  let open;
  const promise = new Promise((resolve) => (open = resolve));
  return { promise, open };
}
