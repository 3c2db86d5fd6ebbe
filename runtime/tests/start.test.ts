import { CancelledError, type Task, TaskGroup, TaskGroupError } from 'mooring';
import { describe, expect, it } from 'vitest';
import { deferred, rejection, turn, untilAborted } from './support/promises.js';

describe('S1: createTask calls the function synchronously', () => {
  it('has called it when createTask returns', async () => {
    await TaskGroup.run((group) => {
      let called = false;
      const task = group.createTask(() => void (called = true));
      expect(called).toBe(true);
      expect(task.status).toBe('fulfilled');
    });
  });

  it('counts the task among the pending ones while its function is being called', async () => {
    await TaskGroup.run((group) => {
      let pending = 0;
      group.createTask(() => {
        pending = [...group.pending].length;
      });
      expect(pending).toBe(1);
    });
  });

  it('takes a synchronous throw for the rejection of the task', async () => {
    const boom = new Error('boom');
    let task: Task<never> | undefined;
    const error = await rejection(
      TaskGroup.run((group) => {
        task = group.createTask((): never => {
          throw boom;
        });
        expect(group.state).toBe('cancelling');
      }),
    );
    expect(error.errors).toEqual([boom]);
    expect(task?.status).toBe('rejected');
  });

  it('cancels a task that cancels its own group while it starts', async () => {
    const result = await TaskGroup.run((group) => {
      const task = group.createTask(async ({ signal }) => {
        group.cancel();
        expect(signal.aborted).toBe(true);
        await untilAborted(signal);
      });
      return task.then(undefined, () => task.status);
    });
    expect(result).toBe('cancelled');
  });

  it('cancels a task whose own child fails while both start', async () => {
    const boom = new Error('boom');
    let parent: Task<unknown> | undefined;
    const error = await rejection(
      TaskGroup.run((group) => {
        parent = group.createTask(async ({ signal }) => {
          group.createTask(() => {
            throw boom;
          });
          await untilAborted(signal);
        });
      }),
    );
    expect(error.errors).toEqual([boom]);
    expect(parent?.status).toBe('cancelled');
  });

  it('gives each task a signal of its own', async () => {
    await TaskGroup.run((group) => {
      const signals: AbortSignal[] = [];
      group.createTask(({ signal }) => void signals.push(signal));
      group.createTask(({ signal }) => void signals.push(signal));
      expect(new Set([...signals, group.signal]).size).toBe(3);
    });
  });

  it('adopts any thenable as the result', async () => {
    const thenable: PromiseLike<number> = {
      then: (resolve: any) => resolve?.(Promise.resolve(7)),
    };
    expect(await TaskGroup.run((group) => group.createTask(() => thenable))).toBe(7);
  });

  it('takes a thenable that throws for a rejection', async () => {
    const boom = new Error('boom');
    const hostile: PromiseLike<number> = {
      get then(): never {
        throw boom;
      },
    };
    const error = await rejection(TaskGroup.run((group) => group.createTask(() => hostile)));
    expect(error.errors).toEqual([boom]);
  });
});

describe('S3: tasks may be created until the group is closed', () => {
  it('takes tasks from tasks while the group joins, and waits for them', async () => {
    const gate = deferred();
    const log: string[] = [];
    await TaskGroup.run((group) => {
      group.createTask(async () => {
        await gate.promise;
        expect(group.state).toBe('joining');
        group.createTask(async () => {
          await turn();
          log.push('grandchild');
        });
      });
      void turn().then(() => gate.resolve());
    });
    expect(log).toEqual(['grandchild']);
  });

  it('refuses a task once closed, naming the group and its state, and calls nothing', async () => {
    let closed: TaskGroup | undefined;
    await TaskGroup.run((group) => void (closed = group), { name: 'checkout' });
    let called = false;
    expect(() => closed?.createTask(() => void (called = true))).toThrow(
      /Task group "checkout" is closed/,
    );
    expect(called).toBe(false);
    expect(closed?.state).toBe('closed');
  });
});

describe('S4: a group that is cancelling takes no task', () => {
  it('throws the reason of the cancellation, and calls nothing', async () => {
    const reason = new Error('enough');
    let called = false;
    await TaskGroup.run((group) => {
      group.cancel(reason);
      let thrown: unknown;
      try {
        group.createTask(() => void (called = true));
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBe(reason);
    });
    expect(called).toBe(false);
  });

  it('is no second error when the body or a task lets that through', async () => {
    const boom = new Error('boom');
    const error = await rejection(
      TaskGroup.run((group) => {
        group.createTask(async ({ signal }) => {
          await untilAborted(signal).catch(() => {});
          group.createTask(() => 1);
        });
        group.createTask(() => {
          throw boom;
        });
        group.createTask(() => 2);
      }),
    );
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.errors).toEqual([boom]);
  });
});

describe('S5: with a limit, tasks over it wait', () => {
  it('starts them first in, first out, never more than the limit at once', async () => {
    const gates = Array.from({ length: 5 }, () => deferred());
    const started: number[] = [];
    const run = TaskGroup.run(
      (group) => {
        gates.forEach((gate, i) => {
          group.createTask(async () => {
            started.push(i);
            await gate.promise;
          });
        });
      },
      { limit: 2 },
    );
    expect(started).toEqual([0, 1]);
    gates[1]?.resolve();
    await turn();
    expect(started).toEqual([0, 1, 2]);
    gates[0]?.resolve();
    gates[2]?.resolve();
    await turn();
    expect(started).toEqual([0, 1, 2, 3, 4]);
    gates.forEach((gate) => gate.resolve());
    await run;
  });

  it('says which wait and which run, oldest first', async () => {
    const gate = deferred();
    await TaskGroup.run(
      (group) => {
        for (const name of ['a', 'b', 'c']) group.createTask(() => gate.promise, { name });
        const pending = [...group.pending];
        expect(pending.map((task) => [task.name, task.status])).toEqual([
          ['a', 'running'],
          ['b', 'queued'],
          ['c', 'queued'],
        ]);
        gate.resolve();
      },
      { limit: 1 },
    );
  });

  it('settles a queued task that is cancelled at once, and never calls it', async () => {
    const gate = deferred();
    const calls: string[] = [];
    await TaskGroup.run(
      async (group) => {
        group.createTask(() => gate.promise);
        const second = group.createTask(() => void calls.push('second'));
        group.createTask(() => void calls.push('third'));
        second.cancel();
        expect(second.status).toBe('cancelled');
        expect(await rejection(second)).toBeInstanceOf(CancelledError);
        expect(calls).toEqual([]);
        gate.resolve();
      },
      { limit: 1 },
    );
    expect(calls).toEqual(['third']);
  });

  it('never starts a queued task of a cancelled group', async () => {
    const boom = new Error('boom');
    const gate = deferred();
    let queued: Task<unknown> | undefined;
    let called = false;
    const run = TaskGroup.run(
      (group) => {
        group.createTask(() => gate.promise);
        queued = group.createTask(() => void (called = true));
      },
      { limit: 1 },
    );
    gate.reject(boom);
    expect((await rejection(run)).errors).toEqual([boom]);
    expect(queued?.status).toBe('cancelled');
    expect(called).toBe(false);
  });

  it('runs a long queue of tasks that settle while they start', async () => {
    const gate = deferred();
    let ran = 0;
    await TaskGroup.run(
      (group) => {
        group.createTask(() => gate.promise);
        for (let i = 0; i < 50_000; i++) group.createTask(() => void ran++);
        gate.resolve();
      },
      { limit: 1 },
    );
    expect(ran).toBe(50_000);
  });
});
