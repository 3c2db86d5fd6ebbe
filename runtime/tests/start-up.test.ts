// F6: `start`, a task that says when it is up.
import { CancelledError, TaskGroup, TaskGroupError } from 'mooring';
import { describe, expect, it } from 'vitest';
import { deferred, isSettled, rejection, turn, untilAborted } from './support/promises.js';

const boom = new Error('boom');
type Scope = { signal: AbortSignal };

describe('F6: start', () => {
  it('resolves with what ready was called with, and the task runs on', async () => {
    const log: unknown[] = [];
    await TaskGroup.run(async (group) => {
      const port = await group.start<number>(async ({ signal }, ready) => {
        await turn();
        ready(80);
        await untilAborted(signal).finally(() => log.push('closed'));
      });
      log.push(port, [...group.pending].length);
      group.cancel();
    });
    expect(log).toEqual([80, 1, 'closed']);
  });

  it('resolves for a function that is up at once, and for one that is not async', async () => {
    await TaskGroup.run(async (group) => {
      expect(await group.start<string>((_, ready) => ready('up'))).toBe('up');
      expect(await group.start<string>(async (_, ready) => ready('up'))).toBe('up');
    });
  });

  it.each([
    [
      'at once',
      () => () => {
        throw boom;
      },
    ],
    [
      'later',
      () => async () => {
        await turn();
        throw boom;
      },
    ],
  ])('rejects with a failure before ready, %s, unwrapped; the group goes on', async (_, make) => {
    const value = await TaskGroup.run(async (group) => {
      expect(await rejection(group.start(make()))).toBe(boom);
      expect(group.state).toBe('open');
      return group.createTask(() => 'goes on');
    });
    expect(value).toBe('goes on');
  });

  it('leaves such a failure to the caller, also of a supervised group', async () => {
    const told: unknown[] = [];
    await TaskGroup.run(
      async (group) => {
        await rejection(group.start(() => Promise.reject(boom)));
      },
      { onTaskError: (error) => void told.push(error) },
    );
    expect(told).toEqual([]);
  });

  it('gives a failure after ready to the group', async () => {
    const error = await rejection(
      TaskGroup.run(async (group) => {
        await group.start<number>(async (_, ready) => {
          ready(1);
          await turn();
          throw boom;
        });
        await untilAborted(group.signal);
      }),
    );
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.errors).toEqual([boom]);
  });

  it('is an error that says so when the task ends without ready', async () => {
    await TaskGroup.run(async (group) => {
      const error = await rejection(group.start(async () => 5, { name: 'server' }));
      expect(error.message).toBe('task "server" has ended, and has never called ready()');
    });
  });

  it('is an error in the task when ready is called twice', async () => {
    const error = await rejection(
      TaskGroup.run(async (group) => {
        await group.start<number>(
          async (_, ready) => {
            ready(1);
            await turn();
            ready(2);
          },
          { name: 'server' },
        );
      }),
    );
    expect(error.errors.map(String)).toEqual(['Error: task "server" has called ready() before']);
  });

  it('cancels the task with the scope of the call until it is ready, and awaits it', async () => {
    const scope = new AbortController();
    const gate = deferred();
    await TaskGroup.run(async (group) => {
      const starting = group.start(
        ({ signal }) => untilAborted(signal).finally(() => gate.promise),
        scope,
      );
      scope.abort('too slow');
      const ending = rejection(starting);
      expect(await isSettled(ending)).toBe(false);
      gate.resolve();
      expect(await ending).toBe('too slow');
      expect(group.state).toBe('open');
      expect(await rejection(group.start(() => {}, scope))).toBe('too slow');
    });
  });

  // Random programs with the seed 108: the task heard of it only when its first step was over.
  it('cancels the task also when that is what cancels the scope, before its first await', async () => {
    const scope = new AbortController();
    await TaskGroup.run(async (group) => {
      let heard: unknown;
      const starting = group.start<number>(({ signal }, ready) => {
        scope.abort('of its own doing');
        heard = signal.reason;
        ready(1);
        signal.throwIfAborted();
      }, scope);
      expect(heard).toBe('of its own doing');
      expect(await rejection(starting)).toBe('of its own doing');
    });
  });

  it('leaves the task alone when that scope is cancelled later, and follows it no longer', async () => {
    const scope = new AbortController();
    await TaskGroup.run(async (group) => {
      let task: AbortSignal | undefined;
      await group.start<number>(({ signal }: Scope, ready) => {
        task = signal;
        ready(1);
        return untilAborted(signal);
      }, scope);
      scope.abort();
      expect(task?.aborted).toBe(false);
      group.cancel();
    });
  });

  it('takes no ready from a task that is on its way out', async () => {
    const scope = new AbortController();
    await TaskGroup.run(async (group) => {
      const starting = group.start<number>(async ({ signal }, ready) => {
        await untilAborted(signal).catch(() => {});
        ready(1);
        throw boom;
      }, scope);
      scope.abort('too slow');
      expect(await rejection(starting)).toBe(boom);
    });
  });

  it('rejects with the cancellation when the group is cancelled, queued or running', async () => {
    for (const limit of [1, 2]) {
      const parent = new AbortController();
      const run = TaskGroup.run(
        async (group) => {
          group.createTask(({ signal }) => untilAborted(signal));
          const starting = group.start(({ signal }) => untilAborted(signal));
          parent.abort('stop');
          await starting;
        },
        { signal: parent.signal, limit },
      );
      expect(await rejection(run)).toBe('stop');
    }
  });

  it('can be cancelled as any task, and is named', async () => {
    await TaskGroup.run(async (group) => {
      const starting = group.start(({ signal }) => untilAborted(signal), { name: 'server' });
      for (const task of group.pending) task.cancel();
      const error = await rejection(starting);
      expect(error).toBeInstanceOf(CancelledError);
      expect(error.message).toBe('task "server" was cancelled');
    });
  });

  it('takes a function, and rejects in a group that takes no more tasks', async () => {
    let late: TaskGroup | undefined;
    await TaskGroup.run(async (group) => {
      late = group;
      expect(await rejection(group.start(Promise.resolve() as never))).toBeInstanceOf(TypeError);
    });
    expect((await rejection(late!.start(() => {}))).message).toContain('is closed');
  });

  it.each([0, 1, 2, 3, 5])(
    'loses no failure to a ready that comes %i jobs after it',
    async (jobs) => {
      const run = TaskGroup.run((group) =>
        group.start(async (_, ready) => {
          let later = Promise.resolve();
          for (let n = 0; n < jobs; n++) later = later.then(() => {});
          void later.then(() => ready(1));
          throw boom;
        }),
      );
      expect((await rejection(run)).errors).toEqual([boom]);
    },
  );

  it('loses none that is thrown at once, with a ready that follows', async () => {
    const run = TaskGroup.run((group) =>
      group.start((_, ready) => {
        queueMicrotask(() => ready(1));
        throw boom;
      }),
    );
    expect((await rejection(run)).errors).toEqual([boom]);
  });

  it('is not up by a ready that comes when the task has ended', async () => {
    await TaskGroup.run(async (group) => {
      let late!: (value: unknown) => void;
      const starting = group.start((_, ready) => void (late = ready));
      late(1);
      expect((await rejection(starting)).message).toMatch(/has ended, and has never called ready/);
    });
  });

  it('leaves what a limit that is out of order throws to the caller', async () => {
    const limit = { acquire: () => Promise.reject(boom) };
    const run = TaskGroup.run((group) => rejection(group.start((_, ready) => ready(1))), { limit });
    expect(await run).toBe(boom);
  });

  it('takes any scope for its options, whatever else that has, and no bare signal', async () => {
    const parent = new AbortController();
    await TaskGroup.run(async (group) => {
      const attempt = { signal: parent.signal, number: 1 };
      const starting = group.start(({ signal }) => untilAborted(signal), attempt);
      parent.abort('stop');
      expect(await rejection(starting)).toBe('stop');
      for (const options of [parent.signal, Promise.resolve(), null, 5, { nmae: 'typo' }]) {
        const refused = group.start((_, ready) => ready(1), options as never);
        expect(await rejection(refused)).toBeInstanceOf(TypeError);
      }
    });
  });
});
