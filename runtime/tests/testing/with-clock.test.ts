import { describe, expect, test, vi } from 'vitest';

import { sleep, TaskGroup, timeout, TimeoutError } from 'mooring';
import { withClock } from 'mooring/testing';

import { deferred, rejection } from '../support/promises.js';

/** Longer than any test runs: what waits for it in real time hangs. */
const HOUR = 3_600_000;

describe('a clock jumps when everything waits', () => {
  test('for sleep', async () => {
    await withClock(async (clock) => {
      await sleep(HOUR);
      expect(clock.now).toBe(HOUR);
    });
  });

  test('for a deadline, which cuts what is slower', async () => {
    const error = await withClock(() =>
      rejection(timeout(HOUR, (deadline) => sleep(2 * HOUR, deadline))),
    );
    expect(error).toBeInstanceOf(TimeoutError);
  });

  test('for setTimeout, with its arguments', async () => {
    const args = await withClock(
      () => new Promise((resolve) => setTimeout((...given) => resolve(given), HOUR, 1, 'two')),
    );
    expect(args).toEqual([1, 'two']);
  });

  test('for setInterval, until it is cleared', async () => {
    const ticks: number[] = [];
    await withClock(async (clock) => {
      const timer = setInterval(() => {
        ticks.push(clock.now);
        if (ticks.length === 3) clearInterval(timer);
      }, HOUR);
      await sleep(10 * HOUR);
    });
    expect(ticks).toEqual([HOUR, 2 * HOUR, 3 * HOUR]);
  });

  test('for AbortSignal.timeout, whose reason is the platform’s', async () => {
    const reason = await withClock(async () => {
      const signal = AbortSignal.timeout(HOUR);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return signal.reason;
    });
    expect(reason).toBeInstanceOf(DOMException);
    expect(reason.name).toBe('TimeoutError');
  });

  test('and Date and performance.now tell its time', async () => {
    await withClock(
      async () => {
        const before = [Date.now(), performance.now()] as const;
        await sleep(HOUR);
        expect(new Date().toISOString()).toBe('2030-01-01T01:00:00.000Z');
        expect(Date.now() - before[0]).toBe(HOUR);
        expect(performance.now() - before[1]).toBe(HOUR);
        expect(new Date(0)).toBeInstanceOf(Date);
        expect(typeof Date()).toBe('string');
        expect(new (class Day extends Date {})()).toBeInstanceOf(Date);
      },
      { now: new Date('2030-01-01T00:00:00Z') },
    );
    expect(Date.now()).toBeGreaterThan(Date.UTC(2020));
  });

  test('timers of one moment run in the order they were armed', async () => {
    const ran: string[] = [];
    await withClock(async () => {
      setTimeout(() => ran.push('b'), 20);
      setTimeout(() => ran.push('a'), 10);
      setTimeout(() => ran.push('c'), 20);
      await sleep(30);
    });
    expect(ran).toEqual(['a', 'b', 'c']);
  });

  test('a timer can be cleared, by the handle and by its number', async () => {
    let count = 0;
    await withClock(async () => {
      clearTimeout(setTimeout(() => count++, 1));
      clearTimeout(Number(setTimeout(() => count++, 1)));
      clearTimeout(undefined);
      await sleep(HOUR);
    });
    expect(count).toBe(0);
  });

  // A page has no call for a turn, only messages, which are not counted.
  test.runIf('setImmediate' in globalThis)('turns of the event loop take no time', async () => {
    await withClock(async (clock) => {
      void sleep(HOUR);
      for (let n = 0; n < 100; n++) await new Promise<void>((resolve) => setImmediate(resolve));
      expect(clock.now).toBe(0);
    });
  });
});

describe('clock', () => {
  test('idle waits until everything else waits, and moves no time', async () => {
    await withClock(async (clock) => {
      const steps: string[] = [];
      const work = (async () => {
        for (let n = 0; n < 50; n++) await Promise.resolve();
        steps.push('waits');
        await sleep(HOUR);
        steps.push('done');
      })();
      await clock.idle();
      expect(steps).toEqual(['waits']);
      expect(clock.now).toBe(0);
      await work;
    });
  });

  test('advance runs what is due on the way, each at its moment', async () => {
    await withClock(async (clock) => {
      const at: number[] = [];
      const work = (async () => {
        for (let n = 0; n < 4; n++) {
          await sleep(10);
          at.push(clock.now);
        }
      })();
      await clock.advance(30);
      expect(at).toEqual([10, 20, 30]);
      expect(clock.now).toBe(30);
      await work;
    });
  });

  test('advance takes a number from 0 on', async () => {
    await withClock(async (clock) => {
      expect(String(await rejection(clock.advance(-1)))).toBe(
        'TypeError: advance takes a finite number of milliseconds from 0 on, got -1',
      );
    });
  });

  test('stands still while the body says so', async () => {
    await withClock(async (clock) => {
      const real = deferred();
      const timer = sleep(HOUR);
      nextRealMillisecond(() => real.resolve());
      await clock.standStill(real.promise);
      expect(clock.now).toBe(0);
      await timer;
    });
  });
});

describe('nothing is left that could end the program', () => {
  test('is an error', async () => {
    const error = await rejection(withClock(() => deferred().promise));
    expect(error.message).toMatch(/Everything waits, no timer is armed/);
  });

  test('is not said of a program that ends after its last timer, however many jobs later', async () => {
    for (let jobs = 0; jobs < 60; jobs++) {
      await withClock(async () => {
        await sleep(1);
        for (let n = 0; n < jobs; n++) await Promise.resolve();
      });
    }
  });

  test('is not said of a body that waits for the clock', async () => {
    await withClock(async (clock) => {
      await clock.advance(5);
      await clock.idle();
      await clock.idle();
    });
  });

  test('is said of a program that goes on for ever', async () => {
    const error = await rejection(
      withClock(async () => {
        setInterval(() => {}, 1);
        await deferred().promise;
      }),
    );
    expect(error.message).toMatch(/still goes on after 100000 timers/);
  });
});

describe('a clock ends', () => {
  test('with what the body gives', async () => {
    expect(await withClock(() => 1)).toBe(1);
    const error = new Error('of the body');
    expect(await rejection(withClock(() => Promise.reject(error)))).toBe(error);
    expect(
      await rejection(
        withClock(() => {
          throw error;
        }),
      ),
    ).toBe(error);
  });

  test('with what the callback of a timer throws', async () => {
    const error = new Error('of a timer');
    const ended = withClock(async () => {
      setTimeout(() => {
        throw error;
      }, 10);
      await sleep(20);
    });
    expect(await rejection(ended)).toBe(error);
  });

  test('and what it replaced is back', async () => {
    const performanceNow = performance.now;
    const now = { Date, setTimeout, setInterval, clearTimeout, timeout: AbortSignal.timeout };
    await withClock(() => {});
    await rejection(withClock(() => deferred().promise));
    expect({ Date, setTimeout, setInterval, clearTimeout, timeout: AbortSignal.timeout }).toEqual(
      now,
    );
    expect(performance.now).toBe(performanceNow);
  });

  test('before another begins', async () => {
    await withClock(async () => {
      expect(String(await rejection(withClock(() => {})))).toMatch(/A clock runs already/);
    });
  });
});

test('options and body are checked', async () => {
  expect(String(await rejection(withClock(1 as never)))).toMatch(/body must be a function/);
  expect(String(await rejection(withClock(() => {}, { now: NaN })))).toMatch(/now must be a Date/);
  expect(String(await rejection(withClock(() => {}, { time: 0 } as never)))).toMatch(
    /no option "time", only now, timers/,
  );
  for (const ms of [-1, Infinity, NaN, '5' as never]) {
    expect(String(await rejection(withClock((clock) => clock.advance(ms))))).toMatch(
      /advance takes a finite number of milliseconds from 0 on/,
    );
  }
  expect(String(await rejection(withClock(() => {}, { timers: {} as never })))).toMatch(
    /timers must be `vi`, `jest`/,
  );
});

describe('fake timers of the test library', () => {
  test('are installed instead, and taken away again', async () => {
    await withClock(
      async (clock) => {
        expect(vi.isFakeTimers()).toBe(true);
        await sleep(HOUR);
        expect(clock.now).toBe(HOUR);
        const work = sleep(2 * HOUR);
        await clock.advance(HOUR);
        expect(clock.now).toBe(2 * HOUR);
        await work;
      },
      { timers: vi },
    );
    expect(vi.isFakeTimers()).toBe(false);
  });

  test('stay when the test has installed them', async () => {
    vi.useFakeTimers();
    await withClock(() => sleep(HOUR), { timers: vi });
    expect(vi.isFakeTimers()).toBe(true);
    vi.useRealTimers();
  });
});

test('a group of tasks with deadlines of their own', async () => {
  const ends = await withClock(async (clock) => {
    const at: number[] = [];
    await TaskGroup.run((group) => {
      for (const ms of [30, 10, 20]) {
        group.createTask(async (context) => {
          await timeout(HOUR, (deadline) => sleep(ms, deadline), context);
          at.push(clock.now);
        });
      }
    });
    return at;
  });
  expect(ends).toEqual([10, 20, 30]);
});

const realSetTimeout = setTimeout;
const nextRealMillisecond = (callback: () => void): void => void realSetTimeout(callback, 20);
