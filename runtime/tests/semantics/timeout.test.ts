// asyncio.timeout (T1 …) and wait_for (W1 …), row by row, in terms of promises and signals.
import { TaskGroup, TaskGroupError, timeout, type Timeout, TimeoutError } from 'mooring';
import { describe, expect, it } from 'vitest';
import { useManualClock } from '../support/manual-clock.js';
import { deferred, isSettled, rejection, turn, untilAborted } from '../support/promises.js';

const clock = useManualClock();
const wait = ({ signal }: { signal: AbortSignal }): Promise<never> => untilAborted(signal);

describe('subtle', () => {
  it.each([
    ['outer first', 100, 100],
    ['inner first', 100, 50],
  ])('T2: of nested deadlines that both pass only the outermost speaks, %s', async (_, o, i) => {
    const gate = deferred();
    let outer: Timeout | undefined;
    let inner: Timeout | undefined;
    const run = rejection(
      timeout(o, (a) => {
        outer = a;
        return timeout(
          i,
          (b) => {
            inner = b;
            return wait(b).finally(() => gate.promise);
          },
          a,
        );
      }),
    );
    await clock.advance(100);
    gate.resolve();
    expect(await run).toBe(outer?.signal.reason);
    expect([outer?.expired, inner?.expired]).toEqual([true, true]);
  });

  it('T10: an error of the clean-up comes out, and does not hide that the deadline passed', async () => {
    const dirty = new Error('clean-up');
    let scope: Timeout | undefined;
    const run = rejection(
      timeout(100, (deadline) => {
        scope = deadline;
        return wait(deadline).catch(() => Promise.reject(dirty));
      }),
    );
    await clock.advance(100);
    expect(await run).toBe(dirty);
    expect(dirty.cause).toBe(undefined);
    expect(scope?.expired).toBe(true);
  });

  it('T14: when the inner TimeoutError is caught, the next wait is cut by the outer', async () => {
    const log: string[] = [];
    const run = rejection(
      timeout(20, async (outer) => {
        const inner = await rejection(timeout(10, wait));
        log.push(inner.message);
        await wait(outer);
      }),
    );
    await clock.advance(20);
    expect((await run).message).toBe('Timed out after 20 ms');
    expect(log).toEqual(['Timed out after 10 ms']);
  });

  it('T17, T18: a deadline of its own works in the clean-up of an expired one', async () => {
    const log: string[] = [];
    const run = rejection(
      timeout(10, async (outer) => {
        try {
          await wait(outer);
        } finally {
          log.push((await rejection(timeout(0, wait))).name);
          log.push((await rejection(timeout(20, wait))).message);
        }
      }),
    );
    await clock.advance(10);
    await clock.advance(20);
    expect((await run).message).toBe('Timed out after 10 ms');
    expect(log).toEqual(['TimeoutError', 'Timed out after 20 ms']);
  });

  it('T21: a deadline is moved only while it is active, and the error names the state', async () => {
    let scope: Timeout | undefined;
    const messages: string[] = [];
    const attempt = (deadline: Timeout): void => {
      try {
        deadline.reschedule(5);
      } catch (error) {
        messages.push((error as Error).message);
      }
    };
    const run = rejection(
      timeout(10, (deadline) => {
        scope = deadline;
        return wait(deadline).finally(() => attempt(deadline));
      }),
    );
    await clock.advance(10);
    await run;
    attempt(scope!);
    await timeout(10, (deadline) => void (scope = deadline));
    attempt(scope!);
    expect(messages.map((message) => /expiring|expired|finished/.exec(message)?.[0])).toEqual([
      'expiring',
      'expired',
      'finished',
    ]);
  });

  it('T23: the error of a group inside comes out, not the TimeoutError', async () => {
    const dirty = new Error('clean-up');
    let scope: Timeout | undefined;
    const run = rejection(
      timeout(10, async (deadline) => {
        scope = deadline;
        await TaskGroup.run(async (group) => {
          group.createTask((context) => wait(context).catch(() => Promise.reject(dirty)));
          await wait(group);
        }, deadline);
      }),
    );
    await clock.advance(10);
    const error = await run;
    expect(error).toBeInstanceOf(TaskGroupError);
    expect(error.errors).toEqual([dirty]);
    expect(scope?.expired).toBe(true);
  });

  it('W2: a body that swallows the cancellation and returns has its value returned', async () => {
    const run = timeout(10, (deadline) => wait(deadline).catch(() => 42));
    await clock.advance(10);
    expect(await run).toBe(42);
  });

  it.each(['work first', 'cancellation first'])(
    'W7: work that ends in the same turn as a cancellation from outside: %s',
    async (order) => {
      const outer = new AbortController();
      const work = deferred<string>();
      const run = timeout(
        100,
        (deadline) => Promise.race([work.promise, untilAborted(deadline.signal)]),
        outer,
      );
      if (order === 'work first') work.resolve('done');
      outer.abort('stop');
      work.resolve('done');
      if (order === 'work first') expect(await run).toBe('done');
      else expect(await rejection(run)).toBe('stop');
      expect(outer.signal.aborted).toBe(true);
    },
  );
});

describe('the rest', () => {
  it('T1, T3, T9: a wait is cut, and its rejection is the TimeoutError or its cause', async () => {
    let seen: unknown;
    const run = rejection(
      timeout(10, (deadline) =>
        wait(deadline).catch((reason: unknown) => {
          seen = reason;
          throw reason;
        }),
      ),
    );
    await clock.advance(10);
    const error = await run;
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toBe(seen);
  });

  it('T4: a body that ends in time leaves no timer', async () => {
    await timeout(10, () => {});
    expect(clock.timers).toBe(0);
  });

  it('T5: without a deadline it never expires', async () => {
    const gate = deferred();
    const run = timeout(undefined, () => gate.promise);
    await clock.advance(1e9);
    expect(await isSettled(run)).toBe(false);
    gate.resolve();
    await run;
  });

  it.each([0, -1])(
    'T6, T7, W4: a deadline of %s ms has passed: the body is not called',
    async (when) => {
      let called = false;
      expect(await rejection(timeout(when, () => void (called = true)))).toBeInstanceOf(
        TimeoutError,
      );
      expect(called).toBe(false);
    },
  );

  it('T8: an error of the body before the deadline comes out bare', async () => {
    const boom = new Error('boom');
    expect(await rejection(timeout(10, () => Promise.reject(boom)))).toBe(boom);
  });

  it('T11: a cancellation from outside before the deadline is not a timeout', async () => {
    const outer = new AbortController();
    let scope: Timeout | undefined;
    const run = timeout(10, (deadline) => wait((scope = deadline)), outer);
    outer.abort('stop');
    expect(await rejection(run)).toBe('stop');
    expect(scope?.expired).toBe(false);
  });

  it('T12: after a TimeoutError is caught the outer scope is as before', async () => {
    await TaskGroup.run(async (group) => {
      const inner = rejection(timeout(10, wait, group));
      await clock.advance(10);
      await inner;
      expect(group.signal.aborted).toBe(false);
      expect(group.state).toBe('open');
    });
  });

  it('T13: the inner deadline has not passed: the outer speaks', async () => {
    let inner: Timeout | undefined;
    const run = rejection(
      timeout(10, (outer) => timeout(100, (deadline) => wait((inner = deadline)), outer)),
    );
    await clock.advance(10);
    expect((await run).message).toBe('Timed out after 10 ms');
    expect(inner?.state).toBe('finished');
  });

  it('T15: a deadline that was moved, then taken away, then a cancellation from outside', async () => {
    const outer = new AbortController();
    const run = timeout(
      10,
      async (deadline) => {
        deadline.reschedule(1000);
        deadline.reschedule(undefined);
        await wait(deadline);
      },
      outer,
    );
    run.catch(() => {});
    await clock.advance(5000);
    expect(await isSettled(run)).toBe(false);
    outer.abort('stop');
    expect(await rejection(run)).toBe('stop');
  });

  it('W1: it waits for the body, whatever that takes', async () => {
    const gate = deferred();
    const run = timeout(10, (deadline) => wait(deadline).finally(() => gate.promise));
    run.catch(() => {});
    await clock.advance(1000);
    expect(await isSettled(run)).toBe(false);
    gate.resolve();
    expect(await rejection(run)).toBeInstanceOf(TimeoutError);
  });

  it('W3: an error thrown instead of the cancellation comes out', async () => {
    const foo = new Error('foo');
    const run = rejection(
      timeout(10, (deadline) => wait(deadline).catch(() => Promise.reject(foo))),
    );
    await clock.advance(10);
    expect(await run).toBe(foo);
  });

  it('W5: undefined waits for ever', async () => {
    const run = timeout(undefined, () => turn().then(() => 'value'));
    expect(await run).toBe('value');
  });

  it('W6: a cancellation from outside cancels the body and waits for it', async () => {
    const outer = new AbortController();
    const gate = deferred();
    const run = timeout(10, (deadline) => wait(deadline).finally(() => gate.promise), outer);
    run.catch(() => {});
    outer.abort('stop');
    expect(await isSettled(run)).toBe(false);
    gate.resolve();
    expect(await rejection(run)).toBe('stop');
  });
});
