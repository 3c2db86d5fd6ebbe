import { TaskGroup, TaskGroupError, timeout, TimeoutError } from 'mooring';
import { describe, expect, it } from 'vitest';
import { rejection, turn, untilAborted } from './support/promises.js';

const boom = new Error('boom');

describe('TaskGroup.allKeyed', () => {
  it('resolves with the values under the same keys, without a prototype', async () => {
    const key = Symbol('key');
    const works = { b: async () => (await turn(), 1), a: () => 'two', [key]: () => true };
    const results = await TaskGroup.allKeyed(works);
    expect(Object.getPrototypeOf(results)).toBe(null);
    expect(Reflect.ownKeys(results)).toEqual(['b', 'a', key]);
    expect({ ...results }).toEqual({ b: 1, a: 'two', [key]: true });
    expect(Reflect.ownKeys(await TaskGroup.allKeyed({}))).toEqual([]);
  });

  it('names its tasks, and cancels the others at the first failure', async () => {
    const error = await rejection(
      TaskGroup.allKeyed({
        user: () => Promise.reject(boom),
        posts: ({ signal }) => untilAborted(signal),
      }),
    );
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.message).toBe('Task group failed; task "user": Error: boom');
  });

  it('reads own enumerable keys alone, each once, and starts nothing beside a value', async () => {
    let reads = 0;
    const works = Object.defineProperty(
      Object.create({ inherited: 5 }, { hidden: { value: 5 } }) as object,
      'own',
      { enumerable: true, get: () => (reads++, () => 'value') },
    ) as { own: () => string };
    expect({ ...(await TaskGroup.allKeyed(works)) }).toEqual({ own: 'value' });
    expect(reads).toBe(1);
    let called = false;
    const wrong = { first: () => (called = true), second: Promise.resolve() as never };
    expect(await rejection(TaskGroup.allKeyed(wrong))).toBeInstanceOf(TypeError);
    expect(called).toBe(false);
    expect((await rejection(TaskGroup.allKeyed(5 as never))).message).toContain('got 5');
  });

  it('takes a key that is called __proto__', async () => {
    const works = JSON.parse('{"__proto__": 1}') as Record<string, unknown>;
    Object.defineProperty(works, '__proto__', { value: () => 'kept', enumerable: true });
    const results = await TaskGroup.allKeyed(works as Record<string, () => string>);
    expect(Object.entries(results)).toEqual([['__proto__', 'kept']]);
  });
});

describe('TaskGroup.allSettledKeyed', () => {
  it('resolves with the outcomes, and cancels nothing', async () => {
    const results = await TaskGroup.allSettledKeyed({
      bad: () => Promise.reject(boom),
      good: async () => (await turn(), 1),
    });
    expect(Object.getPrototypeOf(results)).toBe(null);
    expect({ ...results }).toEqual({
      bad: { status: 'rejected', reason: boom },
      good: { status: 'fulfilled', value: 1 },
    });
  });
});

describe('T5: a timeout with a name and a fallback', () => {
  const late = { name: 'profile', fallback: () => 'fallback' };

  it('has the name in its message', async () => {
    const error = await rejection(timeout(0, () => 1, { name: 'profile' }));
    expect(error.message).toBe('The deadline of "profile" had passed');
    const scope = timeout(5, { name: 'idle' });
    await untilAborted(scope.signal).catch(() => {});
    expect((scope.signal.reason as Error).message).toBe('"idle" timed out after 5 ms');
    expect(
      await rejection((async () => timeout(5, () => 1, { name: 5 as never }))()),
    ).toBeInstanceOf(TypeError);
  });

  it('gives the fallback in place of its own TimeoutError, the body called or not', async () => {
    expect(await timeout(0, () => 'body', late)).toBe('fallback');
    const cut = timeout(
      3_600_000,
      (deadline) => {
        const waiting = untilAborted(deadline.signal);
        deadline.reschedule(0);
        return waiting;
      },
      { fallback: async () => (await turn(), 'later') },
    );
    expect(await cut).toBe('later');
  });

  it('gives it in place of nothing else', async () => {
    expect(await timeout(3_600_000, () => 'body', late)).toBe('body');
    expect(await rejection(timeout(3_600_000, () => Promise.reject(boom), late))).toBe(boom);
    const parent = new AbortController();
    const outer = timeout(3_600_000, ({ signal }) => untilAborted(signal), {
      ...late,
      signal: parent.signal,
    });
    parent.abort('stop');
    expect(await rejection(outer)).toBe('stop');
    const both = timeout(0, () => 1, { ...late, signal: parent.signal });
    expect(await rejection(both)).toBe('stop');
    const stray = new TimeoutError('of somebody else');
    expect(await rejection(timeout(3_600_000, () => Promise.reject(stray), late))).toBe(stray);
  });

  it('hides no failure of a clean-up, which comes out as the cause of the TimeoutError', async () => {
    const late = (thrown: (reason: unknown) => unknown): Promise<unknown> =>
      timeout(
        3_600_000,
        async (deadline) => {
          const waiting = untilAborted(deadline.signal);
          deadline.reschedule(0);
          await waiting.catch((reason: unknown) => Promise.reject(thrown(reason)));
        },
        { fallback: () => 'fallback' },
      );
    const dirty = (cause: unknown): Error => new Error('rollback failed', { cause });
    for (const thrown of [
      dirty,
      (reason: unknown) => new AggregateError([reason, dirty(reason)]),
    ]) {
      const error = await rejection(late(thrown));
      expect(error).toBeInstanceOf(TimeoutError);
      expect(error.cause).toMatchObject(thrown(error));
    }
    for (const thrown of [
      (reason: unknown) => reason,
      (reason: unknown) => new AggregateError([reason]),
      () => new DOMException('This operation was aborted', 'AbortError'),
    ]) {
      expect(await late(thrown)).toBe('fallback');
    }
  });

  it('fails as its fallback does, and refuses one that is no function', async () => {
    const fails = timeout(0, () => 1, { fallback: () => Promise.reject(boom) });
    expect(await rejection(fails)).toBe(boom);
    expect(await rejection(timeout(0, () => 1, { fallback: 5 as never }))).toBeInstanceOf(
      TypeError,
    );
    expect(() => timeout(5, { fallback: () => 1 } as never)).toThrow(/no option "fallback"/);
  });
});

describe('works that are no object of functions', () => {
  it.each([
    ['a Map', new Map([['a', () => 1]])],
    ['a promise of them', Promise.resolve({ a: () => 1 })],
    ['a function', () => 1],
    ['a text', 'a'],
  ])('are refused: %s', async (_, works) => {
    for (const method of ['allKeyed', 'allSettledKeyed'] as const) {
      const error = await rejection(TaskGroup[method](works as never));
      expect(error.message).toMatch(/^works must be an object of functions, got /);
    }
  });

  it('may be an object without any', async () => {
    expect({ ...(await TaskGroup.allKeyed({})) }).toEqual({});
    expect({ ...(await TaskGroup.allKeyed(Object.create(null) as object)) }).toEqual({});
  });
});
