/** The runtime's own operations, in every order in which what they wait for can complete. */
import { afterEach, expect, test } from 'vitest';

import { sleep, TaskGroup, TaskGroupError, timeout, TimeoutError } from 'mooring';
import { explore, leaks } from 'mooring/testing';

import { rejection } from '../support/promises.js';

afterEach(leaks);

test('race gives the first, whichever that is, and the others are cut', async () => {
  const { schedules } = await explore(async ({ io }) => {
    const cut: string[] = [];
    const answered: string[] = [];
    const winner = await TaskGroup.race(
      ['a', 'b', 'c'].map((name) => async (context) => {
        try {
          await io(name, undefined, context);
          answered.push(name);
          return name;
        } catch (error) {
          cut.push(name);
          throw error;
        }
      }),
    );
    expect(answered).toEqual([winner]);
    expect(cut).toHaveLength(2);
  });
  expect(schedules).toBe(3);
});

test('any gives the first that does not fail, and fails when all have', async () => {
  await explore(async ({ io }) => {
    const order: string[] = [];
    const ask = (name: string, isUp: boolean) => async (): Promise<string> => {
      await io(name);
      order.push(name);
      if (!isUp) throw new Error(`${name} is down`);
      return name;
    };
    expect(await TaskGroup.any([ask('a', false), ask('b', true), ask('c', false)])).toBe('b');
    const error = await rejection(TaskGroup.any([ask('a', false), ask('b', false)]));
    expect(error.errors.map(String)).toEqual(['Error: a is down', 'Error: b is down']);
  });
});

test('map keeps the order of its items, and its limit', async () => {
  const { schedules } = await explore(async ({ io }) => {
    let running = 0;
    let most = 0;
    const results = await TaskGroup.map(
      [1, 2, 3, 4],
      async (n) => {
        most = Math.max(most, ++running);
        await io(`item ${n}`);
        running--;
        return n * n;
      },
      { limit: 2 },
    );
    expect(results).toEqual([1, 4, 9, 16]);
    expect(most).toBe(2);
  });
  expect(schedules).toBe(8);
});

test('every failure comes out, those of tasks that the first one cut included', async () => {
  await explore(async ({ io }) => {
    const error = await rejection(
      TaskGroup.run((group) => {
        for (const name of ['a', 'b', 'c']) {
          group.createTask(async () => {
            await io(name);
            throw new Error(name);
          });
        }
      }),
    );
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.errors.map(({ message }: Error) => message).sort()).toEqual(['a', 'b', 'c']);
  });
});

test('work that ends at its very deadline gives its value or the deadline’s error, and nothing else', async () => {
  const outcomes = new Set<string>();
  await explore(async () => {
    const outcome = await timeout(10, async (deadline) => {
      await sleep(10, deadline);
      return 'value';
    }).catch((error: unknown) => {
      if (!(error instanceof TimeoutError)) throw error;
      return 'expired';
    });
    outcomes.add(outcome);
  });
  expect([...outcomes].sort()).toEqual(['expired', 'value']);
});

test('two deadlines at one moment: the outer one speaks when both have expired', async () => {
  await explore(async () => {
    let inner: unknown;
    let outerReason: unknown;
    const error = await rejection(
      timeout(10, async (outer) => {
        try {
          await timeout(10, (deadline) => sleep(1_000, deadline), outer);
        } catch (caught) {
          inner = caught;
          throw caught;
        } finally {
          outerReason = outer.signal.reason;
        }
      }),
    );
    expect(error).toBeInstanceOf(TimeoutError);
    if (outerReason !== undefined) expect(inner).toBe(outerReason);
  });
});

test('a group that is cancelled while its tasks end: each has ended when it settles', async () => {
  await explore(
    async ({ io }) => {
      let running = 3;
      const controller = new AbortController();
      const group = TaskGroup.run((tasks) => {
        for (const name of ['a', 'b', 'c']) {
          tasks.createTask(async (context) => {
            try {
              await io(name, undefined, context);
              await io(`${name} again`, undefined, context);
            } finally {
              running--;
            }
          });
        }
      }, controller);
      const cancelled = io('cancel').then(() => controller.abort(new Error('stop')));
      await group.catch((error: unknown) => {
        if (error !== controller.signal.reason) throw error;
      });
      expect(running).toBe(0);
      await cancelled;
    },
    { max: 2_000 },
  );
}, 300_000);
