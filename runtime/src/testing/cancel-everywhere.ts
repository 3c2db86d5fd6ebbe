import { checkFunction, checkKeys } from '../task-group-options.js';
import { attempt, type Attempt, type Program } from './attempt.js';
import { checkWhole } from './whole-number.js';
import { promiseHooks } from './points.js';
import { PATIENCE } from './driver.js';
import { StuckError } from './stuck-error.js';
import { PointsError, type FailedPoint } from './points-error.js';

/** Options of {@link cancelEverywhere}. */
export interface CancelEverywhereOptions<S> {
  /** Called afresh for each run, in real time; what it gives is handed to the program and to `check`. */
  setup?: (() => S | PromiseLike<S>) | undefined;
  /** Called after each run, however that ended, in real time; what it throws fails the point. */
  check?: ((state: Awaited<S>) => unknown) | undefined;
  /** Cancels at this point alone, as an error has named it. */
  only?: number | undefined;
  /** The most points that are tried, the first ones. Default: 2,000. */
  max?: number | undefined;
}

/** What {@link cancelEverywhere} has tried. */
export interface CancelEverywhereReport {
  /** How many runs were cancelled, each at a point of its own. */
  readonly points: number;
  /** No cancellation can arrive at any other point. */
  readonly isComplete: boolean;
  /** Why it is not complete. */
  readonly because: string | undefined;
}

/**
 * Runs a program once for each point at which a cancellation can arrive, and cancels it there: one
 * promise job runs at a time, so these are the places before each job, and before each timer. Every
 * run is on virtual time.
 *
 * A run fails, without any `check`, when it never settles, when it leaves a rejection unhandled,
 * when it rejects with anything but this cancellation, and when a task, a timer or a listener on the
 * signal is left behind. A program that waits for ever is cancelled then; one that completes in
 * spite of the cancellation has kept what it finished, and that is right.
 *
 * The points are complete where time is all that the program waits for, on Node and Deno. With real
 * files or sockets, or without promise hooks (Bun, browsers), the report says that they are not.
 *
 * @throws {Error} (as a rejection) when points fail: which, at what line, and how to replay the
 *   first, whose fault is the `cause`.
 * @throws What the program throws when nobody cancels it (as a rejection).
 *
 * After hyperactor's `assert_cancel_safe`.
 *
 * @example
 * await cancelEverywhere((scope, accounts) => transfer(accounts, scope), {
 *   setup: () => newAccounts(),
 *   check: (accounts) => assert.equal(accounts.total, 100),
 * });
 */
export async function cancelEverywhere<S = undefined>(
  run: (scope: { readonly signal: AbortSignal }, state: Awaited<S>) => unknown,
  options: CancelEverywhereOptions<S> = {},
): Promise<CancelEverywhereReport> {
  checkFunction('run', run);
  checkKeys(options, ['setup', 'check', 'only', 'max']);
  const { setup, check, only, max = 2_000 } = options;
  if (setup !== undefined) checkFunction('setup', setup);
  if (check !== undefined) checkFunction('check', check);
  if (only !== undefined) checkWhole('only', only, 0);
  checkWhole('max', max, 1);
  const program = { run, setup, check } as Program<Awaited<S>>;
  if (only !== undefined) {
    const one = await attempt(program, only, true);
    if (one.faults.length > 0) throw new PointsError([failed(only, one, one)], 1);
    // One that was replayed after the program had changed must not pass for one that is mended.
    const because = one.wasCancelled
      ? 'one point was asked for'
      : `the program has ended before point ${only}`;
    return { points: one.wasCancelled ? 1 : 0, isComplete: false, because };
  }
  const whole = await attempt(program, max, true);
  if (whole.faults.length > 0) throw uncancelled(whole);
  return tryAll(program, whole, max);
}

async function tryAll<S>(
  program: Program<S>,
  whole: Attempt,
  max: number,
): Promise<CancelEverywhereReport> {
  const fails: FailedPoint[] = [];
  let missed = 0;
  let patience = PATIENCE;
  const last = Math.min(whole.count, max - 1);
  for (let point = 0; point <= last; point++) {
    const one = await attempt(program, point, false, patience);
    // Where one never settles, many do not: not each is given the time to prove that it is no real
    // work of which the platform does not tell.
    if (one.faults[0] instanceof StuckError) patience = 10;
    if (!one.wasCancelled) missed++;
    if (one.faults.length > 0) fails.push(failed(point, one, whole));
  }
  if (fails.length > 0) throw new PointsError(fails, last + 1);
  const because = whyIncomplete(whole, max, missed);
  return { points: last + 1 - missed, isComplete: because === undefined, because };
}

function whyIncomplete({ count, didRealWork }: Attempt, max: number, missed: number) {
  if (count >= max) return `the program has more than ${max} points: see the option max`;
  if (!promiseHooks()) return 'this platform does not tell of each promise job';
  if (didRealWork) return 'the program does real work, which ends in another order each time';
  if (missed > 0) return `${missed} points of the first run were not met again`;
  return undefined;
}

function failed(point: number, { faults }: Attempt, { lines }: Attempt): FailedPoint {
  return { point, line: lines[point] ?? 'after the last line', faults };
}

/** Without a cancellation it has to be right, or no point can be judged. */
function uncancelled({ faults: [fault], wasCancelled }: Attempt): unknown {
  if (wasCancelled)
    return new PointsError([{ point: 'end', line: 'everything waits', faults: [fault] }], 1);
  return fault;
}
