/** `size` times a scope in a scope, ten deep, with one task at the bottom. */
import { Effect, Fiber } from 'effect';
import { run, spawn } from 'effection';
import { TaskGroup } from 'mooring';

const DEPTH = 10;

export const name = 'nesting';
export const title = `Scopes nested ${DEPTH} deep`;
export const sizes = [2_000];
export const unit = 'ns';
export const baseline = 'Promise.all';
export const contenders = [
  'Promise.all',
  'TaskGroup.run',
  'TaskGroup.run, parent handed on',
  'effection',
  'effect',
];

export function prepare(size) {
  const fn = async () => {};

  const promises = async (depth) => {
    if (depth === 0) await fn();
    else await Promise.all([promises(depth - 1)]);
  };
  const unlinked = async (depth) => {
    if (depth === 0) await fn();
    else await TaskGroup.run((group) => void group.createTask(() => unlinked(depth - 1)));
  };
  const linked = async (depth, scope) => {
    if (depth === 0) await fn();
    else {
      await TaskGroup.run(
        (group) => void group.createTask((context) => linked(depth - 1, context)),
        scope,
      );
    }
  };
  function* operations(depth) {
    if (depth === 0) return;
    const task = yield* spawn(() => operations(depth - 1));
    yield* task;
  }
  const effects = (depth) =>
    depth === 0
      ? Effect.promise(fn)
      : Effect.scoped(
          Effect.forkScoped(Effect.suspend(() => effects(depth - 1))).pipe(
            Effect.flatMap((fiber) => Fiber.join(fiber)),
          ),
        );

  const repeat = (once) => async () => {
    for (let left = size; left > 0; left--) await once();
  };
  return {
    'Promise.all': repeat(() => promises(DEPTH)),
    'TaskGroup.run': repeat(() => unlinked(DEPTH)),
    'TaskGroup.run, parent handed on': repeat(() => linked(DEPTH)),
    effection: repeat(() => run(() => operations(DEPTH))),
    effect: repeat(() => Effect.runPromise(effects(DEPTH))),
  };
}
