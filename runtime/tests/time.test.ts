import { afterEach, describe, expect, it, test, vi } from 'vitest';

import { sleep, TaskGroup, timeout, TimeoutError } from 'mooring';
import { cancelEverywhere, leaks } from 'mooring/testing';
import { sleepUntil, type Tick, ticks } from 'mooring/time';

import { useManualClock } from './support/manual-clock.js';
import { isSettled, rejection } from './support/promises.js';

afterEach(leaks);

describe('ticks', () => {
  const clock = useManualClock();

  /** Notes when each tick comes; the body takes `busy(index)` milliseconds. */
  async function watch(
    log: string[],
    scope: { signal: AbortSignal },
    busy: (index: number) => number = () => 0,
  ): Promise<void> {
    const start = performance.now();
    for await (const { index, missed } of ticks(100, scope)) {
      log.push(`${performance.now() - start}: #${index}, ${missed} missed`);
      if (busy(index) > 0) await sleep(busy(index), scope);
    }
  }

  it('come on a grid that starts with the call, the first after one period', async () => {
    const log: string[] = [];
    const scope = new AbortController();
    const watching = rejection(watch(log, scope));
    await clock.advance(99);
    expect(log).toEqual([]);
    await clock.advance(251);
    scope.abort();
    await watching;
    expect(log).toEqual(['100: #0, 0 missed', '200: #1, 0 missed', '300: #2, 0 missed']);
  });

  it('do not drift with a body that takes time', async () => {
    const log: string[] = [];
    const scope = new AbortController();
    const watching = rejection(watch(log, scope, () => 70));
    await clock.advance(399);
    scope.abort();
    await watching;
    expect(log).toEqual(['100: #0, 0 missed', '200: #1, 0 missed', '300: #2, 0 missed']);
  });

  it('that fall due while the body is busy are skipped, and counted', async () => {
    const log: string[] = [];
    const scope = new AbortController();
    const watching = rejection(watch(log, scope, (index) => (index === 1 ? 350 : 0)));
    await clock.advance(750);
    scope.abort();
    await watching;
    expect(log).toEqual([
      '100: #0, 0 missed',
      '200: #1, 0 missed',
      '600: #5, 3 missed',
      '700: #6, 0 missed',
    ]);
  });

  it('are counted from the call, not from when the loop begins', async () => {
    const grid = ticks(100);
    await clock.advance(250);
    const iterator = grid[Symbol.asyncIterator]();
    const first = iterator.next();
    await clock.advance(50);
    expect((await first).value).toEqual({ index: 2, missed: 2 });
  });

  it('come once each from timers that are early', async () => {
    const scope = new AbortController();
    const seen: Tick[] = [];
    let early = 0;
    const now = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => now() - early);
    const watching = rejection(
      (async () => {
        for await (const tick of ticks(100, scope)) {
          seen.push(tick);
          early = 0.4;
        }
      })(),
    );
    await clock.advance(450);
    scope.abort();
    await watching;
    expect(seen.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  });

  it('end with the reason of their scope, and leave no timer', async () => {
    const scope = new AbortController();
    const watching = rejection(watch([], scope));
    await clock.advance(150);
    scope.abort('enough');
    expect(await watching).toBe('enough');
    expect(clock.timers).toBe(0);
  });

  it('end with the reason where the scope was cancelled before', async () => {
    expect(await rejection(watch([], { signal: AbortSignal.abort('late') }))).toBe('late');
  });

  it('end when the loop is left, and with an error of its body', async () => {
    const loop = async (leave: () => boolean): Promise<string> => {
      for await (const { index } of ticks(100)) if (index === 0 && leave()) break;
      return 'left';
    };
    const left = loop(() => true);
    const failed = rejection(
      loop(() => {
        throw new Error('in the body');
      }),
    );
    await clock.advance(100);
    expect(await left).toBe('left');
    expect((await failed).message).toBe('in the body');
    expect(clock.timers).toBe(0);
  });

  it('check what they are given at the call', () => {
    const messages = [0, -1, NaN, Infinity, '100'].map((period) => {
      try {
        ticks(period as number);
      } catch (error) {
        return String(error);
      }
      return 'none';
    });
    const rule = 'ticks takes a number of milliseconds, more than 0 and finite, got';
    expect(messages).toEqual([
      `RangeError: ${rule} 0`,
      `RangeError: ${rule} -1`,
      `RangeError: ${rule} NaN`,
      `RangeError: ${rule} Infinity`,
      `TypeError: ${rule} "100"`,
    ]);
    expect(() => ticks(100, new AbortController().signal as never)).toThrow(/like { signal }/);
  });
});

describe('sleepUntil', () => {
  const clock = useManualClock();
  const inMs = (ms: number): Date => new Date(Date.now() + ms);

  it('waits until the clock shows the date', async () => {
    const slept = sleepUntil(inMs(100_000_000));
    await clock.advance(99_999_999);
    expect(await isSettled(slept)).toBe(false);
    await clock.advance(1);
    await slept;
  });

  it('is there at once where the date has passed', async () => {
    await sleepUntil(inMs(-1));
    await sleepUntil(inMs(0));
    expect(clock.timers).toBe(0);
  });

  it('notices within the hour that the clock was set on', async () => {
    const date = inMs(24 * 3_600_000);
    const slept = sleepUntil(date);
    await clock.advance(1_000);
    vi.setSystemTime(date);
    expect(await isSettled(slept)).toBe(false);
    await clock.advance(3_600_000);
    await slept;
  });

  it('waits longer where the clock was set back', async () => {
    const slept = sleepUntil(inMs(1_000));
    vi.setSystemTime(new Date(Date.now() - 5_000));
    await clock.advance(1_000);
    expect(await isSettled(slept)).toBe(false);
    await clock.advance(5_000);
    await slept;
  });

  it('keeps to the date as it was when it was called', async () => {
    const date = inMs(1_000);
    const slept = sleepUntil(date);
    date.setFullYear(2040);
    await clock.advance(1_000);
    await slept;
  });

  it('rejects with the reason of its scope, also for a date that has passed', async () => {
    const scope = new AbortController();
    const slept = sleepUntil(inMs(1_000), scope);
    scope.abort('enough');
    expect(await rejection(slept)).toBe('enough');
    expect(await rejection(sleepUntil(inMs(-1), scope))).toBe('enough');
    expect(clock.timers).toBe(0);
  });

  it('takes a valid Date, and nothing else', async () => {
    const messages = await Promise.all(
      [new Date(NaN), 5, undefined].map(async (date) =>
        String(await rejection(sleepUntil(date as Date))),
      ),
    );
    expect(messages).toEqual([
      'TypeError: sleepUntil takes a valid Date, got [object Date]',
      'TypeError: sleepUntil takes a valid Date, got 5',
      'TypeError: sleepUntil takes a valid Date, got undefined',
    ]);
  });
});

describe('cancelled at any point, it ends, and leaves nothing behind', () => {
  type Operation = (scope: { readonly signal: AbortSignal }) => unknown;
  const operations: Record<string, Operation> = {
    ticks: async (scope) => {
      for await (const { index } of ticks(10, scope)) {
        await sleep(7, scope);
        if (index === 2) break;
      }
    },
    'ticks that are missed': async (scope) => {
      for await (const { index } of ticks(10, scope)) {
        await sleep(35, scope);
        if (index > 5) break;
      }
    },
    'ticks in a background task': (scope) =>
      TaskGroup.run(async (group) => {
        const beat = async (context: { signal: AbortSignal }): Promise<void> => {
          for await (const { index } of ticks(10, context)) await Promise.resolve(index);
        };
        group.createTask(beat, { background: true });
        await sleep(35, group);
      }, scope),
    'ticks until a deadline': (scope) =>
      timeout(
        35,
        async (deadline) => {
          for await (const { index } of ticks(10, deadline)) await Promise.resolve(index);
        },
        scope,
      ).catch((error: unknown) => {
        if (!(error instanceof TimeoutError)) throw error;
      }),
    sleepUntil: (scope) => sleepUntil(new Date(Date.now() + 2 * 3_600_000), scope),
  };

  test.each(Object.entries(operations))(
    '%s',
    async (_, operation) => {
      const { points } = await cancelEverywhere(operation);
      expect(points).toBeGreaterThan(1);
    },
    300_000,
  );
});
