import { isCancellation } from '../cancellation.js';
import { CancelledError } from '../errors.js';
import { Driver } from './driver.js';
import { OwnTimers } from './own-timers.js';
import { nextTurn } from './platform.js';
import { Points } from './points.js';
import { watchListeners } from './signal-listeners.js';
import { catchStrayErrors } from './stray-errors.js';
import { stuckError } from './stuck-error.js';
import { onVirtualTime } from './with-clock.js';

/** A program that is tried, each time from the beginning. */
export interface Program<S> {
  readonly run: (scope: { readonly signal: AbortSignal }, state: S) => unknown;
  readonly setup: (() => S | PromiseLike<S>) | undefined;
  readonly check: ((state: S) => unknown) | undefined;
}

/** What came of one try. */
export interface Attempt {
  /** How many points were passed. */
  readonly count: number;
  readonly lines: readonly string[];
  readonly wasCancelled: boolean;
  /** It waited for what no promise job and no timer brings. */
  readonly didRealWork: boolean;
  readonly faults: readonly unknown[];
}

const YEAR_2000 = Date.UTC(2000);
/** `sleep(Infinity, scope)` goes through the longest timer of the platform again and again. */
const YEAR = 366 * 24 * 3_600_000;

/**
 * Runs the program once on virtual time, cancels it at that point, and judges it. One that waits for
 * ever without a cancellation, as a server does, is cancelled then.
 */
export async function attempt<S>(
  { run, setup, check }: Program<S>,
  target: number,
  isRecording: boolean,
): Promise<Attempt> {
  const state = (await setup?.()) as S;
  const controller = new AbortController();
  const scope = { signal: controller.signal };
  const listenersLeft = watchListeners(scope.signal);
  const cancel = (): void =>
    controller.abort(new CancelledError(`Cancelled at point ${target} by cancelEverywhere`));
  const points = new Points(target, cancel, isRecording);
  const time = new OwnTimers(YEAR_2000, () => points.follow());
  const driver = new Driver(time, {
    whenQuiet: () => {
      if (scope.signal.aborted) return false;
      const isAtEnd = time.due === 0 || time.now > YEAR;
      const isNow = points.pass(() => (isAtEnd ? 'everything waits' : `before ${time.next}`));
      if (isAtEnd && !isNow) cancel();
      return isNow || isAtEnd;
    },
    stuck: () => stuckError(time),
  });
  const stray = catchStrayErrors();
  const faults: unknown[] = [];
  let left: string[] = [];
  try {
    await onVirtualTime(time, driver, async () => {
      if (target === 0) cancel();
      try {
        await points.start(() => run(scope, state));
      } finally {
        points.stop();
        left = time.left.map((what) => `a timer, ${what}`);
      }
    });
  } catch (error) {
    if (!isCancellation(error, scope)) faults.push(error);
  } finally {
    points.stop();
  }
  await new Promise<void>((resolve) => nextTurn(resolve));
  stray.stop();
  faults.push(...stray.errors);
  if (!scope.signal.aborted) {
    left.push(...listenersLeft().map((line) => `a listener on the signal, added at ${line}`));
  }
  faults.push(...left.map((what) => new Error(`left behind: ${what}`)));
  try {
    await check?.(state);
  } catch (error) {
    faults.push(error);
  }
  const { count, lines } = points;
  const didRealWork = driver.work.wasSeen;
  return { count, lines, wasCancelled: scope.signal.aborted, didRealWork, faults };
}
