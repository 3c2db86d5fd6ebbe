import { TaskGroup, TaskGroupError } from 'mooring';
import { describe, expect, it } from 'vitest';
import { deferred, isSettled, rejection, turn, untilAborted } from './support/promises.js';

/** A source that tells what was done to it. */
function* counting(log: string[], length: number): Generator<number, void, void> {
  try {
    for (let i = 0; i < length; i++) {
      log.push(`pull ${i}`);
      yield i;
    }
    log.push('end');
  } finally {
    log.push('closed');
  }
}

async function* countingAsync(log: string[], length: number): AsyncGenerator<number, void, void> {
  for (const i of counting(log, length)) {
    await turn();
    yield i;
  }
}

describe('an array that changes while it is mapped', () => {
  it.each([1, Infinity])(
    'gives a result for each item that was there to be pulled, with limit %s',
    async (limit) => {
      const items = [1, 2, 3, 4];
      const shorten = (item: number): number => {
        if (item === 2) items.length = 2;
        return item * 10;
      };
      expect(await TaskGroup.map(items, shorten, { limit })).toEqual([10, 20]);
      const more = [1, 2];
      const lengthen = (item: number): number => {
        if (item < 2) more.push(item + 2);
        return item * 10;
      };
      expect(await TaskGroup.map(more, lengthen, { limit })).toEqual([10, 20, 30]);
    },
  );
});

describe('TaskGroup.map', () => {
  it.each([1, 2, 3, Infinity])('keeps the order of the items, limit %s', async (limit) => {
    const gates = Array.from({ length: 6 }, () => deferred<string>());
    const mapped = TaskGroup.map(gates, (gate, _, index) => gate.promise.then((v) => v + index), {
      limit,
    });
    for (const gate of [...gates].reverse()) {
      await turn();
      gate.resolve('r');
    }
    expect(await mapped).toEqual(['r0', 'r1', 'r2', 'r3', 'r4', 'r5']);
  });

  it('maps nothing to nothing', async () => {
    expect(await TaskGroup.map([], () => 1)).toEqual([]);
    expect(await TaskGroup.map(countingAsync([], 0), () => 1, { limit: 3 })).toEqual([]);
  });

  it('takes a function that is not async', async () => {
    expect(await TaskGroup.map('abc', (letter, _, i) => letter + i, { limit: 2 })).toEqual([
      'a0',
      'b1',
      'c2',
    ]);
  });

  it('takes an async source, and one that is infinite until it ends', async () => {
    const doubled = await TaskGroup.map(countingAsync([], 25), (n) => n * 2, { limit: 4 });
    expect(doubled).toEqual(Array.from({ length: 25 }, (_, i) => i * 2));
    const unlimited = await TaskGroup.map(countingAsync([], 25), async (n) => {
      await turn();
      return n * 2;
    });
    expect(unlimited).toEqual(doubled);
  });

  it.each([
    ['sync', counting],
    ['async', countingAsync],
  ])('pulls no more of a %s source than is in flight', async (_, source) => {
    const log: string[] = [];
    const gate = deferred();
    const mapped = TaskGroup.map<number, void>(source(log, 10), () => gate.promise, { limit: 3 });
    for (let i = 0; i < 10; i++) await turn();
    expect(log).toEqual(['pull 0', 'pull 1', 'pull 2']);
    gate.resolve();
    await mapped;
    expect(log.slice(-2)).toEqual(['end', 'closed']);
  });

  it('has never more than the limit in flight, and uses the whole of it', async () => {
    let inFlight = 0;
    let most = 0;
    await TaskGroup.map(
      countingAsync([], 40),
      async () => {
        most = Math.max(most, ++inFlight);
        for (let i = 0; i < 8; i++) await turn();
        inFlight--;
      },
      { limit: 4 },
    );
    expect(most).toBe(4);
  });

  it('keeps no more workers than a slow source can busy, without a limit', async () => {
    const contexts = new Set<unknown>();
    await TaskGroup.map(countingAsync([], 20), (_, context) => contexts.add(context));
    expect(contexts.size).toBeLessThanOrEqual(2);
  });

  it('asks an async source for one item at a time', async () => {
    let asking = 0;
    let most = 0;
    let left = 10;
    const source: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: async () => {
          most = Math.max(most, ++asking);
          await turn();
          asking--;
          return left-- > 0 ? { done: false, value: left } : { done: true, value: undefined };
        },
      }),
    };
    expect(await TaskGroup.map(source, (n) => n, { limit: 4 })).toHaveLength(10);
    expect(most).toBe(1);
  });

  it.each([
    ['sync', counting],
    ['async', countingAsync],
  ])('at a failure aborts what is in flight and closes the %s source', async (_, source) => {
    const log: string[] = [];
    const boom = new Error('boom');
    const error = await rejection(
      TaskGroup.map<number, unknown>(
        source(log, 10),
        async (n, { signal }) => {
          if (n === 1) {
            await turn();
            throw boom;
          }
          await untilAborted(signal).finally(() => log.push(`cut ${n}`));
        },
        { limit: 2, name: 'pages' },
      ),
    );
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.errors).toEqual([boom]);
    expect(error.message).toBe('Task group "pages" failed; task #1: Error: boom');
    expect(log).toContain('cut 0');
    expect(log).toContain('closed');
    expect(log).not.toContain('pull 5');
  });

  it.each([
    ['sync', counting],
    ['async', countingAsync],
  ])(
    'when it is cancelled closes the %s source, and rejects with the reason',
    async (_, source) => {
      const log: string[] = [];
      const parent = new AbortController();
      const mapped = TaskGroup.map<number, unknown>(
        source(log, 10),
        (_n, { signal }) => untilAborted(signal),
        { limit: 2, signal: parent.signal },
      );
      await turn();
      parent.abort('stop');
      expect(await rejection(mapped)).toBe('stop');
      expect(log).toContain('closed');
    },
  );

  it('does not take up a source whose scope is cancelled already', async () => {
    const log: string[] = [];
    const mapped = TaskGroup.map(counting(log, 3), (n) => n, { signal: AbortSignal.abort('late') });
    expect(await rejection(mapped)).toBe('late');
    expect(log).toEqual([]);
  });

  it('frees a source that waits for its next item by closing it', async () => {
    const next = deferred<IteratorResult<number>>();
    let closed = 0;
    const source: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => next.promise,
        return: async () => {
          closed++;
          next.resolve({ done: true, value: undefined });
          return { done: true, value: undefined };
        },
      }),
    };
    const parent = new AbortController();
    const mapped = TaskGroup.map(source, (n) => n, parent);
    await turn();
    parent.abort('stop');
    expect(await rejection(mapped)).toBe('stop');
    expect(closed).toBe(1);
  });

  it('waits for the source to close', async () => {
    const gate = deferred<IteratorResult<number>>();
    let calls = 0;
    const source: Iterable<number> & { [Symbol.asyncIterator]?: never } = {
      [Symbol.iterator]: () => ({
        next: () => ({ done: false, value: calls++ }),
        return: () => gate.promise as never,
      }),
    };
    const mapped = TaskGroup.map(source, () => Promise.reject(new Error('boom')), { limit: 1 });
    mapped.catch(() => {});
    expect(await isSettled(mapped)).toBe(false);
    gate.resolve({ done: true, value: undefined });
    expect((await rejection(mapped)).errors).toHaveLength(1);
    expect(calls).toBe(1);
  });

  it('keeps the error of a source that cannot be closed beside the failure', async () => {
    const boom = new Error('boom');
    const stuck = new Error('stuck');
    const source: Iterable<number> = {
      [Symbol.iterator]: () => ({
        next: () => ({ done: false, value: 1 }),
        return: () => {
          throw stuck;
        },
      }),
    };
    const mapped = TaskGroup.map(source, () => Promise.reject(boom), { limit: 2 });
    expect((await rejection(mapped)).errors).toEqual(expect.arrayContaining([boom, stuck]));
  });

  it('fails once when the source fails, does not close it, and cuts what is in flight', async () => {
    const boom = new Error('boom');
    let closed = false;
    let pulls = 0;
    const source: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: async () => {
          if (pulls === 2) throw boom;
          return { done: false, value: pulls++ };
        },
        return: async () => {
          closed = true;
          return { done: true, value: undefined };
        },
      }),
    };
    const error = await rejection(
      TaskGroup.map(source, (_, { signal }) => untilAborted(signal), { limit: 8 }),
    );
    expect(error.errors).toEqual([boom]);
    expect(error.message).toBe('Task group failed; task "source": Error: boom');
    expect(closed).toBe(false);
  });

  it('does not close a sync source that has thrown', async () => {
    const boom = new Error('boom');
    let closed = false;
    const source: Iterable<number> = {
      [Symbol.iterator]: () => ({
        next: () => {
          throw boom;
        },
        return: () => {
          closed = true;
          return { done: true, value: undefined };
        },
      }),
    };
    expect((await rejection(TaskGroup.map(source, (n) => n))).errors).toEqual([boom]);
    expect(closed).toBe(false);
  });

  it('neither asks nor closes an async source that has ended', async () => {
    const log: string[] = [];
    const source: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: async () => {
          log.push('next');
          return log.length === 1 ? { done: false, value: 1 } : { done: true, value: undefined };
        },
        return: async () => {
          log.push('return');
          return { done: true, value: undefined };
        },
      }),
    };
    const gate = deferred();
    const mapped = TaskGroup.map(source, () => gate.promise, { limit: 4 });
    await turn();
    gate.resolve();
    await mapped;
    expect(log).toEqual(['next', 'next']);
  });

  it('keeps the results when it was cancelled but everything completed', async () => {
    const parent = new AbortController();
    const gate = deferred();
    const mapped = TaskGroup.map([1, 2], (n) => gate.promise.then(() => n), parent);
    parent.abort();
    gate.resolve();
    expect(await mapped).toEqual([1, 2]);
  });

  it('rejects when it was cancelled with items still to come', async () => {
    const parent = new AbortController();
    const gate = deferred();
    const mapped = TaskGroup.map([1, 2, 3], (n) => gate.promise.then(() => n), {
      signal: parent.signal,
      limit: 2,
    });
    parent.abort('stop');
    gate.resolve();
    expect(await rejection(mapped)).toBe('stop');
  });

  it('closes a source that aborts the parent while it is being asked', async () => {
    const parent = new AbortController();
    let closed = false;
    function* source(): Generator<number, void, void> {
      try {
        yield 1;
        parent.abort('stop');
        yield 2;
        yield 3;
      } finally {
        closed = true;
      }
    }
    const seen: number[] = [];
    const mapped = TaskGroup.map(source(), (n) => seen.push(n), {
      signal: parent.signal,
      limit: 2,
    });
    expect(await rejection(mapped)).toBe('stop');
    expect(closed).toBe(true);
    expect(seen).toEqual([1]);
  });
});
