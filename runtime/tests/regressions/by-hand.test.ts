// Cases that somebody thought of, and that the random programs do not reach.
import { isCancellation, TaskGroup, TaskGroupError, timeout } from 'mooring';
import { describe, expect, it, vi } from 'vitest';

import { useManualClock } from '../support/manual-clock.js';
import { deferred, rejection, turn, untilAborted } from '../support/promises.js';

const clock = useManualClock();

it('C4: a task that is accepted once join() was called is waited for', async () => {
  const group = new TaskGroup();
  const joined = group.join();
  let isDone = false;
  group.createTask(async () => {
    await turn();
    isDone = true;
  });
  await joined;
  expect(isDone).toBe(true);
});

it('C4, X7: what follows a task by its handle is refused, or waited for and not lost', async () => {
  let followed: Promise<void> | undefined;
  const run = TaskGroup.run((group) => {
    const first = group.createTask(turn);
    const follow = async (): Promise<void> => {
      await first;
      group.createTask(async () => {
        await turn();
        throw new Error('lost');
      });
    };
    followed = follow();
  });
  const [ended, accepted] = await Promise.allSettled([run, followed]);
  expect(accepted.status === 'fulfilled').toBe(ended.status === 'rejected');
});

it('F2: an error beside a cancellation, in the error of a group without a parent, is not lost', async () => {
  const parent = new AbortController();
  const run = TaskGroup.run((group) => {
    group.createTask(({ signal }) =>
      TaskGroup.all([
        () => untilAborted(signal),
        async () => {
          await untilAborted(signal).catch(() => {});
          await turn();
          throw new Error('close failed');
        },
      ]),
    );
  }, parent);
  parent.abort();
  expect(await rejection(run)).toBeInstanceOf(TaskGroupError);
});

it('C2: the error of a group is a cancellation only when all of its leaves are', () => {
  const scope = new AbortController();
  scope.abort();
  const { reason } = scope.signal as { reason: unknown };
  expect(isCancellation(new TaskGroupError([reason, new Error('real')]), scope)).toBe(false);
  expect(isCancellation(new TaskGroupError([reason, new TaskGroupError([reason])]), scope)).toBe(
    true,
  );
});

it('T1: the error of a group under a deadline comes out though its first leaf is the deadline', async () => {
  const run = timeout(100, (deadline) =>
    TaskGroup.all([
      () => untilAborted(deadline.signal),
      async () => {
        await untilAborted(deadline.signal).catch(() => {});
        await turn();
        throw new Error('close failed');
      },
    ]),
  );
  void clock.advance(100);
  expect(await rejection(run)).toBeInstanceOf(TaskGroupError);
});

it('F3: an error that cannot be looked at fails the group', async () => {
  const { proxy, revoke } = Proxy.revocable(new Error('gone'), {});
  revoke();
  const error = await rejection(
    TaskGroup.run((group) => {
      group.createTask(() => Promise.reject(proxy));
    }),
  );
  expect((error as TaskGroupError).errors[0] === proxy).toBe(true);
});

it('S4: a handler that creates a task while its group is cancelled has not failed', async () => {
  const parent = new AbortController();
  let supervised: TaskGroup | undefined;
  const run = TaskGroup.run(
    (group) => {
      supervised = group;
      group.createTask(async ({ signal }) => {
        await untilAborted(signal).catch(() => {});
        throw new Error('flush failed');
      });
    },
    { signal: parent.signal, onTaskError: () => void supervised?.createTask(() => {}) },
  );
  parent.abort('shutdown');
  expect(await rejection(run)).toBe('shutdown');
});

it('S5: a task that is created in onTaskError goes to the end of the queue', async () => {
  const log: string[] = [];
  let supervised: TaskGroup | undefined;
  await TaskGroup.run(
    (group) => {
      supervised = group;
      group.createTask(() => Promise.reject(new Error('once')));
      group.createTask(() => void log.push('queued'));
    },
    { limit: 1, onTaskError: () => void supervised?.createTask(() => void log.push('again')) },
  );
  expect(log).toEqual(['queued', 'again']);
});

it('F1: an abort listener that cancels a queued task lets no other start', async () => {
  const log: string[] = [];
  await rejection(
    TaskGroup.run(
      (group) => {
        group.createTask(() => Promise.reject(new Error('first')));
        const queued = group.createTask(() => void log.push('B'));
        group.createTask(() => void log.push('C'));
        group.signal.addEventListener('abort', () => queued.cancel());
      },
      { limit: 1 },
    ),
  );
  expect(log).toEqual([]);
});

it('C4: a body that holds up its cancelled group is named, once its tasks have ended', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const gate = deferred();
  const run = TaskGroup.run(async (group) => {
    group.createTask(({ signal }) => untilAborted(signal));
    group.cancel();
    await gate.promise;
  });
  await clock.advance(20_000);
  expect(warn.mock.calls).toEqual([[expect.stringMatching(/still waits for: body$/)]]);
  warn.mockRestore();
  gate.resolve();
  await run;
});

describe('X5: TaskGroup.map, cancelled while it works on its last items', () => {
  it.each([1, 2, 3, Infinity])(
    'gives the results that are complete, with limit %s',
    async (limit) => {
      const parent = new AbortController();
      const double = async (item: number): Promise<number> => {
        if (item === 2) parent.abort();
        await turn();
        return item * 2;
      };
      expect(await TaskGroup.map([1, 2], double, { limit, signal: parent.signal })).toEqual([2, 4]);
    },
  );

  it('rejects where an item of the array is left', async () => {
    const parent = new AbortController();
    const abort = async (item: number): Promise<number> => {
      parent.abort('stop');
      await turn();
      return item;
    };
    const run = TaskGroup.map([1, 2], abort, { limit: 1, signal: parent.signal });
    expect(await rejection(run)).toBe('stop');
  });
});

it('a reason may be NaN', async () => {
  const parent = new AbortController();
  const run = TaskGroup.run(async ({ signal }) => untilAborted(signal), parent);
  parent.abort(NaN);
  expect(await rejection(run)).toBeNaN();
});
