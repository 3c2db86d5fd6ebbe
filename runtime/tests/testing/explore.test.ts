import { describe, expect, test, vi } from 'vitest';

import { sleep, TaskGroup } from 'mooring';
import { explore } from 'mooring/testing';

import { deferred, rejection } from '../support/promises.js';

describe('every order is tried once', () => {
  test('of three tasks with two calls each: 90', async () => {
    const orders = new Set<string>();
    const report = await explore(async ({ io }) => {
      const order: string[] = [];
      await TaskGroup.run((group) => {
        for (const name of ['a', 'b', 'c']) {
          group.createTask(async () => {
            for (const n of [1, 2]) order.push(await io(`${name}${n}`, () => `${name}${n}`));
          });
        }
      });
      orders.add(order.join());
    });
    expect(report).toEqual({ schedules: 90, isComplete: true, seed: undefined });
    expect(orders.size).toBe(90);
  });

  test('of timers that are due at one moment, and of no others', async () => {
    const orders = new Set<string>();
    const { schedules } = await explore(async () => {
      const order: number[] = [];
      await Promise.all([10, 10, 10, 20].map(async (ms, n) => order.push((await sleep(ms), n))));
      orders.add(order.join());
    });
    expect(schedules).toBe(6);
    expect([...orders].sort()).toEqual([
      '0,1,2,3',
      '0,2,1,3',
      '1,0,2,3',
      '1,2,0,3',
      '2,0,1,3',
      '2,1,0,3',
    ]);
  });

  test('of a program without a choice: one', async () => {
    const { schedules } = await explore(async ({ io }) => {
      await io('alone');
      await sleep(10);
    });
    expect(schedules).toBe(1);
  });
});

/** Two withdrawals that look before they leap. */
async function withdrawTwice(io: (name: string) => Promise<void>): Promise<void> {
  let balance = 100;
  const withdraw = async (name: string): Promise<void> => {
    await io(`${name} reads`);
    if (balance < 80) return;
    await io(`${name} writes`);
    balance -= 80;
  };
  await Promise.all([withdraw('left'), withdraw('right')]);
  if (balance < 0) throw new Error(`the balance is ${balance}`);
}

describe('a schedule fails', () => {
  test('with its order and the way to replay it', async () => {
    const error = await rejection(explore(({ io }) => withdrawTwice(io)));
    expect(error.message).toBe(
      [
        'Schedule 1 fails: Error: the balance is -60',
        'In this order:',
        '  left reads (of 2 that could come first)',
        '  right reads (of 2 that could come first)',
        '  left writes (of 2 that could come first)',
        'Replay it with { schedule: [] }',
      ].join('\n'),
    );
    const again = await rejection(
      explore(({ io }) => withdrawTwice(io), { schedule: error.schedule }),
    );
    expect(String(again.cause)).toBe('Error: the balance is -60');
  });

  test('where the program never settles', async () => {
    const error = await rejection(
      explore(async ({ io }) => {
        const first = await Promise.race([io('a', () => 'a'), io('b', () => 'b')]);
        if (first === 'b') await deferred().promise;
      }),
    );
    expect(error.message).toMatch(
      /Schedule 2 fails: StuckError[^]*Replay it with { schedule: \[1\] }/,
    );
  });

  test('where a scope is left open', async () => {
    const error = await rejection(
      explore(async ({ io }) => {
        const group = new TaskGroup({ name: 'left' });
        group.createTask((context) => sleep(Infinity, context));
        await io('call');
        setTimeout(() => group.cancel(), 0);
      }),
    );
    expect(error.message).toMatch(/open scopes are left\nTask group "left": open/);
  });
});

describe('beyond the most that are gone through', () => {
  test('as many are tried at random, with a seed that is printed', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const orders: string[][] = [];
    const program = async (io: (name: string) => Promise<unknown>): Promise<void> => {
      const order: string[] = [];
      const call = async (name: string): Promise<void> => {
        await io(name);
        order.push(name);
      };
      await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(call));
      orders.push(order);
    };
    const first = await explore(({ io }) => program(io), { max: 20 });
    expect(first.isComplete).toBe(false);
    expect(first.schedules).toBe(40);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining(`seed ${first.seed}`));
    await explore(({ io }) => program(io), { max: 20, seed: first.seed });
    expect(orders.slice(0, 40)).toEqual(orders.slice(40));
    warn.mockRestore();
  });

  test('one that fails is shortened to the choices that matter', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const error = await rejection(
      explore(
        async ({ io }) => {
          const names = ['a', 'b', 'c', 'd', 'e', 'f'];
          const first = await Promise.race(names.map((name) => io(name, () => name)));
          for (const name of names) await Promise.all([io(`${name}1`), io(`${name}2`)]);
          expect(first).not.toBe('f');
        },
        { max: 100, seed: 1 },
      ),
    );
    expect(error.schedule).toEqual([5]);
    expect(error.message).toMatch(/found with seed 1$/);
    warn.mockRestore();
  });
});

describe('io', () => {
  test('rejects with what its result throws', async () => {
    await explore(async ({ io }) => {
      const error = await rejection(
        io('fails', () => {
          throw new Error('refused');
        }),
      );
      expect(error.message).toBe('refused');
    });
  });

  test('is cancelled with its scope', async () => {
    await explore(async ({ io }) => {
      const controller = new AbortController();
      const call = rejection(io('never', () => expect.unreachable(), controller));
      controller.abort('stop');
      expect(await call).toBe('stop');
    });
  });

  test('takes a name', async () => {
    const error = await rejection(explore(({ io }) => io((() => {}) as never)));
    expect(String(error.cause)).toMatch(/io takes a name/);
  });
});

test('options are checked', async () => {
  const messages = await Promise.all(
    [
      explore(1 as never),
      explore(() => {}, { max: 0 }),
      explore(() => {}, { seed: -1 }),
      explore(() => {}, { schedule: 1 as never }),
      explore(() => {}, { schedules: [1] } as never),
      explore(() => {}, { schedule: [0, -1] }),
      explore(() => {}, { schedule: ['1' as never] }),
    ].map(async (promise) => (await rejection(promise)).message),
  );
  expect(messages).toEqual([
    'program must be a function, got 1',
    'max must be a whole number from 1 on, got 0',
    'seed must be a whole number from 0 on, got -1',
    'schedule must be a list of numbers, got 1',
    'There is no option "schedules", only max, seed, schedule',
    'Each number of a schedule must be a whole number from 0 on, got -1',
    'Each number of a schedule must be a whole number from 0 on, got "1"',
  ]);
});
