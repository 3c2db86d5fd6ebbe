import {
  CancelledError,
  isCancellation,
  type Task,
  TaskGroup,
  timeout,
  TaskGroupError,
} from 'mooring';
import { describe, expect, it } from 'vitest';
import { deferred, isSettled, rejection, turn, untilAborted } from './support/promises.js';

describe('C1: what cancels a group', () => {
  it('is cancel(), and every task and the group see the same reason', async () => {
    const reason = { because: 'enough' };
    const seen: unknown[] = [];
    await TaskGroup.run((group) => {
      for (let i = 0; i < 3; i++) {
        group.createTask(({ signal }) => untilAborted(signal).catch((e: unknown) => seen.push(e)));
      }
      group.cancel(reason);
      expect(group.state).toBe('cancelling');
      expect(group.signal.reason).toBe(reason);
    });
    expect(seen).toEqual([reason, reason, reason]);
    expect(new Set(seen).size).toBe(1);
  });

  it('is the parent, whose reason is handed on', async () => {
    const parent = new AbortController();
    const reason = new Error('shutdown');
    let seen: unknown;
    const run = TaskGroup.run((group) => {
      group.createTask(async ({ signal }) => {
        await untilAborted(signal).catch((error: unknown) => {
          seen = error;
          throw error;
        });
      });
    }, parent);
    parent.abort(reason);
    expect(await rejection(run)).toBe(reason);
    expect(seen).toBe(reason);
  });

  it('is a group handed on as the parent, whose name and other options are not', async () => {
    await TaskGroup.run(
      (outer) =>
        TaskGroup.run((inner) => {
          expect(inner.name).toBe(undefined);
          outer.cancel('stop');
          expect(inner.signal.reason).toBe('stop');
        }, outer),
      { name: 'outer' },
    );
  });

  it('keeps the first reason', async () => {
    const parent = new AbortController();
    await TaskGroup.run((group) => {
      group.cancel('first');
      group.cancel('second');
      parent.abort('third');
      expect(group.signal.reason).toBe('first');
    }, parent);
  });

  it('makes a CancelledError when nobody gives a reason', async () => {
    await TaskGroup.run(
      (group) => {
        group.cancel();
        expect(group.signal.reason).toBeInstanceOf(CancelledError);
        expect(group.signal.reason).toMatchObject({
          name: 'AbortError',
          code: 'ABORT_ERR',
          message: 'Task group "import" was cancelled',
        });
      },
      { name: 'import' },
    );
  });

  it('takes null for a reason', async () => {
    await TaskGroup.run((group) => {
      group.createTask(({ signal }) => untilAborted(signal));
      group.cancel(null);
      expect(group.signal.reason).toBe(null);
    });
  });

  it('does nothing to a group that is closed', async () => {
    let closed: TaskGroup | undefined;
    await TaskGroup.run((group) => void (closed = group));
    closed?.cancel();
    expect(closed?.state).toBe('closed');
    expect(closed?.signal.aborted).toBe(false);
  });

  it('aborts a signal that is first read after the cancellation', async () => {
    await TaskGroup.run((group) => {
      const gate = deferred();
      group.createTask(async (context) => {
        await gate.promise;
        expect(context.signal.aborted).toBe(true);
        expect(context.signal.reason).toBe('stop');
      });
      group.cancel('stop');
      gate.resolve();
    });
  });

  it('lets an abort listener cancel again, and cancel other tasks', async () => {
    await TaskGroup.run((group) => {
      const other = group.createTask(({ signal }) => untilAborted(signal));
      group.createTask(({ signal }) => {
        signal.addEventListener('abort', () => {
          group.cancel('again');
          other.cancel('other');
        });
        return untilAborted(signal);
      });
      group.cancel('once');
    });
  });
});

describe('C2: what counts as the cancellation', () => {
  it('is the reason itself', async () => {
    await TaskGroup.run(async (group) => {
      group.createTask(({ signal }) => untilAborted(signal));
      group.cancel(new Error('stop'));
    });
  });

  it('is an AbortError without a cause while the signal is aborted', async () => {
    await TaskGroup.run((group) => {
      group.createTask(async ({ signal }) => {
        await untilAborted(signal).catch(() => {
          throw new DOMException('old style', 'AbortError');
        });
      });
      group.cancel(new Error('stop'));
    });
  });

  it('is not an AbortError while the signal is not aborted', async () => {
    const stray = new DOMException('mine', 'AbortError');
    const error = await rejection(
      TaskGroup.run((group) => void group.createTask(() => Promise.reject(stray))),
    );
    expect(error.errors).toEqual([stray]);
  });

  it('is not an AbortError that carries the cause of somebody else', async () => {
    const stray = Object.assign(new Error('stray', { cause: new Error('other') }), {
      name: 'AbortError',
    });
    const error = await rejection(
      TaskGroup.run((group) => {
        group.createTask(({ signal }) => untilAborted(signal).catch(() => Promise.reject(stray)));
        group.cancel();
      }),
    );
    expect(error.errors).toEqual([stray]);
  });

  it('is what isCancellation tells of any scope', () => {
    const controller = new AbortController();
    const reason = new Error('stop');
    expect(isCancellation(reason, controller)).toBe(false);
    expect(isCancellation(undefined, controller)).toBe(false);
    controller.abort(reason);
    expect(isCancellation(reason, controller)).toBe(true);
    expect(isCancellation(new Error('rollback', { cause: reason }), controller)).toBe(false);
    expect(isCancellation(new DOMException('', 'AbortError'), controller)).toBe(true);
    expect(isCancellation(new Error('other'), controller)).toBe(false);
    expect(isCancellation(undefined, controller)).toBe(false);
    expect(isCancellation(null, controller)).toBe(false);
  });
});

describe('C3: cancelling one task', () => {
  it('cuts this task alone; the group goes on and has a value', async () => {
    const value = await TaskGroup.run(async (group) => {
      const doomed = group.createTask(({ signal }) => untilAborted(signal), { name: 'doomed' });
      doomed.cancel();
      const error = await rejection(doomed);
      expect(error).toBeInstanceOf(CancelledError);
      expect(error.message).toBe('task "doomed" was cancelled');
      expect(doomed.status).toBe('cancelled');
      expect(group.state).toBe('open');
      return group.createTask(() => 'done');
    });
    expect(value).toBe('done');
  });

  it('hands its reason to the signal, and to the error as the cause', async () => {
    await TaskGroup.run(async (group) => {
      let seen: unknown;
      const task = group.createTask(({ signal }) =>
        untilAborted(signal).catch((error: unknown) => {
          seen = error;
          throw error;
        }),
      );
      task.cancel('too slow');
      const error = await rejection(task);
      expect(seen).toBe('too slow');
      expect(error).toBeInstanceOf(CancelledError);
      expect(error.cause).toBe('too slow');
    });
  });

  it('is a failure like any other when the body lets it through', async () => {
    const error = await rejection(
      TaskGroup.run(async (group) => {
        const task = group.createTask(({ signal }) => untilAborted(signal));
        task.cancel();
        await task;
      }),
    );
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.errors[0]).toBeInstanceOf(CancelledError);
  });

  it('keeps the value of a task that completes nevertheless', async () => {
    await TaskGroup.run(async (group) => {
      const task = group.createTask(({ signal }) => untilAborted(signal).catch(() => 'kept'));
      task.cancel();
      expect(await task).toBe('kept');
      expect(task.status).toBe('fulfilled');
    });
  });

  it('fails the group when the task fails for another reason', async () => {
    const boom = new Error('boom');
    const error = await rejection(
      TaskGroup.run((group) => {
        const task = group.createTask(({ signal }) =>
          untilAborted(signal).catch(() => Promise.reject(boom)),
        );
        task.cancel();
      }),
    );
    expect(error.errors).toEqual([boom]);
  });

  it('does nothing to a task that has settled, or was cancelled before', async () => {
    await TaskGroup.run(async (group) => {
      const done = group.createTask(() => 1);
      done.cancel();
      expect(done.status).toBe('fulfilled');
      const task = group.createTask(({ signal }) => untilAborted(signal));
      task.cancel('first');
      task.cancel('second');
      expect((await rejection(task)).cause).toBe('first');
    });
  });

  it('keeps its own reason when the group is cancelled after it', async () => {
    await TaskGroup.run(async (group) => {
      let signal: AbortSignal | undefined;
      const task = group.createTask((context) => {
        signal = context.signal;
        return untilAborted(context.signal);
      });
      task.cancel('alone');
      group.cancel('together');
      expect(signal?.reason).toBe('alone');
      expect((await rejection(task)).cause).toBe('alone');
    });
  });
});

describe('C4: a group never abandons a task', () => {
  it('waits for one that ignores its signal, and shows it', async () => {
    const gate = deferred();
    let deaf: Task<unknown> | undefined;
    let group: TaskGroup | undefined;
    const run = TaskGroup.run((g) => {
      group = g;
      deaf = g.createTask(() => gate.promise, { name: 'deaf' });
      g.createTask(() => Promise.reject(new Error('boom')));
    });
    run.catch(() => {});
    expect(await isSettled(run)).toBe(false);
    expect([...group!.pending]).toEqual([deaf]);
    gate.resolve();
    await rejection(run);
    expect([...group!.pending]).toEqual([]);
  });

  it('is not interrupted by a second cancellation', async () => {
    const gate = deferred();
    const parent = new AbortController();
    let aborts = 0;
    const run = TaskGroup.run((group) => {
      group.createTask(async ({ signal }) => {
        signal.addEventListener('abort', () => aborts++);
        await untilAborted(signal).catch(() => gate.promise);
      });
      group.cancel();
    }, parent);
    await turn();
    parent.abort();
    expect(await isSettled(run)).toBe(false);
    gate.resolve();
    await run;
    expect(aborts).toBe(1);
  });
});

// Clients copy what they are given as options in one of these ways; each row is one of them.
describe('a scope that is copied keeps its signal', () => {
  const copies: Record<string, (scope: { signal: AbortSignal }) => { signal?: AbortSignal }> = {
    'by a spread (axios, execa, openai)': (scope) => ({ ...scope }),
    'by Object.assign (undici)': (scope) => Object.assign({}, scope),
    'by its keys (axios)': (scope) =>
      Object.fromEntries(Object.keys(scope).map((key) => [key, scope[key as 'signal']])),
    'by for…in (got, fs)': (scope) => {
      const copy: { signal?: AbortSignal } = {};
      for (const key in scope) copy[key as 'signal'] = scope[key as 'signal'];
      return copy;
    },
    'by a rest (ky)': ({ ...copy }) => copy,
  };

  it.each(Object.keys(copies))('%s', async (name) => {
    const copy = copies[name]!;
    const scopes: { signal: AbortSignal }[] = [];
    const copied: { signal?: AbortSignal }[] = [];
    const see = (scope: { signal: AbortSignal }): void => {
      // Before anything has read its signal.
      copied.push(copy(scope));
      scopes.push(scope);
    };
    await TaskGroup.run(async (group) => {
      see(group);
      group.createTask(see);
      group.createTask(see, { background: true });
      await group.start<void>((context, ready) => {
        see(context);
        ready();
      });
      await TaskGroup.map([1], (_item, context) => see(context));
      await timeout(60_000, see);
      using deadline = timeout(60_000);
      see(deadline);
    });
    await TaskGroup.run(
      (group) => {
        group.createTask(see);
        group.createTask(see, { name: 'queued' });
      },
      { limit: 1 },
    );
    await TaskGroup.all([see, see]);
    await TaskGroup.allKeyed({ see });
    await TaskGroup.allSettled([see]);
    await TaskGroup.race([see]);
    await TaskGroup.any([see]);
    const results = TaskGroup.mapIterable([1], (_item, context) => see(context));
    for await (const result of results) expect(result).toBeUndefined();
    expect(copied).toHaveLength(16);
    for (const [i, { signal }] of copied.entries()) expect(signal).toBe(scopes[i]!.signal);
  });

  it('and has no other name that a client would refuse (got)', async () => {
    await TaskGroup.run(async (group) => {
      const names: string[][] = [Object.keys(group)];
      group.createTask((context) => void names.push(Object.keys(context)));
      await timeout(60_000, (deadline) => void names.push(Object.keys(deadline)));
      expect(names).toEqual([['signal'], ['signal'], ['signal']]);
    });
  });
});
