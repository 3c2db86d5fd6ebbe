import type { ScopeOptions } from '../cancellation.js';
import { invalid } from '../errors.js';
import { openScopes } from '../open-scopes.js';
import { checkFunction, checkKeys } from '../task-group-options.js';
import { Choices, randomPicks } from './choices.js';
import { Driver } from './driver.js';
import { OwnTimers } from './own-timers.js';
import { PendingIo } from './pending-io.js';
import { nextTurn } from './platform.js';
import { ScheduleError } from './schedule-error.js';
import { scopeTree } from './scope-tree.js';
import { catchStrayErrors } from './stray-errors.js';
import { stuckError } from './stuck-error.js';
import { checkWhole } from './whole-number.js';
import { tell } from './told-scopes.js';
import { onVirtualTime } from './with-clock.js';

/** What the program of {@link explore} is called with. */
export interface Explorer {
  /**
   * A call to the world outside, which takes no time and completes when the explorer says so: then
   * `result` is called, and what it gives or throws is the outcome. `name` stands in the schedule
   * of an error. Cancellation of the scope rejects with `signal.reason`.
   */
  io<T = void>(name: string, result?: () => T | PromiseLike<T>, options?: ScopeOptions): Promise<T>;
}

/** Options of {@link explore}. */
export interface ExploreOptions {
  /** The most schedules that are gone through in order; as many are then tried at random. Default: 1,000. */
  max?: number | undefined;
  /** Of the random ones, as it was printed. */
  seed?: number | undefined;
  /** Runs this schedule alone, as an error has named it. */
  schedule?: readonly number[] | undefined;
}

/** What {@link explore} has tried. */
export interface ExploreReport {
  readonly schedules: number;
  /** There are no others. */
  readonly isComplete: boolean;
  /** Of the random ones, where there are more than `max`. */
  readonly seed: number | undefined;
}

/**
 * Runs a program in every order in which its `io` calls, and timers that are due at one moment, can
 * complete: promise jobs have one order by specification, only completions vary. Every run is on
 * virtual time, which moves when no `io` call is pending.
 *
 * Depth first, each schedule once: three tasks of two calls each have 90. When there are more than
 * `max`, as many again are chosen at random, with a seed that is printed; one that fails is
 * shortened to the choices that matter.
 *
 * A run fails when the program rejects, never settles, leaves a rejection unhandled or a scope open.
 *
 * @throws {Error} (as a rejection) for the first schedule that fails: its choices, how to replay it,
 *   and the fault as `cause`.
 *
 * After the scheduler of fast-check, and stateless model checking.
 *
 * @example
 * await explore(async ({ io }) => {
 *   const cache = new Cache((key) => io(`load ${key}`, () => key.length));
 *   await Promise.all([cache.get('a'), cache.get('a'), cache.get('b')]);
 *   assert.equal(cache.loads, 2);
 * });
 */
export async function explore(
  program: (explorer: Explorer) => unknown,
  options: ExploreOptions = {},
): Promise<ExploreReport> {
  checkFunction('program', program);
  checkKeys(options, ['max', 'seed', 'schedule']);
  const { max = 1_000, seed, schedule } = options;
  checkWhole('max', max, 1);
  if (seed !== undefined) checkWhole('seed', seed, 0);
  if (schedule !== undefined) {
    if (!Array.isArray(schedule)) throw invalid('schedule must be a list of numbers', schedule);
    for (const taken of schedule) checkWhole('Each number of a schedule', taken, 0);
  }
  if (schedule) {
    await tryOne(program, new Choices(schedule), 1);
    return { schedules: 1, isComplete: false, seed: undefined };
  }
  let count = 0;
  for (let prefix: number[] | undefined = []; prefix && count < max;) {
    const choices: Choices = new Choices(prefix);
    await tryOne(program, choices, ++count);
    prefix = choices.following;
    if (!prefix) return { schedules: count, isComplete: true, seed: undefined };
  }
  return tryRandom(program, count, max, seed ?? Math.floor(Math.random() * 2 ** 32));
}

async function tryRandom(
  program: (explorer: Explorer) => unknown,
  before: number,
  max: number,
  seed: number,
): Promise<ExploreReport> {
  console.warn(`mooring: explore has more than ${max} schedules; ${max} at random, seed ${seed}`);
  const pick = randomPicks(seed);
  for (let count = before + 1; count <= before + max; count++) {
    const choices = new Choices([], pick);
    const fault = await faultOf(program, choices);
    if (fault) await shorten(program, choices.schedule, count, seed);
  }
  return { schedules: before + max, isComplete: false, seed };
}

/** Fails with the shortest beginning of a schedule that fails, where all that follows is 0. */
async function shorten(
  program: (explorer: Explorer) => unknown,
  schedule: readonly number[],
  count: number,
  seed: number,
): Promise<void> {
  for (let length = 0; length <= schedule.length; length++) {
    await tryOne(program, new Choices(schedule.slice(0, length)), count, seed);
  }
}

async function tryOne(
  program: (explorer: Explorer) => unknown,
  choices: Choices,
  count: number,
  seed?: number,
): Promise<void> {
  const fault = await faultOf(program, choices);
  if (fault) throw new ScheduleError(choices, fault.error, count, seed);
}

/** Runs the program once; gives what is wrong with the run. */
async function faultOf(
  program: (explorer: Explorer) => unknown,
  choices: Choices,
): Promise<{ error: unknown } | undefined> {
  const calls = new PendingIo();
  const before = new Set(openScopes());
  const time = new OwnTimers(Date.UTC(2000));
  const driver = new Driver(time, {
    whenQuiet: () => {
      const { names } = calls;
      if (names.length > 0) calls.complete(choices.take(names));
      return names.length > 0;
    },
    beforeTimer: (due) => choices.take(time.nextOnes(due)),
    stuck: () => stuckError(time, before),
  });
  const stray = catchStrayErrors();
  let fault: { error: unknown } | undefined;
  try {
    await onVirtualTime(time, driver, () => program({ io: calls.io }));
  } catch (error) {
    fault = { error };
  }
  await new Promise<void>((resolve) => nextTurn(resolve));
  stray.stop();
  const [error] = stray.errors;
  if (error) fault ??= { error };
  const scopes = openScopes().filter((scope) => !before.has(scope));
  tell(scopes);
  if (scopes.length > 0)
    fault ??= { error: new Error(`open scopes are left\n${scopeTree(scopes)}`) };
  return fault;
}
