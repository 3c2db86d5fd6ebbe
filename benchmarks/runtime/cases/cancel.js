/** Cancelling `size` tasks, each of which waits for its signal, and waiting for them to end. */
import { Effect, Fiber } from 'effect';
import { action, run, spawn } from 'effection';
import { TaskGroup } from 'mooring';

export const name = 'cancel';
export const title = 'Start and cancel tasks that wait for their signal';
export const sizes = [100_000];
export const unit = 'ns';
export const baseline = 'AbortController';
export const contenders = ['AbortController', 'TaskGroup.run', 'effection', 'effect'];

const untilAborted = (signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

export function prepare(size) {
  const indexes = Array.from({ length: size }, (_, index) => index);

  return {
    // By hand: a controller for each task, so that each can also be cancelled alone.
    AbortController: async () => {
      const controllers = indexes.map(() => new AbortController());
      const tasks = controllers.map(({ signal }) => untilAborted(signal));
      const settled = Promise.allSettled(tasks);
      const reason = new Error('stop');
      for (const controller of controllers) controller.abort(reason);
      await settled;
    },

    'TaskGroup.run': () =>
      TaskGroup.run((group) => {
        for (const _ of indexes) group.createTask(({ signal }) => untilAborted(signal));
        group.cancel();
      }),

    effection: () =>
      run(function* () {
        const parent = yield* spawn(function* () {
          for (const _ of indexes) yield* spawn(() => action(() => () => {}));
          yield* action(() => () => {});
        });
        // Lets the tasks start: it starts none before its caller waits.
        yield* action((resolve) => {
          const timer = setImmediate(resolve);
          return () => clearImmediate(timer);
        });
        yield* parent.halt();
      }),

    effect: () =>
      Effect.runPromise(
        Effect.gen(function* () {
          const fiber = yield* Effect.forkChild(
            Effect.all(
              indexes.map(() => Effect.callback((_resume, signal) => void signal)),
              { concurrency: 'unbounded' },
            ),
            { startImmediately: true },
          );
          yield* Fiber.interrupt(fiber);
        }),
      ),
  };
}
