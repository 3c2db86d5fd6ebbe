/** What a group has besides tasks and a body, where the platform around it may be another one. */
import { check, rejection, same } from './expect.js';
import type { Program } from './programs.js';

/** Longer than any program takes: what is not cut in time hangs, and is seen. */
const LONG = 600_000;

export const pieces: Readonly<Record<string, Program>> = {
  async 'a task says when it is up, and runs on until the group is cancelled'({
    sleep,
    TaskGroup,
  }) {
    const seen: string[] = [];
    await TaskGroup.run(async (group) => {
      const port = await group.start<number>(async (context, ready) => {
        await sleep(1, context);
        ready(8080);
        await sleep(LONG, context).finally(() => seen.push('down'));
      });
      seen.push(`up on ${port}`);
      group.cancel();
    });
    same(seen, ['up on 8080', 'down']);
  },

  async 'a task that fails before it is up fails who has started it'({ TaskGroup }) {
    const inUse = new Error('address in use');
    const refuse = (): never => {
      throw inUse;
    };
    await TaskGroup.run(async (group) => {
      same((await rejection(group.start(refuse))) === inUse, true);
      same(group.state, 'open');
    });
  },

  async 'a loop that waits for room has no queue'({ sleep, TaskGroup }) {
    let most = 0;
    await TaskGroup.run(
      async (group) => {
        for (let n = 0; n < 6; n++) {
          await group.room();
          group.createTask((context) => sleep(1, context));
          most = Math.max(most, [...group.pending].length);
        }
      },
      { limit: 2 },
    );
    same(most, 2);
  },

  async 'results come in order, and leaving the loop cancels what is in flight'({
    sleep,
    TaskGroup,
  }) {
    const seen: number[] = [];
    let cut = 0;
    const work = async (n: number, context: { signal: AbortSignal }): Promise<number> => {
      if (n > 2) await sleep(LONG, context).finally(() => cut++);
      await sleep(3 - n, context);
      return n;
    };
    for await (const n of TaskGroup.mapIterable([0, 1, 2, 3, 4], work, { limit: 3 })) {
      seen.push(n);
      if (n === 2) break;
    }
    same(seen, [0, 1, 2]);
    check(cut > 0, 'what was in flight is cut');
  },

  async 'tasks under keys give an object of their values'({ TaskGroup }) {
    const values = await TaskGroup.allKeyed({ one: () => 1, two: () => Promise.resolve('2') });
    same(values, { one: 1, two: '2' });
    const { bad } = await TaskGroup.allSettledKeyed({ bad: () => Promise.reject(new Error('x')) });
    same(bad.status, 'rejected');
  },

  async 'what a task has given hears of the scope around its group'({ TaskGroup }) {
    const controller = new AbortController();
    const [signal] = await TaskGroup.all([(context) => context.signal], controller);
    controller.abort('stop');
    same(signal.reason, 'stop');
  },
};
