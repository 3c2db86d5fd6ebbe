// TaskGroup.cancel() of Python 3.15, row by row (X1 …), in terms of promises and signals.
import { TaskGroup, timeout } from 'mooring';
import { describe, expect, it } from 'vitest';
import { deferred, rejection, turn, untilAborted } from '../support/promises.js';
import { useManualClock } from '../support/manual-clock.js';

const clock = useManualClock();

describe('subtle', () => {
  it('X3: an error of the body after cancel() is an error', async () => {
    const boom = new Error('boom');
    const run = TaskGroup.run((group) => {
      group.cancel();
      throw boom;
    });
    expect((await rejection(run)).errors).toEqual([boom]);
  });

  it('X7: a task that cancels its own group keeps its value', async () => {
    const value = await TaskGroup.run(async (group) => {
      const task = group.createTask(() => {
        group.cancel();
        return 'kept';
      });
      group.cancel();
      return [await task, task.status];
    });
    expect(value).toEqual(['kept', 'fulfilled']);
  });

  it('C2, X4: a task that throws what it has given to cancel() was cut by it', async () => {
    const enough = new Error('enough');
    const statuses: string[] = [];
    const run = TaskGroup.run(async (group) => {
      const tasks = [
        group.createTask(({ signal }) => untilAborted(signal)),
        group.createTask(async () => {
          await turn();
          group.cancel(enough);
          throw enough;
        }),
      ];
      for (const task of tasks) await task.join();
      statuses.push(...tasks.map(({ status }) => status));
      return 'value';
    });
    expect(await run).toBe('value');
    expect(statuses).toEqual(['cancelled', 'cancelled']);
  });

  it('X9: a task may cancel its group before it has waited for anything', async () => {
    const seen: unknown[] = [];
    await TaskGroup.run((group) => {
      group.createTask(async ({ signal }) => {
        group.cancel('early');
        await untilAborted(signal).catch((reason: unknown) => {
          seen.push(reason);
          throw reason;
        });
      });
    });
    expect(seen).toEqual(['early']);
  });

  it('X10: a deadline around the group that passes while it cleans up comes out', async () => {
    const gate = deferred();
    const run = rejection(
      timeout(100, (deadline) =>
        TaskGroup.run((group) => {
          group.createTask(({ signal }) => untilAborted(signal).finally(() => gate.promise));
          group.cancel();
          return 'value';
        }, deadline),
      ),
    );
    await clock.advance(100);
    gate.resolve();
    expect((await run).message).toBe('Timed out after 100 ms');
  });
});

describe('the rest', () => {
  it('X1: the body runs on to its next wait that takes the signal', async () => {
    const log: string[] = [];
    const run = TaskGroup.run(async (group) => {
      group.cancel('stop');
      log.push('sync code');
      await turn();
      log.push('a deaf wait');
      await untilAborted(group.signal);
      log.push('never');
    });
    expect(await rejection(run)).toBe('stop');
    expect(log).toEqual(['sync code', 'a deaf wait']);
  });

  it('X2: a body that completes keeps its value', async () => {
    const run = TaskGroup.run((group) => {
      group.cancel();
      return 42;
    });
    expect(await run).toBe(42);
  });

  it('X4: an error of the clean-up is an error', async () => {
    const dirty = new Error('clean-up');
    const run = TaskGroup.run((group) => {
      group.createTask(({ signal }) => untilAborted(signal).catch(() => Promise.reject(dirty)));
      group.cancel();
    });
    expect((await rejection(run)).errors).toEqual([dirty]);
  });

  it('X5: a parent that was cancelled before leaves the body uncalled', async () => {
    let called = false;
    const run = TaskGroup.run(() => void (called = true), { signal: AbortSignal.abort('early') });
    expect(await rejection(run)).toBe('early');
    expect(called).toBe(false);
  });

  it('X6: cancel() after the end, or many times, does nothing', async () => {
    const group = new TaskGroup();
    group.cancel('one');
    group.cancel('two');
    expect(group.signal.reason).toBe('one');
    await group.join();
    group.cancel('three');
    expect(group.signal.reason).toBe('one');
    expect(group.state).toBe('closed');
  });

  it('X8: a task created after cancel() is refused with the reason, and not called', async () => {
    let called = false;
    const run = TaskGroup.run((group) => {
      group.cancel('stop');
      group.createTask(() => void (called = true));
    });
    expect(await rejection(run)).toBe('stop');
    expect(called).toBe(false);
  });

  it('X11: cancel() and a cancellation from outside in one turn: the outside comes out', async () => {
    const outer = new AbortController();
    const run = TaskGroup.run(async (group) => {
      group.cancel('own');
      outer.abort('outer');
      await untilAborted(group.signal);
    }, outer);
    expect(await rejection(run)).toBe('outer');
  });

  it('X12: a task of the inner group may cancel the outer one; both unwind without error', async () => {
    const log: string[] = [];
    const run = TaskGroup.run(async (outer) => {
      await TaskGroup.run((inner) => {
        inner.createTask(() => outer.cancel('stop'));
        inner.createTask(({ signal }) => untilAborted(signal));
      }, outer);
      log.push('between');
    });
    expect(await rejection(run)).toBe('stop');
    expect(log).toEqual([]);
  });

  it('X13: a body that catches the cancellation goes on', async () => {
    const run = TaskGroup.run(async (group) => {
      group.cancel();
      await untilAborted(group.signal).catch(() => {});
      return 'went on';
    });
    expect(await run).toBe('went on');
  });

  it('X14: the reason is an object of the caller’s choice', async () => {
    const reason = { code: 503 };
    await TaskGroup.run((group) => {
      group.cancel(reason);
      expect(group.signal.reason).toBe(reason);
    });
  });
});
