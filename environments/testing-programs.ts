/** What `mooring/testing` does in every test runner. They take both packages as arguments. */
import type * as Mooring from 'mooring';
import type * as Testing from 'mooring/testing';

type Program = (
  testing: typeof Testing,
  mooring: Pick<typeof Mooring, 'sleep' | 'TaskGroup'>,
) => Promise<void>;

/** Longer than any program takes: what waits for it in real time hangs, and is seen. */
const LONG = 600_000;

export const testingPrograms: Readonly<Record<string, Program>> = {
  async 'withClock jumps, also for the timers of the platform'({ withClock }, { sleep }) {
    const now = await withClock(async (clock) => {
      await sleep(LONG);
      await new Promise((resolve) => setTimeout(resolve, LONG));
      await clock.advance(LONG);
      return clock.now;
    });
    check(now === 3 * LONG, `the clock stands at ${now}`);
  },

  async 'withClock says what waits where nothing can go on'({ withClock }, { TaskGroup }) {
    const message = await failure(
      withClock(() =>
        TaskGroup.run((group) => {
          group.createTask(() => new Promise(() => {}), { name: 'stuck' });
        }),
      ),
    );
    check(message.includes('task "stuck": running'), message);
  },

  async 'cancelEverywhere passes what is right, and finds what is not'(
    { cancelEverywhere },
    { sleep, TaskGroup },
  ) {
    const { points } = await cancelEverywhere((scope) =>
      TaskGroup.run((group) => {
        group.createTask((context) => sleep(10, context));
      }, scope),
    );
    check(points > 3, `there are ${points} points`);

    const message = await failure(
      cancelEverywhere(
        async (scope, state: { isLocked: boolean }) => {
          state.isLocked = true;
          await sleep(10, scope);
          state.isLocked = false;
        },
        {
          setup: () => ({ isLocked: false }),
          check: ({ isLocked }) => check(!isLocked, 'the lock is left'),
        },
      ),
    );
    check(/points of cancellation fail:\n[^]*the lock is left/.test(message), message);
  },

  async 'cancelEverywhere hears an unhandled rejection before the test runner does'(
    { cancelEverywhere },
    { sleep },
  ) {
    const message = await failure(
      cancelEverywhere(async (scope) => {
        // eslint-disable-next-line mooring/no-floating-promises -- the fault that is to be found
        void sleep(10, scope);
        await sleep(20).catch(() => {});
      }),
    );
    check(message.includes('an unhandled rejection'), message);
  },

  async 'explore tries every order'({ explore }, { TaskGroup }) {
    const { schedules } = await explore(({ io }) =>
      TaskGroup.run((group) => {
        for (const name of ['a', 'b', 'c']) {
          group.createTask(async () => {
            await io(`${name} 1`);
            await io(`${name} 2`);
          });
        }
      }),
    );
    check(schedules === 90, `there are ${schedules} schedules`);
  },

  async 'leaks finds a group that is left open'({ leaks }, { sleep, TaskGroup }) {
    // eslint-disable-next-line mooring/require-group-scope -- the fault that is to be found
    const group = new TaskGroup({ name: 'left' });
    group.createTask((context) => sleep(LONG, context));
    const message = await failure(leaks());
    group.cancel();
    await group.join();
    check(message.includes('Task group "left": open'), message);
    await leaks();
  },
};

async function failure(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no failure',
    (error: Error) => error.message,
  );
}

function check(isRight: boolean, message: string): void {
  if (!isRight) throw new Error(message);
}
