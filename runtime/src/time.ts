import type { ScopeOptions } from './cancellation.js';
import { isDate } from './date.js';
import { invalid } from './errors.js';
import { parentOf } from './parent.js';
import { reasonOf } from './reason.js';
import { sleep } from './sleep.js';
import { checkKeys } from './task-group-options.js';

/** One place on the grid of {@link ticks}. */
export interface Tick {
  /** Its place: from 0 on, those that were missed counted. It was due `index + 1` periods after the call. */
  readonly index: number;
  /** How many were skipped just before it, because the loop was still busy. */
  readonly missed: number;
}

/**
 * Periodic work: a tick every `period` milliseconds, counted from this call, the first after one
 * period. The ticks stay on that grid however long the loop's body takes; those that fall due
 * meanwhile are skipped, and the next one says how many. The body is never entered twice at once.
 *
 * A failure in the body leaves the loop, and with it the ticks. Cancellation ends the wait for the
 * next tick and comes out of the loop as `signal.reason`; a body that runs is left to its own scope.
 * Without a scope only the body ends it: `break`, `return` or `throw`.
 *
 * After tokio's `interval` with `MissedTickBehavior::Skip`; its default, a burst of all that was
 * missed, falls on a program that is late already.
 *
 * @param period Milliseconds, more than 0.
 * @throws {TypeError | RangeError} from the call itself when `period` is anything else.
 *
 * @example
 * for await (const { missed } of ticks(60_000, scope)) {
 *   if (missed > 0) console.warn(`${missed} reports were skipped`);
 *   await report(scope);
 * }
 */
export function ticks(period: number, options?: ScopeOptions): AsyncIterable<Tick> {
  if (!(Number.isFinite(period) && period > 0)) {
    const rule = 'ticks takes a number of milliseconds, more than 0 and finite';
    throw invalid(rule, period, typeof period === 'number');
  }
  parentOf(options);
  if (options) checkKeys(options, ['signal']);
  return walk(period, performance.now(), options);
}

async function* walk(
  period: number,
  start: number,
  options: ScopeOptions | undefined,
): AsyncGenerator<Tick, never> {
  // A timer may be early by a part of a millisecond: what has been given is never due again.
  for (let next = 0; ; next++) {
    const due = Math.ceil((performance.now() - start) / period) - 1;
    const missed = Math.max(0, due - next);
    next += missed;
    await sleep(start + (next + 1) * period - performance.now(), options);
    yield { index: next, missed };
  }
}

const HOUR = 3_600_000;

/**
 * Waits until the clock on the wall shows `date`. It looks again at least hourly, so that a clock
 * that was set and a machine that was suspended count; a date that has passed is there at once.
 *
 * Cancellation clears the timer and rejects with `signal.reason`, in a scope that is cancelled
 * already also for a date that has passed. The timer keeps the process alive.
 *
 * @throws {TypeError} (as a rejection) when `date` is no valid `Date`.
 *
 * @example
 * await sleepUntil(new Date('2030-01-01T00:00:00Z'), scope);
 */
export async function sleepUntil(date: Date, options?: ScopeOptions): Promise<void> {
  const time = isDate(date) ? date.getTime() : NaN;
  if (Number.isNaN(time)) throw invalid('sleepUntil takes a valid Date', date);
  const parent = parentOf(options);
  if (options) checkKeys(options, ['signal']);
  if (parent?.aborted) throw reasonOf(parent);
  // A timer may be early: the date is not there before the clock shows it.
  for (let left; (left = time - Date.now()) > 0;) await sleep(Math.min(left, HOUR), options);
}
