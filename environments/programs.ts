/**
 * What every environment runs: small programs that fail where the platform around them is not the
 * one that the suite of `mooring` knows. They take the package as an argument, since each
 * environment finds it in its own way.
 */
import type * as Mooring from 'mooring';

import { check, rejection, same } from './expect.js';
import { pieces } from './pieces.js';

export type Package = Pick<
  typeof Mooring,
  'isCancellation' | 'sleep' | 'TaskGroup' | 'TaskGroupError' | 'timeout' | 'TimeoutError'
>;

/** Longer than any program takes: what is not cut in time hangs, and is seen. */
const LONG = 600_000;

export type Program = (mooring: Package) => Promise<void>;

export const programs: Readonly<Record<string, Program>> = {
  async 'a group waits for its tasks and gives the value of its body'({ TaskGroup, sleep }) {
    const ended: string[] = [];
    const value = await TaskGroup.run(async (group) => {
      group.createTask(async (context) => {
        await sleep(1, context);
        ended.push('task');
      });
      await Promise.resolve();
      ended.push('body');
      return 'value';
    });
    same([...ended, value], ['body', 'task', 'value']);
  },

  async 'a failure cancels the other task, and every error comes out'({
    TaskGroup,
    TaskGroupError,
    sleep,
  }) {
    const error = await rejection(
      TaskGroup.run((group) => {
        group.createTask(async (context) => {
          try {
            await sleep(LONG, context);
          } finally {
            throw new Error('clean-up');
          }
        });
        group.createTask(() => Promise.reject(new Error('first')));
      }),
    );
    check(error instanceof TaskGroupError, 'it is a TaskGroupError');
    same(error.leaves().map(String), ['Error: first', 'Error: clean-up']);
  },

  async 'a timeout gives the value of a body that is in time'({ timeout }) {
    const value = await timeout(LONG, () => 1);
    same(value, 1);
  },

  async 'a deadline cuts a sleep, and its own error comes out'({ sleep, timeout, TimeoutError }) {
    let seen: unknown;
    const error = await rejection(
      timeout(1, async (deadline) => {
        await sleep(LONG, deadline).catch((reason: unknown) => (seen = reason));
        throw seen;
      }),
    );
    check(error instanceof TimeoutError, 'it is a TimeoutError');
    same(seen === error, true);
  },

  async 'groups inside groups hear of the outermost signal'({ isCancellation, sleep, TaskGroup }) {
    const controller = new AbortController();
    const stop = new Error('stop');
    let leaf: unknown;
    const nested = (depth: number, scope: { signal: AbortSignal }): Promise<void> =>
      TaskGroup.run((group) => {
        if (depth > 0) return void group.createTask((context) => nested(depth - 1, context));
        group.createTask((context) =>
          sleep(LONG, context).catch((error: unknown) => {
            leaf = isCancellation(error, context);
            throw error;
          }),
        );
        controller.abort(stop);
      }, scope);
    same((await rejection(nested(20, controller))) === stop, true);
    same(leaf, true);
  },

  async 'the winner of a race is left alone, the loser is cancelled and awaited'({
    sleep,
    TaskGroup,
  }) {
    const seen: string[] = [];
    const winner = await TaskGroup.race([
      async ({ signal }) => {
        await sleep(1, { signal });
        return signal;
      },
      async (context) => {
        try {
          return await sleep(LONG, context);
        } finally {
          seen.push('loser');
        }
      },
    ]);
    same(seen, ['loser']);
    same((winner as AbortSignal).aborted, false);
  },

  async 'a limit bounds what runs at once'({ sleep, TaskGroup }) {
    let running = 0;
    let most = 0;
    const lengths = await TaskGroup.map(
      ['a', 'bb', 'ccc', 'dddd'],
      async (text, context) => {
        most = Math.max(most, (running += 1));
        await sleep(1, context);
        running -= 1;
        return text.length;
      },
      { limit: 2 },
    );
    same([most, ...lengths], [2, 1, 2, 3, 4]);
  },

  async 'a listener of the program hears a cancellation as an event'({ sleep, TaskGroup }) {
    const heard: string[] = [];
    await TaskGroup.run(async (group) => {
      group.createTask((context) => {
        context.signal.addEventListener('abort', ({ type }) => heard.push(type), { once: true });
        return sleep(LONG, context);
      });
      await sleep(1, group);
      group.cancel();
    });
    same(heard, ['abort']);
  },

  ...pieces,
};
