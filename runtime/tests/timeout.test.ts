import { TaskGroup, TaskGroupError, timeout, Timeout, TimeoutError } from 'mooring';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useManualClock } from './support/manual-clock.js';
import { deferred, isSettled, rejection, untilAborted } from './support/promises.js';

const clock = useManualClock();

describe('T1: the block form', () => {
  it('has the value of a body that ends in time, and clears the timer', async () => {
    expect(await timeout(100, () => 'value')).toBe('value');
    expect(clock.timers).toBe(0);
  });

  it('rejects with the TimeoutError of its signal when the deadline cuts the body', async () => {
    let signal: AbortSignal | undefined;
    const run = rejection(
      timeout(100, (deadline) => {
        signal = deadline.signal;
        return untilAborted(deadline.signal);
      }),
    );
    await clock.advance(99);
    expect(signal?.aborted).toBe(false);
    await clock.advance(1);
    const error = await run;
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toBe(signal?.reason);
    expect(error.name).toBe('TimeoutError');
    expect(error.message).toBe('Timed out after 100 ms');
    expect(error.cause).toBe(undefined);
  });

  it('has the rejection seen as its cause', async () => {
    const seen = new DOMException('The operation was aborted', 'AbortError');
    const run = rejection(
      timeout(100, ({ signal }) => untilAborted(signal).catch(() => Promise.reject(seen))),
    );
    await clock.advance(100);
    const error = await run;
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error.cause).toBe(seen);
  });

  it('has the rejection seen as its cause also when that points back', async () => {
    let seen: unknown;
    const run = rejection(
      timeout(100, ({ signal }) =>
        untilAborted(signal).catch((reason: unknown) => {
          seen = new Error('read failed', { cause: reason });
          throw seen;
        }),
      ),
    );
    await clock.advance(100);
    const error = await run;
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error.cause).toBe(seen);
  });

  it('waits for the body, however long it cleans up', async () => {
    const gate = deferred();
    const run = timeout(100, ({ signal }) => untilAborted(signal).finally(() => gate.promise));
    run.catch(() => {});
    await clock.advance(1000);
    expect(await isSettled(run)).toBe(false);
    gate.resolve();
    expect(await rejection(run)).toBeInstanceOf(TimeoutError);
  });

  it('has the value of a body that completes after the deadline', async () => {
    let scope: Timeout | undefined;
    const run = timeout(100, (deadline) => {
      scope = deadline;
      return untilAborted(deadline.signal).catch(() => 'late');
    });
    await clock.advance(100);
    expect(await run).toBe('late');
    expect(scope?.expired).toBe(true);
  });

  it('lets another error out unchanged, before the deadline and after it', async () => {
    const boom = new Error('boom');
    expect(await rejection(timeout(100, () => Promise.reject(boom)))).toBe(boom);
    const run = rejection(
      timeout(100, ({ signal }) => untilAborted(signal).catch(() => Promise.reject(boom))),
    );
    await clock.advance(100);
    expect(await run).toBe(boom);
    expect(boom.cause).toBe(undefined);
  });

  it('takes a synchronous throw of the body for its rejection', async () => {
    const boom = new Error('boom');
    const run = timeout(100, () => {
      throw boom;
    });
    expect(await rejection(run)).toBe(boom);
  });

  it('rejects with the reason of the parent, same object', async () => {
    const parent = new AbortController();
    const reason = new Error('shutdown');
    const run = timeout(100, ({ signal }) => untilAborted(signal), parent);
    parent.abort(reason);
    expect(await rejection(run)).toBe(reason);
    expect(clock.timers).toBe(0);
  });

  it('rejects with the reason of a parent that aborts while the body unwinds', async () => {
    const parent = new AbortController();
    const gate = deferred();
    const run = timeout(
      100,
      ({ signal }) => untilAborted(signal).finally(() => gate.promise),
      parent,
    );
    await clock.advance(100);
    parent.abort('outer');
    gate.resolve();
    expect(await rejection(run)).toBe('outer');
  });

  it('knows the reason of the parent from a wait that took the signal of the parent', async () => {
    const parent = new AbortController();
    const run = timeout(100, () => untilAborted(parent.signal), parent);
    await clock.advance(100);
    parent.abort('outer');
    expect(await rejection(run)).toBe('outer');
  });

  it('passes the error of a group through when a task failed in its clean-up', async () => {
    const dirty = new Error('clean-up');
    const run = rejection(
      timeout(100, (deadline) =>
        TaskGroup.run((group) => {
          group.createTask(({ signal }) => untilAborted(signal).catch(() => Promise.reject(dirty)));
        }, deadline),
      ),
    );
    await clock.advance(100);
    const error = await run;
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.errors).toEqual([dirty]);
  });

  it('tells its own TimeoutError from one that the body throws itself', async () => {
    const own = new TimeoutError('of the database');
    const run = rejection(
      timeout(100, ({ signal }) => untilAborted(signal).catch(() => Promise.reject(own))),
    );
    await clock.advance(100);
    expect(await run).toBe(own);
  });
});

describe('T2: the deadline', () => {
  it.each([undefined, Infinity])('may be missing: %s', async (when) => {
    const value = await timeout(when, (deadline) => {
      expect(deadline.remaining).toBe(Infinity);
      expect(clock.timers).toBe(0);
      return 'value';
    });
    expect(value).toBe('value');
  });

  it.each([0, -0, -5, -Infinity, new Date(0)])(
    'that has passed rejects, the body not called: %s',
    async (when) => {
      let called = false;
      const error = await rejection(timeout(when, () => void (called = true)));
      expect(error).toBeInstanceOf(TimeoutError);
      expect(called).toBe(false);
    },
  );

  it('may be a Date', async () => {
    const run = rejection(
      timeout(new Date('2030-01-01T00:00:05Z'), (deadline) => {
        expect(deadline.remaining).toBe(5000);
        return untilAborted(deadline.signal);
      }),
    );
    await clock.advance(5000);
    expect(await run).toBeInstanceOf(TimeoutError);
  });

  it('that has passed leaves the first word to a parent that is cancelled', async () => {
    const run = timeout(0, () => 1, { signal: AbortSignal.abort('outer') });
    expect(await rejection(run)).toBe('outer');
  });

  it('that has passed opens a scope that is expired, in the form for `using`', () => {
    using deadline = timeout(0);
    expect(deadline.signal.aborted).toBe(true);
    expect(deadline.state).toBe('expiring');
    expect(deadline.remaining).toBe(0);
  });
});

describe('T3: reschedule', () => {
  it('moves the deadline, counted from its call', async () => {
    const run = rejection(
      timeout(100, async (deadline) => {
        await clock.advance(60);
        deadline.reschedule(100);
        expect(deadline.remaining).toBe(100);
        await clock.advance(99);
        expect(deadline.signal.aborted).toBe(false);
        await clock.advance(1);
        expect(deadline.signal.aborted).toBe(true);
        deadline.signal.throwIfAborted();
      }),
    );
    expect(await run).toBeInstanceOf(TimeoutError);
  });

  it('takes the deadline away, and sets one where there was none', async () => {
    using deadline = timeout(100);
    deadline.reschedule(undefined);
    await clock.advance(1000);
    expect(deadline.state).toBe('active');
    deadline.reschedule(new Date(Date.now() + 50));
    await clock.advance(50);
    expect(deadline.state).toBe('expiring');
  });

  it('into the past expires before it returns', () => {
    using deadline = timeout(100);
    deadline.reschedule(-1);
    expect(deadline.signal.aborted).toBe(true);
    expect(deadline.expired).toBe(true);
  });

  it('names the state in which it is refused', async () => {
    const deadline = timeout(100);
    await clock.advance(100);
    expect(() => deadline.reschedule(5)).toThrow(/expiring/);
    deadline[Symbol.dispose]();
    expect(() => deadline.reschedule(5)).toThrow(/expired/);
    const finished = timeout(100);
    finished[Symbol.dispose]();
    expect(() => finished.reschedule(5)).toThrow(/finished/);
  });

  it('leaves the deadline as it was when it is given nonsense', async () => {
    using deadline = timeout(100);
    expect(() => deadline.reschedule(NaN)).toThrow(TypeError);
    expect(deadline.remaining).toBe(100);
    await clock.advance(100);
    expect(deadline.expired).toBe(true);
  });
});

describe('T4: the timer', () => {
  it('counts from the call', async () => {
    const deadline = timeout(100);
    await clock.advance(40);
    expect(deadline.remaining).toBe(60);
    deadline[Symbol.dispose]();
  });

  it('waits longer than a 32-bit timer can', async () => {
    const days = 24 * 60 * 60 * 1000;
    using deadline = timeout(60 * days);
    await clock.advance(59 * days);
    expect(deadline.state).toBe('active');
    await clock.advance(1 * days);
    expect(deadline.state).toBe('expiring');
  });

  it('is cleared when the scope ends', async () => {
    {
      using deadline = timeout(100);
      expect(deadline.state).toBe('active');
      expect(clock.timers).toBe(1);
    }
    await rejection(timeout(100, () => Promise.reject(new Error('boom'))));
    expect(clock.timers).toBe(0);
  });

  it('still expires a scope whose parent was cancelled before', async () => {
    const parent = new AbortController();
    const deadline = timeout(100, parent);
    parent.abort('outer');
    expect(deadline.state).toBe('active');
    await clock.advance(100);
    expect(deadline.expired).toBe(true);
    expect(deadline.signal.reason).toBe('outer');
    deadline[Symbol.dispose]();
    expect(deadline.state).toBe('expired');
  });
});

describe('T5: nothing is decided by reading the clock', () => {
  afterEach(() => vi.restoreAllMocks());

  it('a clock that jumps ahead expires nothing', async () => {
    const value = await timeout(100, (deadline) => {
      vi.setSystemTime(new Date('2040-01-01T00:00:00Z'));
      vi.spyOn(performance, 'now').mockReturnValue(1e15);
      expect(deadline.remaining).toBe(0);
      expect(deadline.expired).toBe(false);
      return 'value';
    });
    expect(value).toBe('value');
  });
});

describe('T6: a scope without a parent is shielded', () => {
  it('so a deadline of its own holds in the clean-up of a cancelled one', async () => {
    const log: string[] = [];
    const run = rejection(
      timeout(100, async ({ signal }) => {
        try {
          await untilAborted(signal);
        } finally {
          const cleanup = await rejection(timeout(50, (own) => untilAborted(own.signal)));
          log.push(cleanup.message);
        }
      }),
    );
    await clock.advance(100);
    await clock.advance(50);
    expect((await run).message).toBe('Timed out after 100 ms');
    expect(log).toEqual(['Timed out after 50 ms']);
  });
});

describe('the state of a timeout', () => {
  it('goes from active to expiring to expired', async () => {
    const deadline = timeout(100);
    expect(deadline.state).toBe('active');
    await clock.advance(100);
    expect(deadline.state).toBe('expiring');
    expect(deadline.expired).toBe(true);
    deadline[Symbol.dispose]();
    expect(deadline.state).toBe('expired');
    expect(deadline.expired).toBe(true);
  });

  it('goes from active to finished, for good', async () => {
    const deadline = timeout(100);
    deadline[Symbol.dispose]();
    deadline[Symbol.dispose]();
    await clock.advance(100);
    expect(deadline.state).toBe('finished');
    expect(deadline.expired).toBe(false);
    expect(deadline.signal.aborted).toBe(false);
  });

  it('is the same for a scope made by the constructor', () => {
    using deadline = new Timeout(100);
    expect(deadline.remaining).toBe(100);
  });
});
