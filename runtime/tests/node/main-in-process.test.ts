import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';

import { isCancellation, sleep, TaskGroup, timeout } from 'mooring';
import { main } from 'mooring/main';
import { cancelEverywhere } from 'mooring/testing';

import { useManualClock } from '../support/manual-clock.js';
import { rejection, untilAborted } from '../support/promises.js';

/** Stands in for `process`: a signal that a test sends must not reach the test runner. */
class Machine extends EventEmitter {
  readonly env = {};
  exitCode: number | undefined;
  readonly exit = vi.fn();
}

let machine: Machine;
let printed: unknown[];

beforeEach(() => {
  machine = new Machine();
  printed = [];
  vi.stubGlobal('process', machine);
  vi.spyOn(console, 'error').mockImplementation((value) => void printed.push(value));
});

afterEach(() => {
  expect(machine.eventNames()).toEqual([]);
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const send = (signal: string): boolean => machine.emit(signal, signal);

describe('main', () => {
  it('leaves the exit code alone where the body gives a value', async () => {
    machine.exitCode = 3;
    await main(() => 'value');
    await main(async () => 'value');
    expect([machine.exitCode, printed]).toEqual([3, []]);
  });

  it('prints a failure, and the exit code is 1', async () => {
    const errors = [new Error('the port is taken'), 'a text', undefined];
    for (const error of errors) {
      machine.exitCode = undefined;
      await main(() => Promise.reject(error));
      expect(machine.exitCode).toBe(1);
    }
    await main(() => {
      throw errors[0];
    });
    expect(printed).toEqual([...errors, errors[0]]);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('%s cancels with a reason that names it; the exit code is %d', async (signal, code) => {
    let reason: unknown;
    const ended = main(async (scope) => {
      await sleep(Infinity, scope).catch((error: unknown) => (reason = error));
      expect(isCancellation(reason, scope)).toBe(true);
      throw reason;
    });
    send(signal);
    await ended;
    expect(reason).toMatchObject({ name: 'AbortError', message: expect.stringContaining(signal) });
    expect([machine.exitCode, printed]).toEqual([code, []]);
  });

  it('waits for the groups of its body, which the signal cuts', async () => {
    const log: string[] = [];
    const ended = main((scope) =>
      TaskGroup.run((group) => {
        group.createTask(async ({ signal }) => {
          await untilAborted(signal).catch(() => {});
          await Promise.resolve();
          log.push('cleaned up');
        });
        group.createTask(({ signal }) => untilAborted(signal));
      }, scope),
    );
    send('SIGTERM');
    await ended;
    log.push('ended');
    expect(log).toEqual(['cleaned up', 'ended']);
    expect(machine.exitCode).toBe(143);
  });

  it('keeps finished work: a value after a signal is a value', async () => {
    const ended = main(async ({ signal }) => {
      await untilAborted(signal).catch(() => {});
    });
    send('SIGINT');
    await ended;
    expect([machine.exitCode, printed]).toEqual([undefined, []]);
  });

  it('a failure of the clean-up after a signal is a failure', async () => {
    const failure = new Error('the buffer cannot be written');
    const ended = main(async ({ signal }) => {
      await untilAborted(signal).catch((cause: unknown) => {
        failure.cause = cause;
        throw failure;
      });
    });
    send('SIGTERM');
    await ended;
    expect([machine.exitCode, printed]).toEqual([1, [failure]]);
  });

  it("a cancellation that is not the signal's is a failure", async () => {
    await main(() => AbortSignal.abort().throwIfAborted());
    expect(machine.exitCode).toBe(1);
    expect(printed).toEqual([expect.objectContaining({ name: 'AbortError' })]);
  });

  it('listens no longer once its body has ended', async () => {
    await main(() => {});
    expect(send('SIGTERM')).toBe(false);
    await main(() => Promise.reject(new Error('failed')));
    expect(send('SIGINT')).toBe(false);
  });

  it('two at a time are told both', async () => {
    const both = Promise.all([main((scope) => sleep(Infinity, scope)), main(() => {})]);
    send('SIGTERM');
    await both;
    expect(machine.exitCode).toBe(143);
  });
});

test('main, given its signal at every point, ends when its body has cleaned up, and says so', async () => {
  const listeners = new EventEmitter();
  vi.unstubAllGlobals(); // `mooring/testing` asks the real one what is still open.
  const { points } = await cancelEverywhere(
    async ({ signal }, seen: { open: number }) => {
      const machine = Object.assign(Object.create(process) as NodeJS.Process, {
        exitCode: undefined,
        on: listeners.on.bind(listeners),
        removeListener: listeners.removeListener.bind(listeners),
      });
      vi.stubGlobal('process', machine);
      const pass = (): void => void listeners.emit('SIGTERM', 'SIGTERM');
      signal.addEventListener('abort', pass);
      await main(async (scope) => {
        seen.open++;
        try {
          await sleep(10, scope);
        } finally {
          await timeout(100, (cleanUp) => sleep(5, cleanUp));
          seen.open--;
        }
      });
      signal.removeEventListener('abort', pass);
      vi.unstubAllGlobals();
      if (machine.exitCode === 143) throw signal.reason;
    },
    { setup: () => ({ open: 0 }), check: ({ open }) => expect(open).toBe(0) },
  );
  expect(points).toBeGreaterThan(1);
  expect(listeners.eventNames()).toEqual([]);
});

describe('main, of wrong use', () => {
  it.each([
    [[undefined], 'body must be a function, got undefined'],
    [[Promise.resolve()], 'body must be a function, got [object Promise]'],
    [[() => {}, 5], 'options must be an object like { grace }, got 5'],
    [[() => {}, { grace: '1s' }], 'grace must be a number from 0 on, got "1s"'],
    [[() => {}, { grace: -1 }], 'grace must be a number from 0 on, got -1'],
    [[() => {}, { timeout: 5 }], 'There is no option "timeout", only grace'],
  ])('%o is refused', async (args, message) => {
    const error = await rejection((main as (...args: unknown[]) => Promise<void>)(...args));
    expect(error.message).toBe(message);
    expect(error instanceof TypeError || error instanceof RangeError).toBe(true);
  });

  it.each([[undefined], [{ env: {} }]])('says so where process is %o', async (other) => {
    vi.stubGlobal('process', other);
    const body = vi.fn();
    const error = await rejection(main(body));
    expect(error.message).toBe('main needs a process that gets signals: Node, Bun or Deno');
    expect(body).not.toHaveBeenCalled();
  });
});

describe('main, of a body that goes on after the signal', () => {
  const clock = useManualClock();

  /** Goes on until it is told, whatever the scope says. */
  function deaf(options?: { grace?: number }): { end: () => void; ended: Promise<void> } {
    let end!: () => void;
    const told = new Promise<void>((resolve) => (end = resolve));
    const ended = main(
      () =>
        TaskGroup.run(
          (group) => {
            group.createTask(() => told, { name: 'deaf' });
          },
          { name: 'service' },
        ),
      options,
    );
    return { end, ended };
  }

  it('the end of the grace prints what still runs, and exits', async () => {
    const { end, ended } = deaf();
    send('SIGTERM');
    await clock.advance(8_999);
    expect(machine.exit).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(machine.exit).toHaveBeenCalledExactlyOnceWith(143);
    expect(printed).toEqual([
      expect.stringMatching(
        /^mooring: 9000 ms of grace are over, and this still runs:\ngroup "service"/,
      ),
    ]);
    expect(printed[0]).toContain('deaf');
    end();
    await ended;
  });

  it('grace can be longer, nothing, and without end', async () => {
    const longer = deaf({ grace: 60_000 });
    const without = deaf({ grace: Infinity });
    send('SIGINT');
    await clock.advance(59_999);
    expect(machine.exit).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(machine.exit).toHaveBeenCalledExactlyOnceWith(130);
    longer.end();
    await clock.advance(3_600_000);
    expect(machine.exit).toHaveBeenCalledTimes(1);
    without.end();
    await Promise.all([longer.ended, without.ended]);
    const nothing = deaf({ grace: 0 });
    send('SIGINT');
    await clock.advance(1);
    expect(machine.exit).toHaveBeenCalledTimes(2);
    nothing.end();
    await nothing.ended;
  });

  it('a second signal prints what still runs, and exits with its own number', async () => {
    const { end, ended } = deaf();
    send('SIGTERM');
    send('SIGINT');
    expect(machine.exit).toHaveBeenCalledExactlyOnceWith(130);
    expect(printed).toEqual([expect.stringContaining('a second signal has come (SIGINT)')]);
    end();
    await ended;
  });

  it('the same signal within a moment is the one that npm passes on', async () => {
    const { end, ended } = deaf();
    send('SIGINT');
    send('SIGINT');
    await clock.advance(250);
    send('SIGINT');
    expect(machine.exit).not.toHaveBeenCalled();
    await clock.advance(1);
    send('SIGINT');
    expect(machine.exit).toHaveBeenCalledExactlyOnceWith(130);
    end();
    await ended;
  });

  it('names the body where nothing but itself is open', async () => {
    let end!: () => void;
    const ended = main(() => new Promise<void>((resolve) => (end = resolve)));
    send('SIGTERM');
    send('SIGINT');
    expect(printed).toEqual([expect.stringContaining('\nthe body of main')]);
    end();
    await ended;
  });

  it('leaves no timer behind', async () => {
    const ended = main((scope) => timeout(1_000, (deadline) => sleep(Infinity, deadline), scope));
    send('SIGTERM');
    await ended;
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('main refuses options that nobody would hear of', async () => {
  const { signal } = new AbortController();
  for (const options of [signal, { signal }, Promise.resolve(), null, { garce: 5 }]) {
    expect(await rejection(main(() => {}, options as never))).toBeInstanceOf(TypeError);
  }
});

test('main says of an error that cannot be shown that there was one', async () => {
  const error = new Error('hidden');
  vi.spyOn(console, 'error').mockImplementation((value) => {
    if (value === error) throw new Error('a getter has thrown');
    printed.push(value);
  });
  await main(() => Promise.reject(error));
  expect(machine.exitCode).toBe(1);
  expect(printed).toEqual(['mooring: main has failed with an error that cannot be shown']);
});
