import { type Task, TaskGroup, TaskGroupError } from 'mooring';
import { describe, expect, it } from 'vitest';
import { deferred, rejection, turn, untilAborted } from './support/promises.js';

describe('F1: the first failure cancels the group', () => {
  it('aborts the other tasks, waits for their clean-up, then rejects', async () => {
    const boom = new Error('boom');
    const cleaned = deferred();
    const log: string[] = [];
    const run = TaskGroup.run((group) => {
      group.createTask(async ({ signal }) => {
        await untilAborted(signal).catch(async () => {
          log.push('cleaning');
          await cleaned.promise;
          log.push('cleaned');
        });
      });
      group.createTask(async () => {
        await turn();
        throw boom;
      });
    });
    const rejected = rejection(run).then((error) => {
      log.push('rejected');
      return error;
    });
    await turn();
    await turn();
    expect(log).toEqual(['cleaning']);
    cleaned.resolve();
    expect(await rejected).toBeInstanceOf(TaskGroupError);
    expect(log).toEqual(['cleaning', 'cleaned', 'rejected']);
  });

  it('tells the others why: the failure is the cause of their reason', async () => {
    const boom = new Error('boom');
    let reason: any;
    await rejection(
      TaskGroup.run((group) => {
        group.createTask(async ({ signal }) => {
          await untilAborted(signal).catch((error: unknown) => void (reason = error));
        });
        group.createTask(() => Promise.reject(boom), { name: 'bad' });
      }),
    );
    expect(reason.name).toBe('AbortError');
    expect(reason.message).toContain('task "bad" failed');
    expect(reason.cause).toBe(boom);
  });

  it('is the same for a failure of the body', async () => {
    const boom = new Error('boom');
    let task: Task<unknown> | undefined;
    const error = await rejection(
      TaskGroup.run(async (group) => {
        task = group.createTask(({ signal }) => untilAborted(signal));
        await turn();
        throw boom;
      }),
    );
    expect(error.errors).toEqual([boom]);
    expect(task?.status).toBe('cancelled');
  });

  it('starts its tasks also when the body throws right after', async () => {
    let started = false;
    await rejection(
      TaskGroup.run((group) => {
        group.createTask(() => void (started = true));
        throw new Error('boom');
      }),
    );
    expect(started).toBe(true);
  });
});

describe('F2: errors holds every failure', () => {
  it('has those of tasks in the order they settled, the body last', async () => {
    const gates = [deferred(), deferred(), deferred()] as const;
    const run = TaskGroup.run(async (group) => {
      gates.forEach((gate) => group.createTask(() => gate.promise));
      throw new Error('body');
    });
    gates[2].reject(new Error('third'));
    await turn();
    gates[0].reject(new Error('first'));
    gates[1].resolve();
    const error = await rejection(run);
    expect(error.errors.map(String)).toEqual(['Error: third', 'Error: first', 'Error: body']);
    expect(error.cause).toBe(error.errors[0]);
  });

  it('names the group and each failed task', async () => {
    const error = await rejection(
      TaskGroup.run(
        (group) => {
          group.createTask(() => Promise.reject(new Error('declined')), { name: 'charge' });
          group.createTask(() => Promise.reject(new RangeError('none left')));
          group.createTask(({ signal }) => untilAborted(signal), { name: 'innocent' });
          throw new TypeError('oops');
        },
        { name: 'checkout' },
      ),
    );
    expect(error.name).toBe('TaskGroupError');
    expect(error.message).toBe(
      'Task group "checkout" failed; task "charge": Error: declined; ' +
        'task #1: RangeError: none left; body: TypeError: oops',
    );
  });

  it('keeps the error of a nested group nested', async () => {
    const boom = new Error('boom');
    const error = await rejection(
      TaskGroup.run((outer) => {
        outer.createTask((context) =>
          TaskGroup.run((inner) => void inner.createTask(() => Promise.reject(boom)), context),
        );
      }),
    );
    expect(error.errors[0]).toBeInstanceOf(TaskGroupError);
    expect(error.errors[0].errors).toEqual([boom]);
  });

  it('keeps a failure of the clean-up beside the failure that called for it', async () => {
    const boom = new Error('boom');
    const dirty = new Error('clean-up');
    const error = await rejection(
      TaskGroup.run(async (group) => {
        group.createTask(() => Promise.reject(boom));
        try {
          await untilAborted(group.signal);
        } finally {
          throw dirty;
        }
      }),
    );
    expect(error.errors).toEqual([boom, dirty]);
  });

  it('gives the value of a completed task also when a later one fails', async () => {
    let task: Task<number> | undefined;
    await rejection(
      TaskGroup.run((group) => {
        task = group.createTask(() => 42);
        group.createTask(() => Promise.reject(new Error('boom')));
      }),
    );
    expect(await task).toBe(42);
  });
});

describe('F3: what counts as a failure of its own', () => {
  it('is not a body that rethrows what its task threw', async () => {
    const boom = new Error('boom');
    const error = await rejection(
      TaskGroup.run(async (group) => {
        await group.createTask(() => Promise.reject(boom));
      }),
    );
    expect(error.errors).toEqual([boom]);
  });

  it('is not a body that throws the same error before its task does', async () => {
    const shared = deferred<never>();
    const boom = new Error('boom');
    const run = TaskGroup.run(async (group) => {
      group.createTask(async () => {
        await shared.promise.finally(turn);
      });
      await shared.promise;
    });
    shared.reject(boom);
    expect((await rejection(run)).errors).toEqual([boom]);
  });

  it('is an error in which the body wrapped that of its task', async () => {
    const boom = new Error('boom');
    const error = await rejection(
      TaskGroup.run(async (group) => {
        const task = group.createTask(() => Promise.reject(boom));
        await task.then(undefined, (cause: unknown) => {
          throw new Error('wrapped', { cause });
        });
      }),
    );
    expect(error.errors.map(String)).toEqual(['Error: boom', 'Error: wrapped']);
  });

  it('is each of two tasks that throw the same object', async () => {
    const boom = new Error('boom');
    const error = await rejection(
      TaskGroup.run((group) => {
        group.createTask(() => Promise.reject(boom));
        group.createTask(() => Promise.reject(boom));
      }),
    );
    expect(error.errors).toEqual([boom, boom]);
  });

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['a string', 'no'],
    ['a symbol', Symbol('s')],
    ['a frozen error', Object.freeze(new Error('cold'))],
    ['an object without a prototype', Object.create(null) as object],
  ])('may be any value, kept as it is: %s', async (_, value) => {
    const error = await rejection(
      TaskGroup.run((group) => {
        group.createTask(() => Promise.reject(value as Error));
        group.createTask(({ signal }) => untilAborted(signal));
      }),
    );
    expect(error.errors).toHaveLength(1);
    expect(error.errors[0]).toBe(value);
  });

  it.each([
    [
      'a proxy that was revoked',
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      },
    ],
    [
      'an error whose message throws',
      () =>
        Object.defineProperty(new Error('hidden'), 'message', {
          get: () => {
            throw new Error('no message');
          },
        }),
    ],
  ])('may be %s, thrown at once: the group ends, and has it', async (_, make) => {
    const thrown: unknown = make();
    const run = TaskGroup.run((group) => {
      group.createTask((): never => {
        throw thrown;
      });
    });
    const error = await rejection(run);
    expect(error.errors.length === 1 && Object.is(error.errors[0], thrown)).toBe(true);
  });

  it('may be an object whose every property throws', async () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const error = await rejection(
      TaskGroup.run((group) => {
        group.cancel();
        throw proxy;
      }),
    );
    expect(error.errors[0]).toBe(proxy);
  });
});

describe('F5: onTaskError supervises', () => {
  it('is handed the failure and its task, and nothing is cancelled', async () => {
    const boom = new Error('boom');
    const handed: [unknown, Task<unknown>][] = [];
    let failed: Task<unknown> | undefined;
    const value = await TaskGroup.run(
      async (group) => {
        failed = group.createTask(() => Promise.reject(boom));
        await turn();
        expect(group.state).toBe('open');
        return group.createTask(() => 'next');
      },
      { onTaskError: (error, task) => void handed.push([error, task]) },
    );
    expect(value).toBe('next');
    expect(handed).toHaveLength(1);
    expect(handed[0]?.[0]).toBe(boom);
    expect(handed[0]?.[1]).toBe(failed);
    expect(failed?.status).toBe('rejected');
  });

  it('fails the group when it throws', async () => {
    const worse = new Error('worse');
    const error = await rejection(
      TaskGroup.run((group) => void group.createTask(() => Promise.reject(new Error('boom'))), {
        onTaskError: () => {
          throw worse;
        },
      }),
    );
    expect(error.errors).toEqual([worse]);
  });

  it('does not see cancellations, nor the failure of the body', async () => {
    const handed: unknown[] = [];
    const boom = new Error('boom');
    const error = await rejection(
      TaskGroup.run(
        (group) => {
          group.createTask(({ signal }) => untilAborted(signal));
          throw boom;
        },
        { onTaskError: (error) => void handed.push(error) },
      ),
    );
    expect(error.errors).toEqual([boom]);
    expect(handed).toEqual([]);
  });

  it('makes a supervised error count when the body lets it through', async () => {
    const boom = new Error('boom');
    const error = await rejection(
      TaskGroup.run((group) => group.createTask(() => Promise.reject(boom)), {
        onTaskError: () => {},
      }),
    );
    expect(error.errors).toEqual([boom]);
  });
});
