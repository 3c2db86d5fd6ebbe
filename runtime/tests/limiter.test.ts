import { afterEach, describe, expect, it, test } from 'vitest';

import { sleep, TaskGroup } from 'mooring';
import { Limiter } from 'mooring/limiter';
import { cancelEverywhere, leaks } from 'mooring/testing';

import { deferred, isSettled, rejection, turn } from './support/promises.js';

afterEach(leaks);

describe('a permit', () => {
  it('is had at once while there is room, and waited for when there is none', async () => {
    const limiter = new Limiter(2);
    const first = await limiter.acquire();
    await limiter.acquire();
    const third = limiter.acquire();
    expect(await isSettled(third)).toBe(false);
    expect([limiter.available, limiter.waiting]).toEqual([0, 1]);
    first.release();
    await third;
    expect([limiter.available, limiter.waiting]).toEqual([0, 0]);
  });

  it('is given back once, however often it is released', async () => {
    const limiter = new Limiter(2);
    const permit = await limiter.acquire();
    await limiter.acquire();
    permit.release();
    permit.release();
    permit[Symbol.dispose]();
    expect(limiter.available).toBe(1);
  });

  it('ends with its block, also where that throws', async () => {
    const limiter = new Limiter(1);
    const block = async (): Promise<void> => {
      using permit = await limiter.acquire();
      void permit;
      expect(limiter.available).toBe(0);
      throw new Error('in the block');
    };
    expect((await rejection(block())).message).toBe('in the block');
    expect(limiter.available).toBe(1);
  });

  it('is refused by tryAcquire while none is free', async () => {
    const limiter = new Limiter(1);
    const permit = limiter.tryAcquire();
    expect(limiter.tryAcquire()).toBe(undefined);
    const waiting = limiter.acquire();
    permit?.release();
    // The one that waited has it already.
    expect(limiter.tryAcquire()).toBe(undefined);
    (await waiting).release();
    expect(limiter.tryAcquire()).toBeDefined();
  });
});

describe('the queue', () => {
  it('is first in, first out', async () => {
    const limiter = new Limiter(1);
    const log: number[] = [];
    await Promise.all(
      [1, 2, 3, 4].map((n) =>
        limiter.run(async () => {
          log.push(n);
          await turn();
        }),
      ),
    );
    expect(log).toEqual([1, 2, 3, 4]);
  });

  it('never lets in more than there is room for', async () => {
    const limiter = new Limiter(3);
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await turn();
      running--;
    };
    await Promise.all(Array.from({ length: 20 }, () => limiter.run(work)));
    expect([most, limiter.available]).toEqual([3, 3]);
  });

  it('is as long as it is, and every one comes out', async () => {
    const limiter = new Limiter(1);
    let done = 0;
    await Promise.all(Array.from({ length: 100_000 }, () => limiter.run(() => void done++)));
    expect([done, limiter.waiting, limiter.available]).toEqual([100_000, 0, 1]);
  });
});

describe('a waiter that is cancelled', () => {
  it('leaves no trace, wherever it stands', async () => {
    for (const place of [0, 1, 2]) {
      const limiter = new Limiter(1);
      const held = await limiter.acquire();
      const controllers = [0, 1, 2].map(() => new AbortController());
      const log: number[] = [];
      const waiting = controllers.map((scope, n) => limiter.run(() => void log.push(n), scope));
      controllers[place]!.abort('enough');
      expect(await rejection(waiting[place]!)).toBe('enough');
      expect(limiter.waiting).toBe(2);
      held.release();
      await Promise.allSettled(waiting);
      expect(log).toEqual([0, 1, 2].filter((n) => n !== place));
      expect([limiter.available, limiter.waiting]).toEqual([1, 0]);
    }
  });

  it('hands on the permit that it was given in the same turn', async () => {
    const limiter = new Limiter(1);
    const held = await limiter.acquire();
    const scope = new AbortController();
    const cancelled = limiter.acquire(scope);
    const next = limiter.acquire();
    held.release();
    scope.abort('enough');
    expect(await rejection(cancelled)).toBe('enough');
    (await next).release();
    expect(limiter.available).toBe(1);
  });

  it('takes none where it was cancelled before', async () => {
    const limiter = new Limiter(1);
    const scope = { signal: AbortSignal.abort('late') };
    expect(await rejection(limiter.acquire(scope))).toBe('late');
    expect(await rejection(limiter.run(() => 'never', scope))).toBe('late');
    expect(limiter.available).toBe(1);
  });

  it('may be one of many in one scope, which all leave at once', async () => {
    const limiter = new Limiter(1);
    const held = await limiter.acquire();
    const scope = new AbortController();
    const waiting = Array.from({ length: 1_000 }, () => rejection(limiter.acquire(scope)));
    const last = limiter.acquire();
    scope.abort('enough');
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['enough']));
    held.release();
    (await last).release();
    expect(limiter.available).toBe(1);
  });
});

describe('run', () => {
  it('settles as its function does, and gives the permit back', async () => {
    const limiter = new Limiter(1);
    const error = new Error('broken');
    expect(await limiter.run(() => 'value')).toBe('value');
    expect(await rejection(limiter.run(() => Promise.reject(error)))).toBe(error);
    expect(
      await rejection(
        limiter.run(() => {
          throw error;
        }),
      ),
    ).toBe(error);
    expect(limiter.available).toBe(1);
  });

  it('keeps the permit as long as its function runs, also when its scope is cancelled', async () => {
    const limiter = new Limiter(1);
    const gate = deferred();
    const scope = new AbortController();
    const work = limiter.run(() => gate.promise, scope);
    await turn();
    scope.abort('enough');
    await turn();
    expect(limiter.available).toBe(0);
    gate.resolve();
    await work;
    expect(limiter.available).toBe(1);
  });
});

describe('the capacity', () => {
  it('wakes waiters when it is raised', async () => {
    const limiter = new Limiter(1);
    await limiter.acquire();
    const waiting = [limiter.acquire(), limiter.acquire(), limiter.acquire()];
    limiter.capacity = 3;
    expect(limiter.waiting).toBe(1);
    await Promise.all(waiting.slice(0, 2));
    limiter.capacity = Infinity;
    await waiting[2];
    expect(limiter.available).toBe(Infinity);
  });

  it('takes nothing from holders when it is lowered', async () => {
    const limiter = new Limiter(3);
    const permits = [await limiter.acquire(), await limiter.acquire(), await limiter.acquire()];
    limiter.capacity = 1;
    const waiting = limiter.acquire();
    expect(limiter.available).toBe(0);
    permits[0]!.release();
    permits[1]!.release();
    expect(await isSettled(waiting)).toBe(false);
    permits[2]!.release();
    (await waiting).release();
    expect(limiter.available).toBe(1);
  });

  it('of zero is a pause', async () => {
    const limiter = new Limiter(1);
    limiter.capacity = 0;
    const waiting = limiter.acquire();
    expect(await isSettled(waiting)).toBe(false);
    limiter.capacity = 1;
    await waiting;
  });
});

describe('as the limit of groups', () => {
  it('bounds the tasks of several together', async () => {
    const limit = new Limiter(3);
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++running);
      for (let n = 0; n < 3; n++) await turn();
      running--;
    };
    const group = (): Promise<void> =>
      TaskGroup.run(
        (each) => {
          for (let n = 0; n < 10; n++) each.createTask(work);
        },
        { limit },
      );
    await Promise.all([group(), group(), TaskGroup.map([1, 2, 3, 4], work, { limit })]);
    expect([most, running, limit.available, limit.waiting]).toEqual([3, 0, 3, 0]);
  });

  it('has nobody wait any more when one of them is cancelled', async () => {
    const limit = new Limiter(1);
    const held = await limit.acquire();
    await TaskGroup.run(
      async (group) => {
        group.createTask(() => 'never');
        await turn();
        expect(limit.waiting).toBe(1);
        group.cancel();
      },
      { limit },
    );
    expect(limit.waiting).toBe(0);
    held.release();
    expect(limit.available).toBe(1);
  });
});

describe('cancelled at any point, every permit comes back', () => {
  const options = {
    setup: () => new Limiter(1),
    check: (limiter: Limiter) => expect([limiter.available, limiter.waiting]).toEqual([1, 0]),
  };
  type Operation = (scope: { readonly signal: AbortSignal }, limiter: Limiter) => unknown;
  const operations: Record<string, Operation> = {
    acquire: async (scope, limiter) => {
      using permit = await limiter.acquire(scope);
      void permit;
      await sleep(10, scope);
    },
    run: (scope, limiter) => limiter.run(() => sleep(10, scope), scope),
    'tasks that acquire': (scope, limiter) =>
      TaskGroup.run((group) => {
        for (const ms of [3, 1, 2]) {
          group.createTask(async (context) => {
            using permit = await limiter.acquire(context);
            void permit;
            await sleep(ms, context);
          });
        }
      }, scope),
    'a group that has it for a limit': (scope, limiter) =>
      TaskGroup.run(
        (group) => {
          for (const ms of [3, 1, 2]) group.createTask((context) => sleep(ms, context));
        },
        { ...scope, limit: limiter },
      ),
    'a capacity that changes': async (scope, limiter) => {
      limiter.capacity = 0;
      try {
        await TaskGroup.run((group) => {
          group.createTask((context) => limiter.run(() => sleep(1, context), context));
          group.createTask(async (context) => {
            await sleep(5, context);
            limiter.capacity = 2;
          });
        }, scope);
      } finally {
        limiter.capacity = 1;
      }
    },
  };

  test.each(Object.entries(operations))(
    '%s',
    async (_, operation) => {
      const { points } = await cancelEverywhere(operation, options);
      expect(points).toBeGreaterThan(1);
    },
    300_000,
  );
});

test('bad input gets an error that says what is allowed', async () => {
  const limiter = new Limiter(1);
  const messageOf = (act: () => unknown): string => {
    try {
      act();
    } catch (error) {
      return String(error);
    }
    return 'none';
  };
  expect([
    messageOf(() => new Limiter(0)),
    messageOf(() => new Limiter(1.5)),
    messageOf(() => new Limiter('8' as never)),
    messageOf(() => (limiter.capacity = -1)),
    String(await rejection(limiter.run('work' as never))),
    String(await rejection(limiter.acquire(new AbortController().signal as never))),
  ]).toEqual([
    'RangeError: capacity must be a positive integer or Infinity, got 0',
    'RangeError: capacity must be a positive integer or Infinity, got 1.5',
    'TypeError: capacity must be a positive integer or Infinity, got "8"',
    'RangeError: capacity must be an integer from 0 on or Infinity, got -1',
    'TypeError: fn must be a function, got "work"',
    'TypeError: options must be an object like { signal }, got [object AbortSignal]',
  ]);
  expect([limiter.capacity, limiter.available]).toEqual([1, 1]);
});
