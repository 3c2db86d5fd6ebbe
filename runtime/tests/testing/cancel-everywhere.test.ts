import { describe, expect, test } from 'vitest';

import { sleep, TaskGroup, timeout } from 'mooring';
import { cancelEverywhere } from 'mooring/testing';

import { deferred, rejection, untilAborted } from '../support/promises.js';

/** Whether the platform tells of each promise job. */
const hasHooks = !('bun' in (globalThis.process?.versions ?? {})) && 'process' in globalThis;
const canCatchStrays = 'process' in globalThis;

class Accounts {
  isLocked = false;
  readonly balance = { left: 60, right: 40 };

  get total(): number {
    return this.balance.left + this.balance.right;
  }
}

interface Scope {
  readonly signal: AbortSignal;
}

async function transfer(accounts: Accounts, scope: Scope): Promise<void> {
  await lock(accounts, scope);
  try {
    accounts.balance.left -= 10;
    await sleep(10, scope);
    accounts.balance.right += 10;
  } finally {
    accounts.isLocked = false;
  }
}

async function transferWhole(accounts: Accounts, scope: Scope): Promise<void> {
  await sleep(10, scope);
  accounts.balance.left -= 10;
  accounts.balance.right += 10;
}

async function lock(accounts: Accounts, { signal }: Scope): Promise<void> {
  accounts.isLocked = true;
  await Promise.resolve();
  signal.throwIfAborted();
}

const checks = {
  setup: () => new Accounts(),
  check: ({ total, isLocked }: Accounts) => {
    expect(total).toBe(100);
    expect(isLocked).toBe(false);
  },
};

describe('a program that is right at every point', () => {
  test('passes, and the report says how many there are', async () => {
    const report = await cancelEverywhere((scope, a) => transferWhole(a, scope), checks);
    expect(report.points).toBeGreaterThan(3);
    expect(report.isComplete).toBe(hasHooks);
  });

  test('is set up afresh for each run', async () => {
    const states = new Set<object>();
    const { points } = await cancelEverywhere((scope) => sleep(1, scope), {
      setup: () => ({}),
      check: (state) => void states.add(state),
    });
    // The first run is not cancelled.
    expect(states.size).toBe(points + 1);
  });

  test('may keep what it finished', async () => {
    await cancelEverywhere(() => sleep(10));
  });

  test('may wait until it is cancelled', async () => {
    await cancelEverywhere(({ signal }) => untilAborted(signal));
    await cancelEverywhere((scope) => sleep(Infinity, scope));
  });

  test('may never end by itself', async () => {
    const report = await cancelEverywhere(
      async (scope) => {
        for (;;) await sleep(1_000, scope);
      },
      { max: 50 },
    );
    expect(report.isComplete).toBe(false);
    expect(report.because).toMatch(/more than 50 points/);
  });

  test('may have groups and deadlines', async () => {
    await cancelEverywhere((scope) =>
      TaskGroup.run(async (group) => {
        const page = group.createTask((context) =>
          timeout(100, (deadline) => sleep(50, deadline), context),
        );
        group.createTask((context) => sleep(10, context));
        await page;
      }, scope),
    );
  });
});

describe('a point fails', () => {
  test('where check throws, and the error says at which line and how to replay it', async () => {
    const error = await rejection(
      cancelEverywhere((scope, accounts) => transfer(accounts, scope), checks),
    );
    expect(error.message).toMatch(/of \d+ points of cancellation fail:\n {2}point \d+, /);
    expect(error.message).toMatch(/Replay the first with { only: \d+ }$/);
    expect(error.cause).toBe(error.failed[0].faults[0]);
    if (hasHooks) expect(error.message).toMatch(/lock.*cancel-everywhere\.test\.ts:\d+/);

    const again = await rejection(
      cancelEverywhere((scope, accounts) => transfer(accounts, scope), {
        ...checks,
        only: error.failed[1].point,
      }),
    );
    const { point, line } = error.failed[1];
    expect(again.failed).toMatchObject([{ point, line }]);
  });

  test('where the program never settles', async () => {
    const error = await rejection(
      cancelEverywhere(async (scope) => {
        await sleep(10, scope).catch(() => deferred().promise);
      }),
    );
    expect(error.message).toMatch(/StuckError: Everything waits/);
  });

  test('where it rejects with anything but this cancellation', async () => {
    const error = await rejection(
      cancelEverywhere(async (scope) => {
        await sleep(10, scope).catch(() => {
          throw new Error('the connection is closed');
        });
      }),
    );
    expect(error.message).toMatch(/Error: the connection is closed/);
  });

  test.runIf(canCatchStrays)('where a rejection is left unhandled', async () => {
    const error = await rejection(
      cancelEverywhere(async (scope) => {
        void sleep(10, scope);
        await sleep(20).catch(() => {});
      }),
    );
    expect(error.message).toMatch(/an unhandled rejection: AbortError: Cancelled at point/);
  });

  test('where a timer is left behind', async () => {
    const error = await rejection(
      cancelEverywhere(async (scope) => {
        const timer = setTimeout(() => {}, 50);
        await sleep(10, scope);
        clearTimeout(timer);
      }),
    );
    expect(error.message).toMatch(/left behind: a timer, setTimeout of 50 ms/);
  });
});

describe('what is wrong without a cancellation', () => {
  test('comes out as it was thrown', async () => {
    const error = new Error('broken');
    expect(
      await rejection(
        cancelEverywhere(() => {
          throw error;
        }),
      ),
    ).toBe(error);
  });

  test('is a listener that is left on the signal', async () => {
    const error = await rejection(
      cancelEverywhere(async ({ signal }) => {
        signal.addEventListener('abort', () => {});
        await Promise.resolve();
      }),
    );
    expect(error.message).toMatch(/left behind: a listener on the signal, added at/);
  });

  test('is a program that waits for ever and does not end when it is cancelled then', async () => {
    const error = await rejection(cancelEverywhere(() => deferred().promise));
    expect(error.message).toMatch(/point end, everything waits: StuckError/);
  });
});

test.runIf(hasHooks)('every job between two awaits is a point, the same in each run', async () => {
  const at: number[] = [];
  await cancelEverywhere(async ({ signal }) => {
    let done = 0;
    const listener = (): number => at.push(done);
    signal.addEventListener('abort', listener);
    for (; done < 5; done++) await Promise.resolve();
    signal.removeEventListener('abort', listener);
  });
  // Before the first line nobody listens yet; the sixth comes after the last line.
  expect(at).toEqual([0, 1, 2, 3, 4]);
});

test('tries no more points than max, and says of one that is not there that it was not tried', async () => {
  const program = (scope: { signal: AbortSignal }): Promise<void> => sleep(5, scope);
  expect(await cancelEverywhere(program, { max: 2 })).toMatchObject({ points: 2 });
  expect(await cancelEverywhere(program, { only: 1 })).toMatchObject({ points: 1 });
  expect(await cancelEverywhere(program, { only: 500 })).toEqual({
    points: 0,
    isComplete: false,
    because: 'the program has ended before point 500',
  });
});

test('options are checked', async () => {
  const messages = await Promise.all(
    [
      cancelEverywhere(1 as never),
      cancelEverywhere(() => {}, { setup: 1 as never }),
      cancelEverywhere(() => {}, { check: 1 as never }),
      cancelEverywhere(() => {}, { only: -1 }),
      cancelEverywhere(() => {}, { max: 1.5 }),
      cancelEverywhere(() => {}, { chekc: () => {} } as never),
      cancelEverywhere(() => {}, null as never),
    ].map(async (promise) => (await rejection(promise)).message),
  );
  expect(messages).toEqual([
    'run must be a function, got 1',
    'setup must be a function, got 1',
    'check must be a function, got 1',
    'only must be a whole number from 0 on, got -1',
    'max must be a whole number from 1 on, got 1.5',
    'There is no option "chekc", only setup, check, only, max',
    'options must be an object like { setup }, got null',
  ]);
});
