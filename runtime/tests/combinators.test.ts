import { TaskGroup, TaskGroupError, timeout, type TaskContext } from 'mooring';
import { describe, expect, it } from 'vitest';
import { deferred, isSettled, rejection, turn, untilAborted } from './support/promises.js';

const wait = ({ signal }: TaskContext): Promise<never> => untilAborted(signal);

describe('TaskGroup.all', () => {
  it('resolves with the values in the order of the functions', async () => {
    const gate = deferred<string>();
    const all = TaskGroup.all([() => gate.promise, () => 2, async () => true]);
    gate.resolve('late');
    expect(await all).toEqual(['late', 2, true]);
  });

  it('resolves with nothing for nothing', async () => {
    expect(await TaskGroup.all([])).toEqual([]);
  });

  it('cancels the others at the first failure, awaits them, and keeps every error', async () => {
    const boom = new Error('boom');
    const dirty = new Error('clean-up');
    const error = await rejection(
      TaskGroup.all([
        () => Promise.reject(boom),
        wait,
        (context) => wait(context).catch(() => Promise.reject(dirty)),
      ]),
    );
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.errors).toEqual([boom, dirty]);
  });

  it('takes any iterable, a limit, a name and a parent', async () => {
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await turn();
      running--;
    };
    await TaskGroup.all(new Set([work, async () => work(), () => work()]), { limit: 2 });
    expect(most).toBe(2);
    const parent = new AbortController();
    const cancelled = TaskGroup.all([wait], { ...parent, signal: parent.signal, name: 'pair' });
    parent.abort('stop');
    expect(await rejection(cancelled)).toBe('stop');
    const failed = TaskGroup.all([() => Promise.reject(new Error('boom'))], { name: 'pair' });
    expect((await rejection(failed)).message).toContain('Task group "pair" failed');
  });

  it('refuses promises before it starts anything', async () => {
    let called = false;
    const error = await rejection(
      TaskGroup.all([() => void (called = true), Promise.resolve(1) as never]),
    );
    expect(error).toBeInstanceOf(TypeError);
    expect(called).toBe(false);
  });

  it('keeps what was finished when it was cancelled from outside', async () => {
    const parent = new AbortController();
    const gate = deferred<number>();
    const all = TaskGroup.all([() => gate.promise, () => 2], parent);
    parent.abort();
    gate.resolve(1);
    expect(await all).toEqual([1, 2]);
  });
});

describe('TaskGroup.allSettled', () => {
  it('resolves with every outcome, and cancels nothing', async () => {
    const boom = new Error('boom');
    const gate = deferred<string>();
    const all = TaskGroup.allSettled([
      () => Promise.reject(boom),
      () => gate.promise,
      () => {
        throw boom;
      },
    ]);
    await turn();
    gate.resolve('late');
    expect(await all).toEqual([
      { status: 'rejected', reason: boom },
      { status: 'fulfilled', value: 'late' },
      { status: 'rejected', reason: boom },
    ]);
  });

  it('rejects with the reason of a parent that cut a task', async () => {
    const parent = new AbortController();
    const all = TaskGroup.allSettled([wait, () => 1], parent);
    parent.abort('stop');
    expect(await rejection(all)).toBe('stop');
  });
});

describe('TaskGroup.any', () => {
  it('resolves with the first value; the others are cancelled and awaited', async () => {
    const gate = deferred();
    const log: string[] = [];
    const any = TaskGroup.any([
      () => Promise.reject(new Error('first')),
      async () => {
        await turn();
        return 'winner';
      },
      (context) =>
        wait(context).finally(async () => {
          await gate.promise;
          log.push('cleaned');
        }),
    ]);
    await turn();
    expect(await isSettled(any)).toBe(false);
    gate.resolve();
    expect(await any).toBe('winner');
    expect(log).toEqual(['cleaned']);
  });

  it('keeps to the first value when another completes in spite of its cancellation', async () => {
    const late = (context: TaskContext): Promise<string> => wait(context).catch(() => 'late');
    expect(await TaskGroup.any([late, () => 'winner'])).toBe('winner');
    expect(await TaskGroup.race([late, () => 'winner'])).toBe('winner');
  });

  it('does not mind what the others throw', async () => {
    const any = TaskGroup.any([
      () => 'winner',
      (context) => wait(context).catch(() => Promise.reject(new Error('clean-up'))),
    ]);
    expect(await any).toBe('winner');
  });

  it('rejects with every error, in the order of the functions, when all fail', async () => {
    const gate = deferred<never>();
    const any = TaskGroup.any([() => gate.promise, () => Promise.reject(new Error('second'))], {
      name: 'mirrors',
    });
    await turn();
    gate.reject(new Error('first'));
    const error = await rejection(any);
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.errors.map(String)).toEqual(['Error: first', 'Error: second']);
    expect(error.message).toContain('Task group "mirrors" failed');
  });

  it('rejects for no function at all, as Promise.any does', async () => {
    const error = await rejection(TaskGroup.any([]));
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.errors).toEqual([]);
  });

  it('rejects with the reason of a parent that cut the tasks', async () => {
    const parent = new AbortController();
    const any = TaskGroup.any([wait, wait], parent);
    parent.abort('stop');
    expect(await rejection(any)).toBe('stop');
  });
});

describe('a cancellation from outside that cuts a task', () => {
  const dirty = new Error('clean-up');
  const soil = (context: TaskContext): Promise<never> =>
    wait(context).catch(() => Promise.reject(dirty));
  const calls: Record<string, (scope: { signal: AbortSignal }) => Promise<unknown>> = {
    all: (scope) => TaskGroup.all([wait, soil], scope),
    allKeyed: (scope) => TaskGroup.allKeyed({ wait, soil }, scope),
    allSettled: (scope) => TaskGroup.allSettled([wait, soil], scope),
    allSettledKeyed: (scope) => TaskGroup.allSettledKeyed({ wait, soil }, scope),
    any: (scope) => TaskGroup.any([wait, soil], scope),
    'any, with onTaskError': ({ signal }) =>
      TaskGroup.any([wait, soil], { signal, onTaskError: () => {} }),
    race: (scope) => TaskGroup.race([wait, soil], scope),
    map: (scope) => TaskGroup.map([wait, soil], (work, context) => work(context), scope),
  };

  it.each(Object.keys(calls))('F1: a failure of a clean-up comes out of %s', async (method) => {
    const parent = new AbortController();
    const call = rejection(calls[method]!(parent));
    parent.abort('stop');
    const error = await call;
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.errors).toEqual([dirty]);
  });

  it('so it does when a deadline cuts, and past a value that nobody gets', async () => {
    const clean = rejection(timeout(1, (deadline) => TaskGroup.allSettled([wait], deadline)));
    const late = rejection(timeout(1, (deadline) => TaskGroup.allSettled([wait, soil], deadline)));
    const parent = new AbortController();
    const won = rejection(
      TaskGroup.any(
        [soil, (context) => wait(context).catch(() => turn()), (context) => wait(context)],
        parent,
      ),
    );
    parent.abort('stop');
    expect((await won).errors).toEqual([dirty]);
    expect((await clean).name).toBe('TimeoutError');
    expect((await late).errors).toEqual([dirty]);
  });

  it('what has failed before is an outcome, given up with the others', async () => {
    const parent = new AbortController();
    const fails = (): Promise<never> => Promise.reject(new Error('refused'));
    const settled = rejection(TaskGroup.allSettled([fails, wait], parent));
    const any = rejection(TaskGroup.any([fails, wait], parent));
    await turn();
    parent.abort('stop');
    expect(await settled).toBe('stop');
    expect(await any).toBe('stop');
  });

  it('X5: where nothing is cut it is an outcome, too', async () => {
    const parent = new AbortController();
    const settled = TaskGroup.allSettled([soil, () => 1], parent);
    parent.abort('stop');
    expect(await settled).toEqual([
      { status: 'rejected', reason: dirty },
      { status: 'fulfilled', value: 1 },
    ]);
  });
});

describe('TaskGroup.race', () => {
  it('resolves with the first to fulfil; the others are cancelled and awaited', async () => {
    const log: string[] = [];
    const race = TaskGroup.race([
      (context) => wait(context).finally(() => void log.push('cleaned')),
      () => 'winner',
    ]);
    expect(await race).toBe('winner');
    expect(log).toEqual(['cleaned']);
  });

  it('rejects when the first to settle fails', async () => {
    const boom = new Error('boom');
    const error = await rejection(
      TaskGroup.race([() => Promise.reject(boom), (context) => wait(context).catch(() => 'late')]),
    );
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.errors).toEqual([boom]);
  });

  it('C7: does not mind what the others throw once the winner is known, and tells onTaskError', async () => {
    const dirty = new Error('clean-up');
    const told: unknown[] = [];
    const works = [
      () => 'winner',
      (context: TaskContext) => wait(context).catch(() => Promise.reject(dirty)),
    ];
    expect(await TaskGroup.race([...works].reverse())).toBe('winner');
    const onTaskError = (error: unknown): void => void told.push(error);
    expect(await TaskGroup.race([...works].reverse(), { onTaskError })).toBe('winner');
    expect(await TaskGroup.any([...works].reverse(), { onTaskError })).toBe('winner');
    expect(told).toEqual([dirty, dirty]);
  });

  it('keeps the failures of clean-up beside the one that has won', async () => {
    const [boom, dirty] = [new Error('boom'), new Error('clean-up')];
    const error = await rejection(
      TaskGroup.race([
        (context) => wait(context).catch(() => Promise.reject(dirty)),
        () => Promise.reject(boom),
      ]),
    );
    expect(error.errors).toEqual([boom, dirty]);
  });

  it('R16: is won by the first that ends while it is started; the rest are not started', async () => {
    let started = 0;
    const race = TaskGroup.race([
      () => 'foo',
      () => (started++, 'bar'),
      () => {
        started++;
        throw new Error('boom');
      },
    ]);
    expect(await race).toBe('foo');
    expect(started).toBe(0);
  });

  it('refuses to race nobody, which would never end', async () => {
    expect(await rejection(TaskGroup.race([]))).toBeInstanceOf(TypeError);
  });
});

describe('C7, R1: the winner keeps its signal', () => {
  /** Something that lives by its signal, as the body of a response does. */
  const opened = (signal: AbortSignal): { read(): string } => ({
    read: () => (signal.aborted ? 'aborted' : 'text'),
  });
  const slow = ({ signal }: TaskContext): Promise<never> => untilAborted(signal);

  it.each(['any', 'race'] as const)('in %s: what it gives stays alive', async (method) => {
    let lost: AbortSignal | undefined;
    const response = await TaskGroup[method]([
      async ({ signal }) => {
        await turn();
        return opened(signal);
      },
      (context) => slow({ signal: (lost = context.signal) }),
    ]);
    expect(lost?.aborted).toBe(true);
    await turn();
    expect(response.read()).toBe('text');
  });

  it('also when it ends while it is started, and when it is one of several that fulfil', async () => {
    const sudden = await TaskGroup.race([({ signal }) => opened(signal), slow]);
    expect(sudden.read()).toBe('text');
    const signals: AbortSignal[] = [];
    const late = ({ signal }: TaskContext): Promise<number> => {
      const index = signals.push(signal) - 1;
      return turn().then(() => index);
    };
    const winner = await TaskGroup.any([late, late, late]);
    expect(signals[winner]!.aborted).toBe(false);
  });

  it('but not when the call rejects after all: nobody gets what it has given', async () => {
    const parent = new AbortController();
    let won: AbortSignal | undefined;
    const race = TaskGroup.race([slow, ({ signal }: TaskContext) => opened((won = signal))], {
      signal: parent.signal,
      onTaskError: () => {},
    });
    parent.abort('stop');
    expect(await rejection(race)).toBe('stop');
    expect(won?.reason).toBe('stop');
  });
});

describe('onTaskError', () => {
  it.each(['all', 'allSettled', 'map', 'mapIterable', 'allKeyed', 'allSettledKeyed'] as const)(
    'is no option of %s, which tells each failure itself',
    async (method) => {
      let called = false;
      const work = (): void => void (called = true);
      const input: unknown = method.endsWith('Keyed') ? { work } : [work];
      const call = async (): Promise<unknown> => {
        const scope = { signal: new AbortController().signal, onTaskError: () => {} };
        const given = (TaskGroup[method] as (...args: unknown[]) => unknown)(
          input,
          ...(method.startsWith('map') ? [work] : []),
          scope,
        );
        return given;
      };
      expect((await rejection(call())).message).toBe(
        'There is no option "onTaskError" here, only signal, limit, name',
      );
      expect(called).toBe(false);
    },
  );
});
