// Programs that went wrong in other people's hands, one `describe` a program.
import { getEventListeners } from 'node:events';
import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';

import {
  abandonOnCancel,
  sleep,
  type Task,
  type TaskContext,
  TaskGroup,
  TaskGroupError,
  timeout,
  TimeoutError,
} from 'mooring';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isCollected, isPrecise } from '../support/garbage.js';
import { deferred, isSettled, rejection, turn, untilAborted } from '../support/promises.js';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('R6: a controller that is not the platform’s', () => {
  it('is no reason for setMaxListeners to fail', async () => {
    const Platform = AbortController;
    // As jsdom and happy-dom have it: no EventTarget of Node's.
    class OtherController {
      readonly #own = new Platform();
      readonly signal = {
        get aborted(): boolean {
          return own().aborted;
        },
        get reason(): unknown {
          return own().reason as unknown;
        },
        addEventListener: (...args: Parameters<AbortSignal['addEventListener']>) =>
          own().addEventListener(...args),
        removeEventListener: (...args: Parameters<AbortSignal['removeEventListener']>) =>
          own().removeEventListener(...args),
      };
      constructor() {
        own = () => this.#own.signal;
      }
      abort(reason?: unknown): void {
        this.#own.abort(reason);
      }
    }
    let own: () => AbortSignal = () => AbortSignal.abort();
    vi.stubGlobal('AbortController', OtherController);
    try {
      expect(await timeout(100_000, ({ signal }) => signal.aborted)).toBe(false);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe('R11: an error of groups in groups in the console', () => {
  it('shows each error once', () => {
    let error = new TaskGroupError([new Error('leaf')], 'level 0');
    for (let level = 1; level < 14; level++) error = new TaskGroupError([error], `level ${level}`);
    const text = inspect(error, { depth: Infinity });
    expect(text.match(/Error: leaf/g)).toHaveLength(1);
    expect(text.match(/level 3/g)).toHaveLength(1);
    expect(text.length).toBeLessThan(100_000);
    expect(error.cause).toBe(error.errors[0]);
  });

  it('keeps to the depth that is asked for, and shows what was added to the error', () => {
    const inner = new TaskGroupError([new Error('leaf')], 'inner');
    const error = Object.assign(new TaskGroupError([inner], 'outer'), { requestId: 7 });
    expect(inspect(error, { depth: 0 })).not.toContain('inner');
    expect(inspect(error)).toContain('requestId: 7');
    expect(inspect({ a: { b: { c: error } } }, { depth: 1 })).not.toContain('outer');
  });

  it('has a message that does not grow without end', () => {
    let error = new TaskGroupError([new Error('leaf')], 'level 0');
    expect(error.leaves().map(String)).toEqual(['Error: leaf']);
    for (let level = 1; level < 20_000; level++) error = new TaskGroupError([error], 'level');
    expect(error.leaves().map(String)).toEqual(['Error: leaf']);
  });
});

describe('R12, C4: a body that awaits what a task of its own was to provide', () => {
  it('is named in the warning when that task has failed', async () => {
    vi.useFakeTimers();
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const port = deferred<number>();
    const run = rejection(
      TaskGroup.run(
        async (group) => {
          group.createTask(() => Promise.reject(new Error('EADDRINUSE')));
          await port.promise;
        },
        { name: 'server' },
      ),
    );
    await vi.advanceTimersByTimeAsync(20_000);
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/^mooring: Task group "server" was cancelled at .* waits for: body$/)],
    ]);
    port.resolve(80);
    expect((await run).errors[0].message).toBe('EADDRINUSE');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not named when it has ended, beside tasks that have not', async () => {
    vi.useFakeTimers();
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const gate = deferred();
    const run = TaskGroup.run((group) => {
      group.createTask(() => gate.promise, { name: 'deaf' });
      group.cancel();
    });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/waits for: task "deaf"$/)]]);
    gate.resolve();
    await run;
  });
});

describe('R13: a promise whose own `then` calls both handlers', () => {
  it('settles its task by the first', async () => {
    const both = (first: 'value' | 'error'): Promise<string> => {
      const promise = Promise.resolve('unused');
      promise.then = ((yes: (value: string) => void, no: (error: unknown) => void) => {
        if (first === 'value') yes('kept');
        no(new Error('boom'));
        yes('late');
        return promise;
      }) as never;
      return promise;
    };
    await TaskGroup.run(async (group) => {
      expect(await group.createTask(() => both('value'))).toBe('kept');
    });
    const error = await rejection(
      TaskGroup.run((group) => void group.createTask(() => both('error'))),
    );
    expect(error.errors.map(String)).toEqual(['Error: boom']);
  });
});

describe('R14: a timer made before fake timers are installed', () => {
  it('does not expire a scope that has ended under them', async () => {
    const real = deferred();
    const scope = timeout(5);
    vi.useFakeTimers();
    scope[Symbol.dispose]();
    vi.useRealTimers();
    setTimeout(real.resolve, 50);
    await real.promise;
    expect(scope.state).toBe('finished');
    expect(scope.signal.aborted).toBe(false);
  });
});

describe('R15: names, classes and copies', () => {
  it('createTask refuses a group or a signal for its options', async () => {
    await TaskGroup.run(
      (group) => {
        const { signal } = group;
        expect(() => group.createTask(() => 1, group)).toThrow(/createTask takes no signal/);
        expect(() => group.createTask(() => 1, { signal } as never)).toThrow(TypeError);
      },
      { name: 'outer' },
    );
  });

  it('split knows an error class of another realm, and asks a function that is none', () => {
    const Foreign = runInNewContext('RangeError') as typeof RangeError;
    const foreign = new Foreign('far');
    const error = new TaskGroupError([new Error('near'), foreign, new RangeError('near')]);
    const [matched, rest] = error.split(Foreign);
    expect(matched?.errors).toEqual([foreign]);
    expect(rest?.errors.map(String)).toEqual(['Error: near', 'RangeError: near']);
    const [all] = error.split(function isError() {
      return true;
    });
    expect(all).toBe(error);
  });

  it('leaves and split go into the errors of another copy of the package', async () => {
    const path = new URL('../../dist/task-group-error.js?copy', import.meta.url).href;
    const copy = (await import(path)) as { TaskGroupError: typeof TaskGroupError };
    const leaf = new RangeError('leaf');
    const theirs = new copy.TaskGroupError([leaf, new Error('other')], 'theirs');
    expect(theirs).not.toBeInstanceOf(TaskGroupError);
    const error = new TaskGroupError([theirs]);
    expect(error.leaves()[0]).toBe(leaf);
    const [matched, rest] = error.split(RangeError);
    expect(matched?.leaves()).toEqual([leaf]);
    expect(rest?.leaves().map(String)).toEqual(['Error: other']);
  });

  it('a task is a text that tells its name', async () => {
    await TaskGroup.run((group) => {
      expect(String(group.createTask(() => 1, { name: 'page' }))).toBe('task "page"');
      expect(`${String(group.createTask(() => 1))}`).toBe('task #1');
    });
  });
});

describe('R17: abandonOnCancel and a promise that never settles', () => {
  it.runIf(isPrecise)('holds nothing of who has given it up', async () => {
    const never = new Promise<never>(() => {});
    const held: WeakRef<object>[] = [];
    const give = async (): Promise<WeakRef<object>> => {
      const scope = new AbortController();
      const reason = new Error('stop');
      const waiting = abandonOnCancel(never, scope);
      scope.abort(reason);
      await rejection(waiting);
      held.push(new WeakRef(waiting), new WeakRef(reason));
      return new WeakRef(scope.signal);
    };
    expect(await isCollected(give)).toBe(true);
    await isCollected(async () => held[0]!);
    expect(held.map((ref) => ref.deref())).toEqual([undefined, undefined]);
  });

  it('serves many who wait for one promise, those who come after its end too', async () => {
    const work = deferred<string>();
    const scopes = [new AbortController(), new AbortController()] as const;
    const first = abandonOnCancel(work.promise, scopes[0]);
    const second = abandonOnCancel(work.promise, scopes[1]);
    scopes[0].abort('stop');
    expect(await rejection(first)).toBe('stop');
    work.resolve('done');
    expect(await second).toBe('done');
    expect(await abandonOnCancel(work.promise, scopes[1])).toBe('done');
    expect(getEventListeners(scopes[1].signal, 'abort')).toEqual([]);
  });

  it('a late error that another heard is not reported as well', async () => {
    const reported: unknown[] = [];
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
    const work = deferred();
    const [gone, stays] = [new AbortController(), new AbortController()];
    const left = rejection(abandonOnCancel(work.promise, gone));
    const kept = rejection(abandonOnCancel(work.promise, stays));
    gone.abort();
    await left;
    const boom = new Error('boom');
    work.reject(boom);
    expect(await kept).toBe(boom);
    await turn();
    expect(reported).toEqual([]);
    vi.unstubAllGlobals();
  });
});

describe('R18: map over a source that waits', () => {
  const boom = new Error('boom');

  it('ends a source that listens to the scope of the map', async () => {
    let closed = false;
    async function* source({ signal }: TaskContext): AsyncGenerator<number> {
      try {
        yield 1;
        await untilAborted(signal);
      } finally {
        closed = true;
      }
    }
    const error = await rejection(TaskGroup.map(source, () => Promise.reject(boom), { limit: 2 }));
    expect(error.errors).toEqual([boom]);
    expect(closed).toBe(true);
  });

  it('waits for one that does not', async () => {
    const gate = deferred();
    async function* source(): AsyncGenerator<number> {
      yield 1;
      await gate.promise;
    }
    const mapped = rejection(TaskGroup.map(source(), () => Promise.reject(boom), { limit: 2 }));
    expect(await isSettled(mapped)).toBe(false);
    gate.resolve();
    expect((await mapped).errors).toEqual([boom]);
  });

  it('refuses a function that gives no iterable', async () => {
    const error = await rejection(TaskGroup.map((() => 5) as never, () => 1));
    expect(error.errors[0].message).toContain('items must be iterable');
  });
});

describe('F5, R19, R22: onTaskError', () => {
  const boom = new Error('boom');

  it('is not told of an error that the caller has caught from the awaited task', async () => {
    const told: unknown[] = [];
    await TaskGroup.run(
      async (group) => {
        const awaited = group.createTask(() => turn().then(() => Promise.reject(boom)));
        const handled = group.createTask(() => turn().then(() => Promise.reject(boom)));
        const caught = handled.catch((error: unknown) => error);
        expect(await rejection(awaited)).toBe(boom);
        expect(await caught).toBe(boom);
        expect(told).toEqual([]);
        group.createTask(() => Promise.reject(boom));
        // Looks at the value alone.
        void group.createTask(() => turn().then(() => Promise.reject<number>(boom))).then(Number);
      },
      { onTaskError: (error) => void told.push(error) },
    );
    expect(told).toEqual([boom, boom]);
  });

  it('is told of the failures that Promise.all drops, of whatever kind the first was', async () => {
    const told: unknown[] = [];
    const fail = (error: unknown, turns = 1) =>
      Array.from({ length: turns })
        .reduce<Promise<unknown>>((ends) => ends.then(turn), turn())
        .then(() => Promise.reject<number>(error));
    await TaskGroup.run(
      async (group) => {
        const all = ['a', 'b', 'c'].map((error) => group.createTask(() => fail(error)));
        expect(await rejection(Promise.all(all))).toBe('a');
        await turn();
        expect(told).toEqual(['b', 'c']);

        const late = [group.createTask(() => fail('d')), group.createTask(() => fail('e', 3))];
        await late[0]!.join();
        expect(await rejection(Promise.all(late))).toBe('d');
        await late[1]!.join();
        expect(told).toEqual(['b', 'c', 'd', 'e']); // Of `d` before anybody had asked for it.

        const alone = group.createTask(({ signal }) => untilAborted(signal));
        const beside = group.createTask(() => fail('f'));
        const both = rejection(Promise.all([alone, beside]));
        await turn();
        alone.cancel();
        expect((await both).name).toBe('AbortError');
        await beside.join();
        expect(told.slice(4)).toEqual(['f']);
      },
      { onTaskError: (error) => void told.push(error) },
    );
  });

  it('is not told of what is caught from tasks that are awaited one by one, or by catch()', async () => {
    const told: unknown[] = [];
    const fails = () => turn().then(() => Promise.reject<number>(boom));
    await TaskGroup.run(
      async (group) => {
        const both = [group.createTask(fails), group.createTask(fails)].map((task) =>
          task.catch(() => {}),
        );
        await Promise.all(both);
        const one = group.createTask(fails);
        const other = group.createTask(() => turn().then(turn).then(fails));
        const seen = rejection(Promise.all([one, other]));
        await turn();
        // Asked for again, alone.
        await rejection(other);
        await seen;
        for (const task of [group.createTask(fails)]) await rejection(task);
      },
      { onTaskError: (error) => void told.push(error) },
    );
    expect(told).toEqual([]);
  });

  it('may be async: the group waits for it, and what it rejects with is a failure', async () => {
    const gate = deferred();
    const run = TaskGroup.run((group) => void group.createTask(() => Promise.reject(boom)), {
      onTaskError: () => gate.promise,
    });
    expect(await isSettled(run)).toBe(false);
    gate.resolve();
    await run;
    const worse = new Error('worse');
    const error = await rejection(
      TaskGroup.run((group) => void group.createTask(() => Promise.reject(boom)), {
        onTaskError: async () => {
          await turn();
          throw worse;
        },
      }),
    );
    expect(error.errors).toEqual([worse]);
  });
});

describe('R22: options that there are not', () => {
  it.each([
    ['run', () => TaskGroup.run(() => 1, { concurrency: 2 } as never)],
    ['map', () => TaskGroup.map([1], (n) => n, { concurrency: 2 } as never)],
    [
      'map, beside a signal',
      () =>
        TaskGroup.map([1], (n) => n, {
          signal: new AbortController().signal,
          concurrency: 2,
        } as never),
    ],
    ['all', () => TaskGroup.all([], { concurrency: 2 } as never)],
    ['timeout', () => timeout(5, () => 1, { concurrency: 2 } as never)],
    ['sleep', () => sleep(5, { concurrency: 2 } as never)],
    [
      'createTask',
      () =>
        TaskGroup.run((group) => void group.createTask(() => 1, { concurrency: 2 } as never)).catch(
          (error: TaskGroupError) => Promise.reject(error.errors[0]),
        ),
    ],
  ])('%s names them', async (_, call) => {
    const error = await rejection((async () => call())());
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/no option "concurrency"/);
  });

  it('are allowed in a scope of whatever shape', async () => {
    const { signal } = new AbortController();
    const request = { signal, queryKey: ['user'], meta: undefined };
    expect(await TaskGroup.run(() => 1, request)).toBe(1);
    expect(await timeout(1_000, () => 1, request)).toBe(1);
  });
});

describe('R22, T5: the stack of a TimeoutError', () => {
  it('leads to the line of the call', async () => {
    const late = await rejection(timeout(0, () => 1));
    expect(late).toBeInstanceOf(TimeoutError);
    expect(late.stack).toMatch(
      /^TimeoutError: The deadline had passed\n +at .*rows\.test\.ts:\d+:\d+/,
    );
    const deadline = timeout(60_000);
    deadline.reschedule(0);
    expect((deadline.signal.reason as Error).stack).toMatch(/rows\.test\.ts/);
  });

  it('is left as it is in production', async () => {
    // The line is looked up once a process: see the tests of call sites.
    const error: Task<unknown> | Error = new TimeoutError('late');
    expect(String(error)).toBe('TimeoutError: late');
  });
});
