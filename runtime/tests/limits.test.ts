// `limit` as a number that is waited for with `room`, and as a limit that several groups share.
import { type Limit, type ScopeOptions, TaskGroup } from 'mooring';
import { describe, expect, it } from 'vitest';
import { deferred, isSettled, rejection, turn, untilAborted } from './support/promises.js';

/** First in, first out; counts what is out, and who waits. */
class Counting implements Limit {
  free: number;
  most = 0;
  out = 0;
  readonly waiting = new Set<() => void>();

  constructor(free: number) {
    this.free = free;
  }

  async acquire({ signal }: ScopeOptions = {}): Promise<{ release(): void }> {
    if (this.free === 0) {
      await new Promise<void>((resolve, reject) => {
        const go = (): void => {
          this.waiting.delete(go);
          resolve();
        };
        this.waiting.add(go);
        signal?.addEventListener('abort', () => {
          this.waiting.delete(go);
          reject(signal.reason as Error);
        });
      });
    } else this.free--;
    this.most = Math.max(this.most, ++this.out);
    return {
      release: () => {
        this.out--;
        const [next] = this.waiting;
        if (next) next();
        else this.free++;
      },
    };
  }
}

describe('a limit that several groups share', () => {
  it('bounds the tasks of all of them together', async () => {
    const limit = new Counting(3);
    const work = async (): Promise<void> => {
      for (let i = 0; i < 3; i++) await turn();
    };
    const group = (): Promise<void> =>
      TaskGroup.run(
        (group) => {
          for (let i = 0; i < 10; i++) group.createTask(work);
        },
        { limit },
      );
    await Promise.all([group(), group(), TaskGroup.all(Array(10).fill(work), { limit })]);
    expect(limit.most).toBe(3);
    expect([limit.out, limit.free, limit.waiting.size]).toEqual([0, 3, 0]);
  });

  it('starts the tasks of a group in their order; those in the background at once', async () => {
    const limit = new Counting(1);
    const log: string[] = [];
    await TaskGroup.run(
      (group) => {
        for (const name of ['a', 'b', 'c']) group.createTask(() => void log.push(name));
        group.createTask(() => void log.push('background'), { background: true });
        expect([...group.pending].map(({ status }) => status)).toEqual(Array(3).fill('queued'));
      },
      { limit },
    );
    expect(log).toEqual(['background', 'a', 'b', 'c']);
  });

  it('has nobody wait any more when the group is cancelled, or the only task that waits', async () => {
    const limit = new Counting(1);
    const gate = deferred();
    const holder = TaskGroup.run((group) => void group.createTask(() => gate.promise), { limit });
    await turn();
    let called = false;
    await TaskGroup.run(
      async (group) => {
        const task = group.createTask(() => void (called = true));
        await turn();
        expect(limit.waiting.size).toBe(1);
        task.cancel();
        await turn();
        expect(limit.waiting.size).toBe(0);
        group.createTask(() => void (called = true));
        await turn();
        group.cancel();
      },
      { limit },
    );
    expect([called, limit.waiting.size]).toEqual([false, 0]);
    gate.resolve();
    await holder;
    expect(limit.free).toBe(1);
  });

  it('is asked anew for a task that comes while it is told that none waits', async () => {
    const limit = new Counting(0);
    const run = TaskGroup.run(
      async (group) => {
        const first = group.createTask(() => 1);
        await turn();
        first.cancel();
        return group.createTask(() => 2);
      },
      { limit },
    );
    await turn();
    const [next] = limit.waiting;
    next!();
    expect(await run).toBe(2);
    expect([limit.free, limit.waiting.size]).toEqual([1, 0]);
  });

  it('gives back what comes too late', async () => {
    let grant!: () => void;
    let released = 0;
    const late: Limit = {
      acquire: () =>
        new Promise((resolve) => (grant = () => resolve({ release: () => void released++ }))),
    };
    await TaskGroup.run(
      (group) => {
        group.createTask(() => {
          throw new Error('never called');
        });
        group.cancel();
      },
      { limit: late },
    );
    grant();
    await turn();
    expect(released).toBe(1);
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('out of order')), 'out of order'],
    [
      'throws',
      () => {
        throw new Error('out of order');
      },
      'out of order',
    ],
    [
      'gives no permit',
      () => Promise.resolve(5),
      'acquire() of a limit must give an object like { release }, got 5',
    ],
  ])('that %s fails the task that waits for it', async (_, acquire, message) => {
    const error = await rejection(
      TaskGroup.run((group) => void group.createTask(() => 1), { limit: { acquire } as never }),
    );
    expect(error.errors[0].message).toBe(message);
  });

  it('bounds map, which pulls one item more than there is room for at most', async () => {
    const limit = new Counting(2);
    const log: string[] = [];
    function* items(): Generator<number> {
      for (let i = 0; i < 6; i++) {
        log.push(`pull ${i}`);
        yield i;
      }
    }
    const gate = deferred();
    const mapped = TaskGroup.map(items(), async (n) => (await gate.promise, n * 2), { limit });
    for (let i = 0; i < 5; i++) await turn();
    expect(log).toEqual(['pull 0', 'pull 1']);
    gate.resolve();
    expect(await mapped).toEqual([0, 2, 4, 6, 8, 10]);
    expect([limit.most, limit.free, limit.waiting.size]).toEqual([2, 2, 0]);
  });

  it('bounds map over an async source, and fails as map does', async () => {
    const limit = new Counting(2);
    async function* items(): AsyncGenerator<number> {
      for (let i = 0; i < 6; i++) yield (await turn(), i);
    }
    expect(await TaskGroup.map(items(), (n) => n + 1, { limit })).toEqual([1, 2, 3, 4, 5, 6]);
    const boom = new Error('boom');
    const error = await rejection(
      TaskGroup.map(items(), (n) => (n === 3 ? Promise.reject(boom) : turn()), { limit }),
    );
    expect(error.errors).toEqual([boom]);
    expect([limit.free, limit.waiting.size]).toEqual([2, 0]);
  });
});

describe('room', () => {
  it('is there at once below the limit, and without one', async () => {
    await TaskGroup.run(async (group) => {
      await group.room();
      group.createTask(() => turn());
      await group.room();
    });
  });

  it('comes when a task has ended, so that a loop has no queue', async () => {
    let most = 0;
    const started: number[] = [];
    await TaskGroup.run(
      async (group) => {
        for (let i = 0; i < 10; i++) {
          await group.room();
          const task = group.createTask(async () => {
            started.push(i);
            await turn();
          });
          expect(task.status).toBe('running');
          most = Math.max(most, [...group.pending].length);
        }
      },
      { limit: 3 },
    );
    expect(most).toBe(3);
    expect(started).toHaveLength(10);
  });

  it('lets those who wait in one by one, in their order', async () => {
    const gate = deferred();
    const statuses: string[] = [];
    await TaskGroup.run(
      async (group) => {
        group.createTask(() => gate.promise);
        const ask = async (): Promise<void> => {
          await group.room();
          statuses.push(group.createTask(() => turn()).status);
        };
        const asked = [ask(), ask(), ask()];
        gate.resolve();
        await Promise.all(asked);
      },
      { limit: 1 },
    );
    expect(statuses).toEqual(['running', 'running', 'running']);
  });

  it('lets a hundred thousand in, each in its turn, and refuses as many', async () => {
    const order: number[] = [];
    let refused = 0;
    await TaskGroup.run(
      async (group) => {
        const ask = async (index: number): Promise<void> => {
          await group.room();
          order.push(index);
          group.createTask(async () => {});
        };
        await Promise.all(Array.from({ length: 100_000 }, (_, index) => ask(index)));
        group.createTask(({ signal }) => untilAborted(signal));
        const waiting = Array.from({ length: 100_000 }, () => group.room().catch(() => refused++));
        group.cancel();
        await Promise.all(waiting);
      },
      { limit: 1 },
    );
    expect(order).toEqual(Array.from({ length: 100_000 }, (_, index) => index));
    expect(refused).toBe(100_000);
  });

  it('rejects with the reason when the group is cancelled, and when it is closed', async () => {
    let closed: TaskGroup | undefined;
    const run = TaskGroup.run(
      async (group) => {
        closed = group;
        group.createTask(({ signal }) => untilAborted(signal));
        const waiting = rejection(group.room());
        expect(await isSettled(waiting)).toBe(false);
        group.cancel('stop');
        expect(await waiting).toBe('stop');
        expect(await rejection(group.room())).toBe('stop');
      },
      { limit: 1 },
    );
    await run;
    expect((await rejection(closed!.room())).message).toContain('is closed');
  });

  it('of a shared limit comes when the limit has some', async () => {
    const limit = new Counting(1);
    const gate = deferred();
    await TaskGroup.run(
      async (group) => {
        group.createTask(() => gate.promise);
        const waiting = group.room();
        expect(await isSettled(waiting)).toBe(false);
        gate.resolve();
        await waiting;
      },
      { limit },
    );
    expect([limit.free, limit.waiting.size]).toEqual([1, 0]);
  });

  it('of a shared limit comes for all that there is room for, and not for one at a time', async () => {
    const limit = new Counting(3);
    const gate = deferred();
    await TaskGroup.run(
      async (group) => {
        for (let i = 0; i < 3; i++) {
          await group.room();
          group.createTask(() => gate.promise);
        }
        gate.resolve();
      },
      { limit },
    );
    expect([limit.most, limit.free]).toEqual([3, 3]);
  });
});

describe('a shared limit that is out of order', () => {
  const broken = new Error('no permit is taken back');
  const limit = {
    acquire: async () => ({
      release: () => {
        throw broken;
      },
    }),
  };

  it('fails the group when it takes no permit back, and the group ends', async () => {
    const error = await rejection(
      TaskGroup.run((group) => void group.createTask(turn, { name: 'query' }), { limit }),
    );
    expect(error.errors).toEqual([broken]);
    expect(error.message).toContain('task "query"');
  });

  it('hides no failure of the task that had the permit', async () => {
    const boom = new Error('boom');
    const run = TaskGroup.run(
      (group) => {
        group.createTask(() => turn().then(() => Promise.reject(boom)));
      },
      { limit },
    );
    expect((await rejection(run)).errors).toEqual([boom, broken]);
  });

  it('is reported by room, also when it gives no permit', async () => {
    expect((await rejection(TaskGroup.run((group) => group.room(), { limit }))).errors).toEqual([
      broken,
    ]);
    const without = { acquire: async () => undefined as never };
    const error = await rejection(TaskGroup.run((group) => group.room(), { limit: without }));
    expect(error.message).toContain('acquire() of a limit must give an object like { release }');
  });
});
