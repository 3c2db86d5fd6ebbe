import { type Task, TaskGroup, TaskGroupError, timeout } from 'mooring';
import { describe, expect, it } from 'vitest';
import { deferred, isSettled, rejection, turn, untilAborted } from './support/promises.js';
import { useManualClock } from './support/manual-clock.js';

describe('X1: what the group waits for', () => {
  it('is every task, those that tasks create while it joins included', async () => {
    const log: string[] = [];
    const spawn = (group: TaskGroup, depth: number): void => {
      group.createTask(async () => {
        await turn();
        log.push(`depth ${depth}`);
        if (depth < 3) spawn(group, depth + 1);
      });
    };
    await TaskGroup.run((group) => spawn(group, 0));
    expect(log).toEqual(['depth 0', 'depth 1', 'depth 2', 'depth 3']);
  });

  it('ends at once without tasks', async () => {
    expect(await TaskGroup.run(() => 5)).toBe(5);
  });

  it('is not a background task: that is cancelled when the others are done, and awaited', async () => {
    const log: string[] = [];
    const cleaned = deferred();
    const run = TaskGroup.run(async (group) => {
      group.createTask(
        async ({ signal }) => {
          await untilAborted(signal).catch(async (error: unknown) => {
            log.push('cancelled');
            await cleaned.promise;
            log.push('cleaned');
            throw error;
          });
        },
        { background: true },
      );
      group.createTask(async () => {
        await turn();
        log.push('foreground done');
      });
      return 'value';
    });
    await turn();
    await turn();
    expect(log).toEqual(['foreground done', 'cancelled']);
    cleaned.resolve();
    expect(await run).toBe('value');
    expect(log).toEqual(['foreground done', 'cancelled', 'cleaned']);
  });

  it('waits for what a background task creates while it is cancelled', async () => {
    const log: string[] = [];
    await TaskGroup.run((group) => {
      group.createTask(
        async ({ signal }) => {
          await untilAborted(signal).catch(() => {
            expect(group.state).toBe('joining');
            group.createTask(async () => {
              await turn();
              log.push('flushed');
            });
            group.createTask(
              ({ signal }) => untilAborted(signal).catch(() => void log.push('stopped')),
              { background: true },
            );
          });
        },
        { background: true },
      );
    });
    expect(log).toEqual(['flushed', 'stopped']);
  });

  it('cancels a background task that is created when nothing else is left', async () => {
    const log: string[] = [];
    await TaskGroup.run((group) => {
      group.createTask(
        async ({ signal }) => {
          await untilAborted(signal).catch(() => {});
          await turn();
          group.createTask(
            ({ signal }) => untilAborted(signal).catch(() => void log.push('cancelled')),
            { background: true },
          );
        },
        { background: true },
      );
    });
    expect(log).toEqual(['cancelled']);
  });

  it('starts a background task over the limit, and does not count it', async () => {
    const log: string[] = [];
    await TaskGroup.run(
      (group) => {
        group.createTask(
          ({ signal }) => {
            log.push('background');
            return untilAborted(signal);
          },
          { background: true },
        );
        group.createTask(() => void log.push('foreground'));
      },
      { limit: 1 },
    );
    expect(log).toEqual(['background', 'foreground']);
  });
});

describe('X2: failures outrank everything', () => {
  it('outrank the cancellation of the parent', async () => {
    const parent = new AbortController();
    const dirty = new Error('clean-up');
    const run = TaskGroup.run((group) => {
      group.createTask(({ signal }) => untilAborted(signal).catch(() => Promise.reject(dirty)));
      group.createTask(({ signal }) => untilAborted(signal));
    }, parent);
    parent.abort();
    const error = await rejection(run);
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.errors).toEqual([dirty]);
    expect(parent.signal.aborted).toBe(true);
  });

  it('outrank the value of the body, and its own cancel()', async () => {
    const boom = new Error('boom');
    const error = await rejection(
      TaskGroup.run((group) => {
        group.createTask(({ signal }) => untilAborted(signal).catch(() => Promise.reject(boom)));
        group.cancel();
        return 5;
      }),
    );
    expect(error.errors).toEqual([boom]);
  });

  it('include that of a background task', async () => {
    const boom = new Error('boom');
    const run = TaskGroup.run((group) => {
      group.createTask(() => Promise.reject(boom), { background: true });
      group.createTask(({ signal }) => untilAborted(signal));
    });
    expect((await rejection(run)).errors).toEqual([boom]);
  });
});

describe('X3: a parent that was cancelled and cut something speaks next', () => {
  it('with the same object, when a task was cut', async () => {
    const parent = new AbortController();
    const reason = new Error('shutdown');
    const run = TaskGroup.run((group) => {
      group.createTask(({ signal }) => untilAborted(signal));
      return 'value';
    }, parent);
    parent.abort(reason);
    expect(await rejection(run)).toBe(reason);
  });

  it('when the body was cut', async () => {
    const parent = new AbortController();
    const reason = new Error('shutdown');
    const run = TaskGroup.run((group) => untilAborted(group.signal), parent);
    parent.abort(reason);
    expect(await rejection(run)).toBe(reason);
  });

  it('when a task never got to run', async () => {
    const parent = new AbortController();
    const run = TaskGroup.run(
      (group) => {
        group.createTask(({ signal }) => untilAborted(signal).catch(() => 'completed'));
        group.createTask(() => 'never');
      },
      { signal: parent.signal, limit: 1 },
    );
    parent.abort('shutdown');
    expect(await rejection(run)).toBe('shutdown');
  });

  it('also when the cancel() of the group came first', async () => {
    const parent = new AbortController();
    const gate = deferred();
    const run = TaskGroup.run((group) => {
      group.createTask(async ({ signal }) => {
        await untilAborted(signal).finally(() => gate.promise);
      });
      group.cancel('own');
    }, parent);
    await turn();
    parent.abort('outer');
    gate.resolve();
    expect(await rejection(run)).toBe('outer');
  });

  it('also for a wait that took the signal of the parent, not of the task', async () => {
    const parent = new AbortController();
    const run = TaskGroup.run((group) => {
      group.createTask(() => untilAborted(parent.signal));
      group.cancel('own');
    }, parent);
    await turn();
    parent.abort('outer');
    expect(await rejection(run)).toBe('outer');
  });

  it('but not for a task that was cancelled alone', async () => {
    const parent = new AbortController();
    const gate = deferred();
    const run = TaskGroup.run((group) => {
      const task = group.createTask(({ signal }) =>
        untilAborted(signal).finally(() => gate.promise),
      );
      task.cancel();
      return 'value';
    }, parent);
    await turn();
    parent.abort('outer');
    gate.resolve();
    expect(await run).toBe('value');
  });

  it('but not for a background task: nobody waited for it to complete', async () => {
    const parent = new AbortController();
    const run = TaskGroup.run((group) => {
      group.createTask(({ signal }) => untilAborted(signal), { background: true });
      group.createTask(({ signal }) => untilAborted(signal).catch(() => {}));
      return 'value';
    }, parent);
    parent.abort('outer');
    expect(await run).toBe('value');
  });

  it('through every level of nested groups', async () => {
    const outer = new AbortController();
    const reason = new Error('shutdown');
    const run = TaskGroup.run((a) => {
      a.createTask((context) =>
        TaskGroup.run((b) => {
          b.createTask((context) =>
            TaskGroup.run((c) => void c.createTask(({ signal }) => untilAborted(signal)), context),
          );
        }, context),
      );
    }, outer);
    outer.abort(reason);
    expect(await rejection(run)).toBe(reason);
  });
});

describe('X4: otherwise the outcome of the body', () => {
  it('is its value, also after cancel()', async () => {
    const value = await TaskGroup.run((group) => {
      group.createTask(({ signal }) => untilAborted(signal));
      group.cancel();
      return 42;
    });
    expect(value).toBe(42);
  });

  it('is the reason of cancel(), when that cut the body', async () => {
    const reason = new Error('enough');
    const run = TaskGroup.run(async (group) => {
      group.createTask(() => group.cancel(reason));
      await untilAborted(group.signal);
    });
    expect(await rejection(run)).toBe(reason);
  });

  it('keeps the value of a task that cancels its own group', async () => {
    const value = await TaskGroup.run((group) => {
      const finder = group.createTask(async () => {
        await turn();
        group.cancel();
        return 'found';
      });
      group.createTask(({ signal }) => untilAborted(signal));
      return finder;
    });
    expect(value).toBe('found');
  });

  it('is a body that catches the cancellation and goes on', async () => {
    const value = await TaskGroup.run(async (group) => {
      group.cancel();
      await untilAborted(group.signal).catch(() => {});
      await turn();
      return 'went on';
    });
    expect(value).toBe('went on');
  });
});

describe('X5: finished work is kept', () => {
  it('when the parent was cancelled but everything completed', async () => {
    const parent = new AbortController();
    const gate = deferred();
    let task: Task<string> | undefined;
    const run = TaskGroup.run((group) => {
      task = group.createTask(async () => {
        await gate.promise;
        return 'task';
      });
      return 'body';
    }, parent);
    parent.abort();
    gate.resolve();
    expect(await run).toBe('body');
    expect(await task).toBe('task');
  });
});

describe('X6: a parent that is aborted already', () => {
  it('rejects with its reason, the body not called', async () => {
    const reason = new Error('too late');
    let called = false;
    const run = TaskGroup.run(() => void (called = true), { signal: AbortSignal.abort(reason) });
    expect(await rejection(run)).toBe(reason);
    expect(called).toBe(false);
  });

  it('leaves the constructor a group that takes no task, and a join that rejects', async () => {
    const reason = new Error('too late');
    const group = new TaskGroup({ signal: AbortSignal.abort(reason) });
    expect(group.state).toBe('cancelling');
    expect(() => group.createTask(() => 1)).toThrow(reason);
    expect(await rejection(group.join())).toBe(reason);
    expect(group.state).toBe('closed');
  });
});

describe('of several scopes the outermost speaks', () => {
  const clock = useManualClock();

  it('when it expires while the inner one cleans up', async () => {
    const gate = deferred();
    let innerReason: unknown;
    const run = rejection(
      timeout(200, (outer) =>
        timeout(
          100,
          (inner) =>
            TaskGroup.run((group) => {
              group.createTask(async ({ signal }) => {
                await untilAborted(signal).catch(async (error: unknown) => {
                  innerReason = error;
                  await gate.promise;
                  throw error;
                });
              });
            }, inner),
          outer,
        ),
      ),
    );
    await clock.advance(100);
    await clock.advance(100);
    gate.resolve();
    const error = await run;
    expect(error.message).toBe('Timed out after 200 ms');
    expect((innerReason as Error).message).toBe('Timed out after 100 ms');
  });
});

describe('join()', () => {
  it('waits for the tasks, closes the group, and may be called again', async () => {
    const gate = deferred();
    const group = new TaskGroup();
    group.createTask(() => gate.promise);
    const joined = group.join();
    expect(group.state).toBe('joining');
    expect(await isSettled(joined)).toBe(false);
    gate.resolve();
    await joined;
    expect(group.state).toBe('closed');
    await group.join();
  });

  it('rejects each caller with the same error', async () => {
    const group = new TaskGroup();
    group.createTask(() => Promise.reject(new Error('boom')));
    const [first, second] = await Promise.all([rejection(group.join()), rejection(group.join())]);
    expect(first).toBeInstanceOf(TaskGroupError);
    expect(second).toBe(first);
  });

  it('resolves after cancel()', async () => {
    const group = new TaskGroup();
    group.createTask(({ signal }) => untilAborted(signal));
    group.cancel();
    await group.join();
  });

  it('in a body adds nothing when the body lets its error through', async () => {
    let joined: unknown;
    const error = await rejection(
      TaskGroup.run(async (group) => {
        group.createTask(() => Promise.reject(new Error('boom')));
        await group.join().catch((thrown: unknown) => {
          joined = thrown;
          throw thrown;
        });
      }),
    );
    expect(error).toBe(joined);
  });

  it('in a body does not lose what the body throws afterwards', async () => {
    const error = await rejection(
      TaskGroup.run(async (group) => {
        group.createTask(() => Promise.reject(new Error('boom')));
        await group.join().catch(() => {});
        throw new Error('afterwards');
      }),
    );
    expect(error.errors.map(String)).toEqual(['Error: boom', 'Error: afterwards']);
  });
});
