import { getEventListeners } from 'node:events';

import { type TaskContext, TaskGroup, TaskGroupError } from 'mooring';
import { describe, expect, it } from 'vitest';
import { deferred, isSettled, rejection, turn, untilAborted } from '../support/promises.js';

const boom = new Error('boom');

/** A source that tells what was done to it. */
class Source {
  pulled = 0;
  closed = 0;
  readonly length: number;
  constructor(length: number) {
    this.length = length;
  }
  *[Symbol.iterator](): Generator<number> {
    try {
      while (this.pulled < this.length) yield this.pulled++;
    } finally {
      this.closed++;
    }
  }
  async *async(): AsyncGenerator<number> {
    for (const n of this) yield (await turn(), n);
  }
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('TaskGroup.mapIterable', () => {
  it.each([1, 2, 3, undefined])(
    'gives results in the order of the items, limit %s',
    async (limit) => {
      const slowFirst = async (n: number): Promise<number> => {
        for (let i = 5; i > n; i--) await turn();
        return n * 2;
      };
      const expected = [0, 2, 4, 6, 8, 10, 12, 14];
      expect(await collect(TaskGroup.mapIterable(new Source(8), slowFirst, { limit }))).toEqual(
        expected,
      );
      expect(
        await collect(TaskGroup.mapIterable(new Source(8).async(), slowFirst, { limit })),
      ).toEqual(expected);
      expect(await collect(TaskGroup.mapIterable([], slowFirst, { limit }))).toEqual([]);
    },
  );

  it('gives a result as soon as it is there, though the source has more to wait for', async () => {
    const gate = deferred();
    async function* source(): AsyncGenerator<number> {
      yield 1;
      await gate.promise;
      yield 2;
    }
    const results = TaskGroup.mapIterable(source(), (n) => n)[Symbol.asyncIterator]();
    expect(await results.next()).toEqual({ done: false, value: 1 });
    const second = results.next();
    expect(await isSettled(second)).toBe(false);
    gate.resolve();
    expect(await second).toEqual({ done: false, value: 2 });
    expect((await results.next()).done).toBe(true);
  });

  it('begins when the first is asked for, and holds the source back', async () => {
    const source = new Source(20);
    const mapped = TaskGroup.mapIterable(source, (n) => n, { limit: 3 });
    await turn();
    expect(source.pulled).toBe(0);
    let taken = 0;
    let most = 0;
    for await (const n of mapped) {
      expect(n).toBe(taken++);
      for (let i = 0; i < 3; i++) await turn();
      most = Math.max(most, source.pulled - taken);
    }
    expect(taken).toBe(20);
    expect(most).toBeLessThanOrEqual(3);
  });

  it.each(['break', 'throw'] as const)(
    'cancels what is in flight, awaits it and closes the source when the loop is left by %s',
    async (way) => {
      const source = new Source(20);
      const gate = deferred();
      let cut = 0;
      const left = (async () => {
        const mapped = TaskGroup.mapIterable(
          source,
          async (n, { signal }) => {
            if (n > 1) await untilAborted(signal).finally(() => (cut++, gate.promise));
            return n;
          },
          { limit: 4 },
        );
        for await (const n of mapped) {
          if (n === 1 && way === 'break') break;
          if (n === 1) throw boom;
        }
      })();
      const ended = way === 'break' ? left : rejection(left);
      expect(await isSettled(ended)).toBe(false);
      expect(cut).toBeGreaterThan(0);
      gate.resolve();
      expect(await ended).toBe(way === 'break' ? undefined : boom);
      expect(source.closed).toBe(1);
    },
  );

  it('tells what fails while the loop is left', async () => {
    const left = (async () => {
      const mapped = TaskGroup.mapIterable([0, 1], (n, context) =>
        n === 0 ? n : untilAborted(context.signal).catch(() => Promise.reject(boom)),
      );
      for await (const n of mapped) if (n === 0) break;
    })();
    const error = await rejection(left);
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.errors).toEqual([boom]);
  });

  it('never tells who leaves of his leaving, whenever the parent is cancelled meanwhile', async () => {
    for (let delay = 0; delay < 24; delay++) {
      const parent = new AbortController();
      const stop = new Error('stop');
      const work = async (n: number, { signal }: TaskContext): Promise<number> => {
        if (n === 0) return n;
        await untilAborted(signal).catch(() => {});
        void Promise.resolve().then(async () => {
          for (let left = delay; left > 0; left--) await Promise.resolve();
          parent.abort(stop);
        });
        throw signal.reason as Error;
      };
      const options = { signal: parent.signal, limit: 2 };
      const loop = async (): Promise<void> => {
        for await (const n of TaskGroup.mapIterable([0, 1, 2], work, options)) if (n === 0) break;
      };
      const outcome = await loop().catch((error: unknown) => error);
      expect([undefined, stop]).toContain(outcome);
    }
  });

  it('gives the results before a failure, then rejects once all have ended', async () => {
    const seen: number[] = [];
    const gate = deferred();
    const looped = (async () => {
      const mapped = TaskGroup.mapIterable(
        [0, 1, 2, 3],
        async (n, { signal }) => {
          await turn();
          if (n === 2) throw boom;
          if (n === 3) await untilAborted(signal).finally(() => gate.promise);
          return n;
        },
        { limit: 4 },
      );
      for await (const n of mapped) seen.push(n);
    })();
    expect(await isSettled(looped)).toBe(false);
    gate.resolve();
    const error = await rejection(looped);
    expect(error.message).toContain('task #2: Error: boom');
    expect(error.errors).toEqual([boom]);
    expect(seen).toEqual([0, 1]);
  });

  it('rejects with a failure of the source, and is not held up by one that waits', async () => {
    async function* failing(): AsyncGenerator<number> {
      yield 0;
      throw boom;
    }
    expect((await rejection(collect(TaskGroup.mapIterable(failing(), (n) => n)))).errors).toEqual([
      boom,
    ]);
    const listening = async function* ({ signal }: TaskContext): AsyncGenerator<number> {
      yield 0;
      await untilAborted(signal);
    };
    const error = await rejection(
      collect(TaskGroup.mapIterable(listening, () => Promise.reject(boom))),
    );
    expect(error.errors).toEqual([boom]);
  });

  it('rejects with the reason of its parent, before it begins and while it runs', async () => {
    const parent = new AbortController();
    const mapped = collect(
      TaskGroup.mapIterable([1, 2], (_, { signal }) => untilAborted(signal), parent),
    );
    await turn();
    parent.abort('stop');
    expect(await rejection(mapped)).toBe('stop');
    expect(await rejection(collect(TaskGroup.mapIterable([1], (n) => n, parent)))).toBe('stop');
    expect(getEventListeners(parent.signal, 'abort')).toEqual([]);
  });

  it('has no listener before it begins, and leaves none', async () => {
    const parent = new AbortController();
    const mapped = TaskGroup.mapIterable([1, 2], (n) => n, parent);
    expect(getEventListeners(parent.signal, 'abort')).toEqual([]);
    expect(await collect(mapped)).toEqual([1, 2]);
    for await (const n of TaskGroup.mapIterable([1, 2], (n) => n, parent)) if (n === 1) break;
    expect(getEventListeners(parent.signal, 'abort')).toEqual([]);
  });

  it('works under a limit that is shared', async () => {
    let free = 2;
    const waiting: (() => void)[] = [];
    const release = (): void => {
      const next = waiting.shift();
      if (next) next();
      else free++;
    };
    const limit = {
      acquire: async () => {
        if (free > 0) free--;
        else await new Promise<void>((resolve) => waiting.push(resolve));
        return { release };
      },
    };
    expect(
      await collect(TaskGroup.mapIterable(new Source(9), (n) => turn().then(() => n), { limit })),
    ).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(free).toBe(2);
  });

  it('looks at its arguments when it is called', () => {
    expect(() => TaskGroup.mapIterable(5 as never, () => 1)).toThrow(TypeError);
    expect(() => TaskGroup.mapIterable([], 5 as never)).toThrow(TypeError);
    expect(() => TaskGroup.mapIterable([], () => 1, { limit: 0 })).toThrow(RangeError);
  });
});
