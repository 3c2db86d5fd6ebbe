import { invalid } from '../errors.js';
import { openScopes } from '../open-scopes.js';
import { checkFunction, checkKeys } from '../task-group-options.js';
import { Driver } from './driver.js';
import { OwnTimers } from './own-timers.js';
import { stuckError } from './stuck-error.js';
import { TestLibraryTimers, type RunnerTimers, type SinonClock } from './test-library-timers.js';
import type { TimeSource } from './virtual-time.js';

/** The clock of {@link withClock}. Time is in milliseconds. */
export interface Clock {
  /** Milliseconds since the clock began. */
  readonly now: number;
  /** Waits until everything else waits: for time, for the body, or for an event that is not to come. */
  idle(): Promise<void>;
  /**
   * Moves the time on and runs what falls due on the way, each timer at its own moment, with all
   * that follows from it.
   *
   * @throws {TypeError} (as a rejection) when `ms` is not a finite number from 0 on.
   */
  advance(ms: number): Promise<void>;
  /**
   * Stands still until `promise` has settled, and gives it back: for real work that the clock cannot
   * see, as `WebAssembly.compile` or a query on a connection that was open before.
   */
  standStill<T>(promise: PromiseLike<T>): Promise<T>;
}

/** Options of {@link withClock}. */
export interface ClockOptions {
  /** What `Date.now()` says when the clock begins. Default: the year 2000 begins (UTC). */
  now?: number | Date | undefined;
  /**
   * Fake timers of a test library, instead of the clock's own: `vi`, `jest`, or a clock of sinon
   * that has been installed.
   */
  timers?: RunnerTimers | SinonClock | undefined;
}

let isRunning = false;

/**
 * Runs `body` on virtual time. Whenever everything waits, the time jumps to the next timer; while
 * real work is in flight (a file, a request, a worker) it stands still.
 *
 * On virtual time are `sleep`, `timeout`, `AbortSignal.timeout`, `setTimeout`, `setInterval`,
 * `node:timers/promises`, `Date` and `performance.now`. It settles as `body` does. Timers that are
 * left then never fire.
 *
 * @throws {Error} (as a rejection) when everything waits and no timer is left, with the tree of
 *   the scopes that are open; and when another clock runs in this process.
 *
 * Modelled on `MockClock` of Trio and `testing/synctest` of Go.
 *
 * @example
 * await withClock(async (clock) => {
 *   const work = fetchWithRetry(url);
 *   await clock.advance(30_000);
 *   assert.equal(attempts, 3);
 *   await work;
 * });
 */
export async function withClock<T>(
  body: (clock: Clock) => T | PromiseLike<T>,
  options: ClockOptions = {},
): Promise<T> {
  checkFunction('body', body);
  checkKeys(options, ['now', 'timers']);
  const { now = Date.UTC(2000), timers } = options;
  const start = Number(now);
  if (Number.isNaN(start)) throw invalid('now must be a Date or a number of milliseconds', now);
  const time = timers ? new TestLibraryTimers(timers) : new OwnTimers(start);
  const before = new Set(openScopes());
  const driver: Driver = new Driver(time, { stuck: () => stuckError(time, before) });
  return onVirtualTime(time, driver, () => body(clockOf(time, driver)));
}

/** Runs a program on a driver whose time is installed meanwhile. */
export async function onVirtualTime<T>(
  time: TimeSource,
  driver: Driver,
  program: () => T | PromiseLike<T>,
): Promise<T> {
  if (isRunning) {
    throw new Error(
      'A clock runs already in this process, and there is but one time: end it first',
    );
  }
  isRunning = true;
  try {
    time.install();
    return await driver.run(program);
  } finally {
    time.uninstall();
    isRunning = false;
  }
}

function clockOf(time: TimeSource, driver: Driver): Clock {
  const idle = (): Promise<void> => new Promise((resolve) => driver.whenIdle(resolve));
  return {
    get now() {
      return time.now;
    },
    idle,
    async advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) {
        throw invalid('advance takes a finite number of milliseconds from 0 on', ms);
      }
      await new Promise<void>((resolve) => time.after(ms, resolve));
      await idle();
    },
    async standStill(promise) {
      const release = driver.hold();
      try {
        return await promise;
      } finally {
        release();
      }
    },
  };
}
