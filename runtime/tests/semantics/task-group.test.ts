// What the suite of asyncio.TaskGroup says, row by row (G1 …), in terms of promises and signals.
// The subtle rows come first.
import { CancelledError, type Task, TaskGroup, TaskGroupError } from 'mooring';
import { describe, expect, it } from 'vitest';
import { deferred, isSettled, rejection, turn, untilAborted } from '../support/promises.js';

/** A task that ends with its cancellation, and counts how often it was told. */
function listener(seen: unknown[]) {
  return async ({ signal }: { signal: AbortSignal }): Promise<never> => {
    signal.addEventListener('abort', () => seen.push(signal.reason));
    return untilAborted(signal);
  };
}

const fail = (error: unknown) => (): Promise<never> => Promise.reject(error);

describe('subtle', () => {
  it('G3: a task cancelled by hand does not disturb the others', async () => {
    const tasks = await TaskGroup.run(async (group) => {
      const gate = deferred<number>();
      const cancelled = group.createTask(({ signal }) => untilAborted(signal));
      const other = group.createTask(() => gate.promise);
      await turn();
      cancelled.cancel();
      await turn();
      gate.resolve(7);
      return [cancelled, other] as const;
    });
    expect(tasks[0].status).toBe('cancelled');
    expect(await tasks[1]).toBe(7);
  });

  it('G5: of several tasks that fail at once, and the body, all are in the error', async () => {
    const errors = [new Error('a'), new Error('b'), new Error('c')];
    let bodySaw: unknown;
    const error = await rejection(
      TaskGroup.run(async (group) => {
        for (const each of errors) group.createTask(fail(each));
        await untilAborted(group.signal).catch((reason: unknown) => {
          bodySaw = reason;
          throw reason;
        });
      }),
    );
    expect(error.errors).toEqual(errors);
    expect(bodySaw).toBeInstanceOf(CancelledError);
    expect((bodySaw as Error).cause).toBe(errors[0]);
  });

  it('G8: errors of the clean-up outrank a cancellation from outside', async () => {
    const outer = new AbortController();
    const dirty = new Error('finally');
    const run = TaskGroup.run((group) => {
      for (let i = 0; i < 2; i++) {
        group.createTask(({ signal }) => untilAborted(signal).catch(fail(dirty)));
      }
    }, outer);
    outer.abort();
    const error = await rejection(run);
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.errors).toEqual([dirty, dirty]);
  });

  it('G13: a task of the outer group that fails while the inner one joins cuts the inner one', async () => {
    const boom = new Error('outer task');
    const error = await rejection(
      TaskGroup.run(async (outer) => {
        outer.createTask(async () => {
          await turn();
          throw boom;
        });
        await TaskGroup.run((inner) => void inner.createTask(listener([])), outer);
      }),
    );
    expect(error.errors).toEqual([boom]);
  });

  it('G15: clean-up after a cancellation is not cancelled once more by a failure', async () => {
    const outer = new AbortController();
    const gate = deferred();
    const log: string[] = [];
    const run = TaskGroup.run(async (group) => {
      const seen: unknown[] = [];
      group.signal.addEventListener('abort', () => seen.push('abort'));
      group.createTask(({ signal }) => untilAborted(signal).catch(fail(new Error('boom'))));
      await untilAborted(group.signal).catch(() => gate.promise);
      log.push('cleaned', ...seen.map(String));
    }, outer);
    outer.abort();
    await turn();
    gate.resolve();
    expect((await rejection(run)).errors.map(String)).toEqual(['Error: boom']);
    expect(log).toEqual(['cleaned', 'abort']);
  });

  it('G18: a body that turns the cancellation into an error of its own fails with that', async () => {
    const outer = new AbortController();
    const mine = new Error('mine');
    const run = TaskGroup.run((group) => untilAborted(group.signal).catch(fail(mine)), outer);
    outer.abort();
    expect((await rejection(run)).errors).toEqual([mine]);
    expect(outer.signal.aborted).toBe(true);
  });

  it('G19: the error of a body that cleans up is kept, after those of the tasks', async () => {
    const boom = new Error('task');
    const mine = new Error('body');
    const error = await rejection(
      TaskGroup.run(async (group) => {
        group.createTask(fail(boom));
        await untilAborted(group.signal).catch(fail(mine));
      }),
    );
    expect(error.errors).toEqual([boom, mine]);
  });

  it('G24: tasks may create tasks while the body has ended and the group joins', async () => {
    let depth = 0;
    await TaskGroup.run((group) => {
      const spawn = async (): Promise<void> => {
        await turn();
        if (++depth < 5) group.createTask(spawn);
      };
      group.createTask(spawn);
    });
    expect(depth).toBe(5);
  });

  it('G25: tasks that create tasks for ever end when one fails', async () => {
    let created = 0;
    const error = await rejection(
      TaskGroup.run((group) => {
        const spawn = async (): Promise<void> => {
          if (++created === 20) throw new Error('boom');
          await turn();
          group.createTask(spawn);
          group.createTask(spawn);
        };
        group.createTask(spawn);
      }),
    );
    expect(error.errors.map(String)).toEqual(['Error: boom']);
  });

  it('G28: a cancelled task that creates a task gets the reason, which is no second error', async () => {
    const boom = new Error('boom');
    let thrown: unknown;
    const error = await rejection(
      TaskGroup.run((group) => {
        group.createTask(async ({ signal }) => {
          await untilAborted(signal).catch(() => {});
          try {
            group.createTask(() => 'never');
          } catch (reason) {
            thrown = reason;
            throw reason;
          }
        });
        group.createTask(fail(boom));
      }),
    );
    expect(error.errors).toEqual([boom]);
    expect(thrown).toBeInstanceOf(CancelledError);
  });

  it('G29: a resource of the body that fails to close is kept beside the failure', async () => {
    const boom = new Error('boom');
    const stuck = new Error('close');
    const error = await rejection(
      TaskGroup.run(async (group) => {
        group.createTask(fail(boom));
        try {
          await untilAborted(group.signal);
        } finally {
          await fail(stuck)();
        }
      }),
    );
    expect(error.errors).toEqual([boom, stuck]);
  });

  it('G35: inner and outer fail in one turn: each raises its own, and the outer stays cancelled', async () => {
    const innerBoom = new Error('inner');
    const outerBoom = new Error('outer');
    let innerError: unknown;
    const error = await rejection(
      TaskGroup.run(async (outer) => {
        const gate = deferred();
        outer.createTask(() => gate.promise.then(fail(outerBoom)));
        const inner = TaskGroup.run((group) => {
          group.createTask(() => gate.promise.then(fail(innerBoom)));
        }, outer);
        gate.resolve();
        innerError = await rejection(inner);
        expect(outer.signal.aborted).toBe(true);
        outer.signal.throwIfAborted();
      }),
    );
    expect((innerError as TaskGroupError).errors).toEqual([innerBoom]);
    expect(error.errors).toEqual([outerBoom]);
  });

  it('G36: a handled failure does not eat the cancellation that came with it', async () => {
    const outer = new AbortController();
    const run = TaskGroup.run(async (group) => {
      await rejection(
        TaskGroup.run((inner) => {
          inner.createTask(({ signal }) => untilAborted(signal).catch(fail(new Error('boom'))));
        }, group),
      );
      await untilAborted(group.signal);
    }, outer);
    await turn();
    outer.abort('stop');
    expect(await rejection(run)).toBe('stop');
  });

  it('G38: a task is cancelled by the failure of a task it creates while it starts itself', async () => {
    const boom = new Error('grandchild');
    const seen: unknown[] = [];
    const error = await rejection(
      TaskGroup.run((group) => {
        group.createTask((context) => {
          group.createTask(() => {
            throw boom;
          });
          expect(context.signal.aborted).toBe(true);
          return listener(seen)(context);
        });
      }),
    );
    expect(error.errors).toEqual([boom]);
  });

  it('G39: a task that fails at once, under a body that awaits nothing, leaves nothing behind', async () => {
    const outer = new AbortController();
    const run = TaskGroup.run((group) => {
      group.createTask(async () => {
        throw new Error('at once');
      });
      return 'value';
    }, outer);
    expect((await rejection(run)).errors.map(String)).toEqual(['Error: at once']);
    expect(outer.signal.aborted).toBe(false);
    expect(await TaskGroup.run(() => 'next', outer)).toBe('next');
  });
});

describe('the rest', () => {
  it('G1: two tasks created, both waited for, their results readable', async () => {
    const [one, two] = await TaskGroup.run((group) => {
      return [group.createTask(async () => 1), group.createTask(() => turn().then(() => 2))];
    });
    expect([await one, await two]).toEqual([1, 2]);
  });

  it('G2: a task may be created late, when another has settled', async () => {
    const values = await TaskGroup.run(async (group) => {
      const one = group.createTask(() => 1);
      await turn();
      return [await one, await group.createTask(() => 2)];
    });
    expect(values).toEqual([1, 2]);
  });

  it('G4: a failure while the body is done cancels the others', async () => {
    const boom = new Error('boom');
    const seen: unknown[] = [];
    const error = await rejection(
      TaskGroup.run((group) => {
        group.createTask(listener(seen));
        group.createTask(() => turn().then(fail(boom)));
      }),
    );
    expect(error.errors).toEqual([boom]);
    expect(seen).toHaveLength(1);
  });

  it('G6: a cancellation from outside reaches every task once and comes out as it is', async () => {
    const outer = new AbortController();
    const reason = new Error('test');
    const seen: unknown[] = [];
    const run = TaskGroup.run((group) => {
      for (let i = 0; i < 5; i++) group.createTask(listener(seen));
    }, outer);
    outer.abort(reason);
    expect(await rejection(run)).toBe(reason);
    expect(seen).toEqual(Array.from({ length: 5 }, () => reason));
  });

  it('G7: and the body, while it waits', async () => {
    const outer = new AbortController();
    const seen: unknown[] = [];
    const run = TaskGroup.run(async (group) => {
      group.createTask(listener(seen));
      await untilAborted(group.signal);
    }, outer);
    outer.abort('stop');
    expect(await rejection(run)).toBe('stop');
    expect(seen).toEqual(['stop']);
  });

  it('G9: a body that throws cancels the tasks; its error is wrapped like any other', async () => {
    const boom = new Error('boom');
    const seen: unknown[] = [];
    const error = await rejection(
      TaskGroup.run(async (group) => {
        group.createTask(listener(seen));
        await turn();
        throw boom;
      }),
    );
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.errors).toEqual([boom]);
    expect(seen).toHaveLength(1);
  });

  it('G10, P16: a body that throws at once has started its tasks all the same', async () => {
    const log: string[] = [];
    await rejection(
      TaskGroup.run((group) => {
        group.createTask(() => void log.push('ran'));
        throw new Error('boom');
      }),
    );
    expect(log).toEqual(['ran']);
  });

  it('G11, G12: errors of an inner clean-up come out nested', async () => {
    const outer = new AbortController();
    const dirty = new Error('clean-up');
    const seen: unknown[] = [];
    const run = TaskGroup.run((group) => {
      group.createTask(listener(seen));
      group.createTask((context) =>
        TaskGroup.run((inner) => {
          inner.createTask(({ signal }) => untilAborted(signal).catch(fail(dirty)));
        }, context),
      );
    }, outer);
    outer.abort();
    const error = await rejection(run);
    expect(error.errors[0]).toBeInstanceOf(TaskGroupError);
    expect(error.leaves()).toEqual([dirty]);
    expect(seen).toHaveLength(1);
  });

  it('G14: a task of the inner group that fails cancels the tasks of the outer one', async () => {
    const boom = new Error('inner');
    const seen: unknown[] = [];
    const error = await rejection(
      TaskGroup.run(async (outer) => {
        outer.createTask(listener(seen));
        await TaskGroup.run((inner) => void inner.createTask(fail(boom)), outer);
      }),
    );
    expect(error.errors[0]).toBeInstanceOf(TaskGroupError);
    expect(error.leaves()).toEqual([boom]);
    expect(seen).toHaveLength(1);
  });

  it('G16: clean-up is not interrupted a second time, one task further down', async () => {
    const outer = new AbortController();
    const gate = deferred();
    let cleaned = false;
    const run = TaskGroup.run((group) => {
      group.createTask((context) =>
        TaskGroup.run(async (inner) => {
          inner.createTask(({ signal }) => untilAborted(signal).catch(fail(new Error('boom'))));
          await untilAborted(inner.signal).catch(() => gate.promise);
          cleaned = true;
        }, context),
      );
    }, outer);
    outer.abort();
    await turn();
    gate.resolve();
    expect((await rejection(run)).leaves().map(String)).toEqual(['Error: boom']);
    expect(cleaned).toBe(true);
  });

  it('G17, G22: a cancelled body that cleans up and rethrows, without tasks', async () => {
    const outer = new AbortController();
    let cleaned = false;
    const run = TaskGroup.run(async (group) => {
      await untilAborted(group.signal).finally(() => turn().then(() => (cleaned = true)));
    }, outer);
    outer.abort('stop');
    expect(await rejection(run)).toBe('stop');
    expect(cleaned).toBe(true);
  });

  it('G20: any thrown value is carried as it is', async () => {
    const error = await rejection(
      TaskGroup.run((group) => {
        group.createTask(fail('a string'));
        group.createTask(fail(undefined));
      }),
    );
    expect(error.errors).toEqual(['a string', undefined]);
  });

  it('G23: the live tasks grow fewer as tasks end', async () => {
    const counts: number[] = [];
    await TaskGroup.run(async (group) => {
      const gates = [deferred(), deferred(), deferred()];
      for (const gate of gates) group.createTask(() => gate.promise);
      for (const gate of gates) {
        gate.resolve();
        await turn();
        counts.push([...group.pending].length);
      }
    });
    expect(counts).toEqual([2, 1, 0]);
  });

  it('G26: a name is seen on the task and in errors', async () => {
    const error = await rejection(
      TaskGroup.run((group) => {
        const task = group.createTask(fail(new Error('boom')), { name: 'yolo' });
        expect(task.name).toBe('yolo');
      }),
    );
    expect(error.message).toContain('task "yolo"');
  });

  it('G30: groups nest and follow one another', async () => {
    await TaskGroup.run((a) => TaskGroup.run((b) => expect(b).not.toBe(a), a));
    await TaskGroup.run(() => {});
  });

  it('G31: a closed group refuses a task, and does not call its function', async () => {
    const group = new TaskGroup();
    await group.join();
    let called = false;
    expect(() => group.createTask(() => void (called = true))).toThrow(/closed/);
    expect(called).toBe(false);
  });

  it('G34: a parent is untouched by the failure of a group', async () => {
    const outer = new AbortController();
    await rejection(TaskGroup.run(fail(new Error('boom')), outer));
    expect(outer.signal.aborted).toBe(false);
  });

  it('G40: a generator that is returned early runs its clean-up inside the group', async () => {
    const log: string[] = [];
    async function* numbers(): AsyncGenerator<number> {
      try {
        yield 1;
        yield 2;
      } finally {
        await turn();
        log.push('closed');
      }
    }
    await TaskGroup.run(async () => {
      for await (const n of numbers()) if (n === 1) break;
    });
    expect(log).toEqual(['closed']);
  });

  it('joins for as long as it takes', async () => {
    const gate = deferred();
    const run = TaskGroup.run((group) => void group.createTask(() => gate.promise));
    expect(await isSettled(run)).toBe(false);
    gate.resolve();
    await run;
  });

  it('G41: an error that comes too late to be thrown is reported', async () => {
    // The one place where it can happen: abandonOnCancel (tests/abandon-on-cancel.test.ts). A group
    // waits for every task, so none of its errors is late; a task that fails while nobody awaits it
    // is in the error of the group.
    let task: Task<never> | undefined;
    const error = await rejection(
      TaskGroup.run((group) => {
        task = group.createTask(() => turn().then(fail(new Error('late'))));
        group.createTask(fail(new Error('first')));
      }),
    );
    expect(error.errors.map(String)).toEqual(['Error: first', 'Error: late']);
    expect(task?.status).toBe('rejected');
  });
});
