// Cases that no suite of asyncio has and that were tried out on it (P1 …), in terms of promises and
// signals.
import {
  CancelledError,
  type Task,
  TaskGroup,
  TaskGroupError,
  timeout,
  TimeoutError,
} from 'mooring';
import type { Timeout } from 'mooring';
import { describe, expect, it } from 'vitest';
import { useManualClock } from '../support/manual-clock.js';
import { deferred, rejection, turn, untilAborted } from '../support/promises.js';

const clock = useManualClock();
const wait = ({ signal }: { signal: AbortSignal }): Promise<never> => untilAborted(signal);

describe('subtle', () => {
  it('P6: the outer deadline passes while the inner one cleans up: the outer speaks', async () => {
    const gate = deferred();
    let outer: Timeout | undefined;
    const run = rejection(
      timeout(100, (a) => {
        outer = a;
        return timeout(50, (b) => wait(b).finally(() => gate.promise), a);
      }),
    );
    await clock.advance(50);
    await clock.advance(50);
    gate.resolve();
    expect(await run).toBe(outer?.signal.reason);
  });

  it('P13: awaiting a task that was cancelled by hand is not the cancellation of the group', async () => {
    const outer = new AbortController();
    const error = await rejection(
      TaskGroup.run(async (group) => {
        const task = group.createTask(wait);
        task.cancel();
        await task;
      }, outer),
    );
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.errors[0]).toBeInstanceOf(CancelledError);
    expect(outer.signal.aborted).toBe(false);
  });

  it('P14: an AbortError that nobody asked for is a failure, of a task and of the body', async () => {
    const other = AbortSignal.abort();
    const ofTask = await rejection(
      TaskGroup.run((group) => void group.createTask(() => other.throwIfAborted())),
    );
    expect(ofTask.errors).toEqual([other.reason]);
    const ofBody = await rejection(TaskGroup.run(() => other.throwIfAborted()));
    expect(ofBody.errors).toEqual([other.reason]);
    const byHand = await rejection(TaskGroup.run(() => Promise.reject(new CancelledError('mine'))));
    expect(byHand).toBeInstanceOf(TaskGroupError);
  });
});

describe('the rest', () => {
  it('P1, P20: a task that swallows the cancellation, or had completed, keeps its value', async () => {
    const tasks: Task<string>[] = [];
    const error = await rejection(
      TaskGroup.run((group) => {
        tasks.push(group.createTask(() => 'early'));
        tasks.push(group.createTask((context) => wait(context).catch(() => 'late')));
        group.createTask(() => Promise.reject(new Error('boom')));
      }),
    );
    expect(error.errors).toHaveLength(1);
    expect(await Promise.all(tasks)).toEqual(['early', 'late']);
  });

  it('P2, P19: cancelled from outside, yet everything completed: the value', async () => {
    const outer = new AbortController();
    const run = TaskGroup.run((group) => {
      const task = group.createTask((context) => wait(context).catch(() => 'done'));
      return task.then((text) => `${text}, too`);
    }, outer);
    outer.abort();
    expect(await run).toBe('done, too');
    const later = new AbortController();
    const atOnce = TaskGroup.run(() => {
      later.abort();
      return 'value';
    }, later);
    expect(await atOnce).toBe('value');
  });

  it('P3: a task that fails late in its clean-up outranks the cancellation from outside', async () => {
    const outer = new AbortController();
    const gate = deferred();
    const run = TaskGroup.run((group) => {
      group.createTask((context) =>
        wait(context).catch(async () => {
          await gate.promise;
          throw new Error('late');
        }),
      );
    }, outer);
    outer.abort();
    await turn();
    gate.resolve();
    expect((await rejection(run)).errors.map(String)).toEqual(['Error: late']);
    expect(outer.signal.aborted).toBe(true);
  });

  it('P4: a deadline that passes while a failed group cleans up does not replace its error', async () => {
    const gate = deferred();
    const run = rejection(
      timeout(10, (deadline) =>
        TaskGroup.run((group) => {
          group.createTask((context) => wait(context).finally(() => gate.promise));
          group.createTask(() => Promise.reject(new Error('boom')));
        }, deadline),
      ),
    );
    await clock.advance(10);
    gate.resolve();
    expect((await run).errors.map(String)).toEqual(['Error: boom']);
  });

  it('P5: the outer expires first, then the inner, the clean-up outlives both', async () => {
    const gate = deferred();
    let inner: Timeout | undefined;
    const run = rejection(
      timeout(10, (a) => timeout(20, (b) => wait((inner = b)).finally(() => gate.promise), a)),
    );
    await clock.advance(30);
    gate.resolve();
    expect((await run).message).toBe('Timed out after 10 ms');
    expect(inner?.expired).toBe(true);
  });

  it('P7: a body that never leaves the microtasks is not cut', async () => {
    const value = await timeout(1, async () => {
      for (let i = 0; i < 1000; i++) await Promise.resolve();
      return 'value';
    });
    expect(value).toBe('value');
  });

  it('P8: an expired timeout whose body returns has its value, and knows it expired', async () => {
    let scope: Timeout | undefined;
    const run = timeout(10, (deadline) => wait((scope = deadline)).catch(() => 'value'));
    await clock.advance(10);
    expect(await run).toBe('value');
    expect(scope?.expired).toBe(true);
  });

  it('P9: a deadline moved into the past expires before the call returns', async () => {
    const run = timeout(10, (deadline) => {
      deadline.reschedule(new Date(0));
      expect(deadline.signal.aborted).toBe(true);
      return wait(deadline);
    });
    expect(await rejection(run)).toBeInstanceOf(TimeoutError);
  });

  it('P10: a cancellation that came before is not eaten by a deadline of zero', async () => {
    const run = timeout(0, () => 1, { signal: AbortSignal.abort('before') });
    expect(await rejection(run)).toBe('before');
  });

  it('P11: whose TimeoutError it is can be told by identity', async () => {
    let scope: Timeout | undefined;
    const foreign = new TimeoutError('of the body');
    const error = await rejection(
      timeout(10, (deadline) => {
        scope = deadline;
        throw foreign;
      }),
    );
    expect(error).toBe(foreign);
    expect(error).not.toBe(scope?.signal.reason);
    expect(scope?.expired).toBe(false);
  });

  it('P12: a body that awaits a failing task sees its error; the group has it once', async () => {
    const boom = new Error('boom');
    let seen: unknown;
    const error = await rejection(
      TaskGroup.run(async (group) => {
        const task = group.createTask(() => turn().then(() => Promise.reject(boom)));
        await task.then(undefined, (reason: unknown) => {
          seen = reason;
          throw reason;
        });
      }),
    );
    expect(seen).toBe(boom);
    expect(error.errors).toEqual([boom]);
  });

  it('P15: one object thrown by two tasks is two failures', async () => {
    const boom = new Error('boom');
    const error = await rejection(
      TaskGroup.run((group) => {
        for (let i = 0; i < 2; i++) group.createTask(() => Promise.reject(boom));
      }),
    );
    expect(error.errors).toEqual([boom, boom]);
  });

  it('P17: errors are in the order the tasks settled, the body last', async () => {
    const gate = deferred();
    const run = TaskGroup.run(async (group) => {
      group.createTask(() => gate.promise.then(() => Promise.reject(new Error('second'))));
      group.createTask(() => Promise.reject(new Error('first')));
      throw new Error('body');
    });
    await turn();
    gate.resolve();
    expect((await rejection(run)).errors.map(String)).toEqual([
      'Error: first',
      'Error: second',
      'Error: body',
    ]);
  });

  it('P18: an empty group leaves the running turn', async () => {
    const log: string[] = [];
    const run = TaskGroup.run(() => {}).then(() => log.push('group'));
    log.push('sync');
    await run;
    expect(log).toEqual(['sync', 'group']);
  });

  it('P21: a second cancellation from outside changes nothing, the first reason is kept', async () => {
    const outer = new AbortController();
    const gate = deferred();
    const run = TaskGroup.run((group) => {
      group.createTask((context) => wait(context).finally(() => gate.promise));
    }, outer);
    outer.abort('one');
    await turn();
    outer.abort('two');
    gate.resolve();
    expect(await rejection(run)).toBe('one');
  });
});
