import { afterEach, describe, expect, it, test, vi } from 'vitest';

import { sleep, TaskGroup, TaskGroupError, timeout, TimeoutError } from 'mooring';
import { type Attempt, backoff, earlierErrors, retry, RetryBudget } from 'mooring/retry';
import { cancelEverywhere, leaks } from 'mooring/testing';

import { useManualClock } from './support/manual-clock.js';
import { deferred, isSettled, rejection, turn, untilAborted } from './support/promises.js';

afterEach(leaks);

/** Fails so many times, each time with an error of its own, then gives `value`. */
function failing(times: number): { fn: (attempt: Attempt) => string; readonly calls: number } {
  let calls = 0;
  const fn = ({ number }: Attempt): string => {
    expect(number).toBe(++calls);
    if (calls <= times) throw new Error(`failure ${calls}`);
    return 'value';
  };
  return {
    fn,
    get calls() {
      return calls;
    },
  };
}

/** For a test that waits for nothing but delays of zero. */
function onRealClock(): void {
  vi.useRealTimers();
}

const messagesOf = (errors: readonly unknown[]): string[] =>
  errors.map((error) => (error as Error).message);

describe('retry', () => {
  const clock = useManualClock();

  it('gives the value of the first attempt that succeeds', async () => {
    onRealClock();
    expect(await retry(failing(0).fn)).toBe('value');
    expect(await retry(failing(2).fn, { delay: 0 })).toBe('value');
  });

  it('rejects with the last error as it was thrown; the earlier ones are reachable', async () => {
    onRealClock();
    const error = await rejection(retry(failing(5).fn, { delay: 0 }));
    expect(error.message).toBe('failure 3');
    expect(messagesOf(earlierErrors(error))).toEqual(['failure 1', 'failure 2']);
    expect(earlierErrors(new Error('another'))).toEqual([]);
    const text = await rejection(retry(() => Promise.reject('text'), { delay: 0 }));
    expect([text, earlierErrors(text)]).toEqual(['text', []]);
  });

  it('waits for the delay between the end of an attempt and the start of the next', async () => {
    const at: number[] = [];
    const start = Date.now();
    const work = retry(
      async ({ number }) => {
        at.push(Date.now() - start);
        await sleep(5);
        if (number < 3) throw new Error('not yet');
      },
      { delay: (failed) => failed * 100 },
    );
    await clock.advance(1_000);
    await work;
    expect(at).toEqual([0, 105, 310]);
  });

  it('joins an attempt whose time is over before the next one starts', async () => {
    const log: string[] = [];
    const work = retry(
      async ({ number, signal }) => {
        log.push(`${number} starts`);
        try {
          if (number === 1) await untilAborted(signal);
        } finally {
          await sleep(50);
          log.push(`${number} ends`);
        }
      },
      { timeout: 100, delay: 0 },
    );
    await clock.advance(1_000);
    await work;
    expect(log).toEqual(['1 starts', '1 ends', '2 starts', '2 ends']);
  });

  it("retries the attempt's own timeout, and rejects with it when it was the last", async () => {
    const seen: unknown[] = [];
    const work = rejection(
      retry(({ signal }) => untilAborted(signal), {
        attempts: 2,
        timeout: 100,
        delay: 0,
        when: (error) => seen.push(error) > 0,
      }),
    );
    await clock.advance(1_000);
    const error = await work;
    expect(error).toBeInstanceOf(TimeoutError);
    expect(earlierErrors(error)).toEqual(seen);
    expect(seen[0]).toBeInstanceOf(TimeoutError);
  });

  it("retries somebody else's cancellation", async () => {
    const other = AbortSignal.abort();
    const work = retry(({ number }) => (number === 1 ? untilAborted(other) : 'value'), {
      delay: 0,
    });
    await clock.advance(1);
    expect(await work).toBe('value');
  });

  it('keeps a value that comes after the time of its attempt', async () => {
    const work = retry(() => sleep(200), { timeout: 100 });
    await clock.advance(200);
    await work;
  });

  it('asks `when` after each failure but the last', async () => {
    onRealClock();
    const asked: unknown[] = [];
    const when = (error: unknown, failed: number): boolean => {
      asked.push([(error as Error).message, failed]);
      return true;
    };
    await rejection(retry(failing(5).fn, { delay: 0, when }));
    expect(asked).toEqual([
      ['failure 1', 1],
      ['failure 2', 2],
    ]);
  });

  it('stops where `when` says no, and waits as long as it says', async () => {
    const { fn } = failing(5);
    const stopping = rejection(retry(fn, { delay: 0, when: (_, failed) => failed < 2 }));
    await clock.advance(1);
    const stopped = await stopping;
    expect(stopped.message).toBe('failure 2');
    const work = retry(failing(1).fn, { delay: 5, when: () => 1_000 });
    await clock.advance(999);
    expect(await isSettled(work)).toBe(false);
    await clock.advance(1);
    expect(await work).toBe('value');
  });

  it('lets out what `when` throws, and what it has no answer to', async () => {
    const thrown = new Error('in when');
    const when = (): never => {
      throw thrown;
    };
    expect(await rejection(retry(failing(5).fn, { when }))).toBe(thrown);
    expect(messagesOf(earlierErrors(thrown))).toEqual(['failure 1']);
    for (const answer of [Promise.resolve(true), undefined, NaN, -1, 'yes']) {
      const error = await rejection(retry(failing(5).fn, { when: () => answer as never }));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toMatch(/^when must give true, false or milliseconds, got /);
      expect(error.cause.message).toBe('failure 1');
    }
    const wrong = await rejection(retry(failing(5).fn, { delay: () => NaN }));
    expect(wrong.message).toBe('delay must give milliseconds, got NaN');
  });

  it('leaves no timer', async () => {
    await retry(failing(0).fn, { timeout: 1_000 });
    expect(clock.timers).toBe(0);
  });
});

describe('a retry that is cancelled', () => {
  const clock = useManualClock();

  it('between attempts rejects with the reason', async () => {
    const scope = new AbortController();
    const { fn } = failing(5);
    const work = rejection(retry(fn, { delay: 1_000, signal: scope.signal }));
    await turn();
    scope.abort('enough');
    expect(await work).toBe('enough');
    expect(clock.timers).toBe(0);
  });

  it('in an attempt rejects with the reason, and starts no other', async () => {
    const scope = new AbortController();
    let calls = 0;
    const work = rejection(
      retry(
        ({ signal }) => {
          calls++;
          return untilAborted(signal);
        },
        { delay: 0, signal: scope.signal },
      ),
    );
    scope.abort('enough');
    expect([await work, calls]).toEqual(['enough', 1]);
  });

  it('waits for the attempt that runs', async () => {
    const scope = new AbortController();
    const gate = deferred<string>();
    const work = retry(() => gate.promise, { signal: scope.signal });
    scope.abort('enough');
    expect(await isSettled(work)).toBe(false);
    gate.resolve('finished');
    expect(await work).toBe('finished');
  });

  it('does not lose what fails meanwhile', async () => {
    const scope = new AbortController();
    const asked = vi.fn(() => true);
    const work = rejection(
      retry(
        ({ number, signal }) => {
          if (number === 1) throw new Error('failure 1');
          return untilAborted(signal).catch(() => {
            throw new Error('the rollback failed');
          });
        },
        { delay: 0, when: asked, signal: scope.signal },
      ),
    );
    await clock.advance(1);
    scope.abort('enough');
    const error = await work;
    expect(error.message).toBe('the rollback failed');
    expect(messagesOf(earlierErrors(error))).toEqual(['failure 1']);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('before it starts calls nothing', async () => {
    const fn = vi.fn();
    expect(await rejection(retry(fn, { signal: AbortSignal.abort('late') }))).toBe('late');
    expect(fn).not.toHaveBeenCalled();
  });

  it('by `when` makes no other attempt', async () => {
    const scope = new AbortController();
    const failed = failing(5);
    const when = (): boolean => {
      scope.abort('enough');
      return true;
    };
    expect(await rejection(retry(failed.fn, { when, signal: scope.signal }))).toBe('enough');
    expect(failed.calls).toBe(1);
  });
});

describe('backoff', () => {
  it('doubles from its base up to its maximum', () => {
    const delay = backoff(100, 1_000, { jitter: 'none' });
    expect([1, 2, 3, 4, 5, 5_000].map(delay)).toEqual([100, 200, 400, 800, 1_000, 1_000]);
    expect(backoff(0, 1_000)(5_000)).toBe(0);
  });

  it('gives anything up to that by default', () => {
    const random = vi.spyOn(Math, 'random');
    for (const [value, delay] of [
      [0, 0],
      [0.5, 200],
      [0.75, 300],
    ] as const) {
      random.mockReturnValueOnce(value);
      expect(backoff(100, 1_000)(3)).toBe(delay);
    }
    random.mockRestore();
  });
});

describe('a budget', () => {
  const clock = useManualClock();
  const storm = async (calls: number, budget: RetryBudget): Promise<number> => {
    let attempts = 0;
    const fail = (): never => {
      attempts++;
      throw new Error('down');
    };
    for (let n = 0; n < calls; n++) {
      const work = rejection(retry(fail, { delay: 0, budget }));
      while (!(await isSettled(work))) await clock.advance(1);
      await work;
    }
    return attempts - calls;
  };

  it('bounds the retries of all calls together', async () => {
    expect(await storm(100, new RetryBudget({ ratio: 0.25, perSecond: 0 }))).toBeLessThan(27);
    expect(await storm(100, new RetryBudget({ ratio: 0, perSecond: 10 }))).toBeLessThan(16);
  });

  it('of nothing makes each attempt the last, with its error as it was thrown', async () => {
    const budget = new RetryBudget({ ratio: 0, perSecond: 0 });
    const error = await rejection(retry(failing(5).fn, { delay: 0, budget }));
    expect([error.message, earlierErrors(error)]).toEqual(['failure 1', []]);
  });

  it('has its reserve back with time, and forgets what calls have paid for', async () => {
    const reserve = new RetryBudget({ ratio: 0, perSecond: 0.5 });
    expect(await storm(1, reserve)).toBe(0);
    await clock.advance(60_000);
    expect(await storm(5, reserve)).toBe(1);
    const balance = new RetryBudget({ ratio: 0.9, perSecond: 0 });
    for (let n = 0; n < 10; n++) await retry(() => {}, { budget: balance });
    await clock.advance(120_000);
    expect(await storm(1, balance)).toBe(0);
  });
});

describe('cancelled at any point, it ends, and gives everything back', () => {
  class Connections {
    open = 0;
    async use(ms: number, scope: { signal: AbortSignal }): Promise<void> {
      expect(++this.open).toBe(1);
      try {
        await sleep(ms, scope);
      } finally {
        await timeout(100, (cleanUp) => sleep(5, cleanUp));
        this.open--;
      }
    }
  }
  const isOfAttempt = (error: unknown): boolean =>
    error instanceof TimeoutError || (error as Error).message === 'not yet';
  type Operation = (scope: { readonly signal: AbortSignal }, all: Connections) => unknown;
  const operations: Record<string, Operation> = {
    'attempts that fail': ({ signal }, connections) =>
      retry(
        async (attempt) => {
          await connections.use(3, attempt);
          if (attempt.number < 3) throw new Error('not yet');
        },
        { delay: 10, signal },
      ),
    'attempts that time out': ({ signal }, connections) =>
      retry((attempt) => connections.use(attempt.number < 3 ? 100 : 1, attempt), {
        timeout: 10,
        delay: backoff(10, 100, { jitter: 'none' }),
        signal,
      }),
    'a retry in a group': (scope, connections) =>
      TaskGroup.run((group) => {
        group.createTask(({ signal }) =>
          retry(
            async (attempt) => {
              await connections.use(1, attempt);
              if (attempt.number < 2) throw new Error('not yet');
            },
            { delay: 5, budget: new RetryBudget(), signal },
          ),
        );
        group.createTask((context) => sleep(20, context));
      }, scope),
    'a deadline over all of it': (scope, connections) =>
      timeout(
        25,
        ({ signal }) =>
          retry((attempt) => connections.use(100, attempt), {
            attempts: Infinity,
            timeout: 5,
            delay: 1,
            signal,
          }),
        scope,
      ).catch((error: unknown) => {
        if (!(error instanceof TimeoutError)) throw error;
      }),
  };

  test.each(Object.entries(operations))(
    '%s',
    async (_, operation) => {
      // An attempt that fails while it is cancelled comes out as its failure: nothing is lost.
      const act: Operation = async (scope, connections) => {
        try {
          await operation(scope, connections);
        } catch (error) {
          const failures = error instanceof TaskGroupError ? error.leaves() : [error];
          if (!failures.every(isOfAttempt)) throw error;
        }
      };
      const { points } = await cancelEverywhere(act, {
        setup: () => new Connections(),
        check: ({ open }) => expect(open).toBe(0),
      });
      expect(points).toBeGreaterThan(1);
    },
    300_000,
  );
});

test('bad input gets an error that says what is allowed, and nothing is called', async () => {
  const fn = vi.fn();
  const messageOf = async (act: () => unknown): Promise<string> =>
    String(await rejection((async () => act())()));
  const wrong = [
    { attempts: 0 },
    { attempts: 1.5 },
    { attempts: '3' },
    { delay: -1 },
    { delay: '1s' },
    { timeout: -1 },
    { timeout: new Date(0) },
    { when: true },
    { when: null },
    { budget: { ratio: 1 } },
    { budget: null },
    { retries: 3 },
  ];
  expect(
    await Promise.all([
      messageOf(() => retry(5 as never)),
      ...wrong.map((options) => messageOf(() => retry(fn, options as never))),
      messageOf(() => backoff(-1, 5)),
      messageOf(() => backoff(1, '5' as never)),
      messageOf(() => backoff(1, 5, { jitter: 'half' as never })),
      messageOf(() => new RetryBudget({ ratio: -1 })),
      messageOf(() => new RetryBudget({ perSecond: Infinity })),
      messageOf(() => backoff(1, 5, { jiter: 'none' } as never)),
      messageOf(() => new RetryBudget({ rate: 1 } as never)),
      messageOf(() => new RetryBudget(1 as never)),
    ]),
  ).toEqual([
    'TypeError: fn must be a function, got 5',
    'RangeError: attempts must be a positive integer or Infinity, got 0',
    'RangeError: attempts must be a positive integer or Infinity, got 1.5',
    'TypeError: attempts must be a positive integer or Infinity, got "3"',
    'RangeError: delay must be a number from 0 on, got -1',
    'TypeError: delay must be a number from 0 on, got "1s"',
    'RangeError: timeout must be a number from 0 on, got -1',
    'TypeError: timeout must be a number from 0 on, got [object Date]',
    'TypeError: when must be a function, got true',
    'TypeError: when must be a function, got null',
    'TypeError: budget must be a RetryBudget, got [object Object]',
    'TypeError: budget must be a RetryBudget, got null',
    'TypeError: There is no option "retries", only attempts, delay, timeout, when, budget, signal',
    'RangeError: base must be a number from 0 on, got -1',
    'TypeError: max must be a number from 0 on, got "5"',
    'TypeError: jitter must be "full" or "none", got "half"',
    'RangeError: ratio must be a number from 0 on, got -1',
    'RangeError: perSecond must be a number from 0 on, got Infinity',
    'TypeError: There is no option "jiter", only jitter',
    'TypeError: There is no option "rate", only ratio, perSecond',
    'TypeError: options must be an object like { ratio }, got 1',
  ]);
  expect(fn).not.toHaveBeenCalled();
});
