import { checkAmount } from './amount.js';
import { invalid } from './errors.js';
import { checkKeys } from './task-group-options.js';

/** Options of {@link backoff}. */
export interface BackoffOptions {
  /**
   * `full`: anything between 0 and the delay, so that callers who failed together do not come back
   * together. `none`: the delay itself. Default: `full`.
   */
  jitter?: 'full' | 'none' | undefined;
}

/**
 * Delays that double: `base` milliseconds after the first failure, never more than `max`.
 *
 * @throws {TypeError | RangeError} when `base` or `max` is no number from 0 on, or `jitter` unknown.
 *
 * @example
 * await retry(load, { attempts: 8, delay: backoff(100, 10_000) });
 */
export function backoff(
  base: number,
  max: number,
  options: BackoffOptions = {},
): (failed: number) => number {
  checkKeys(options, ['jitter']);
  const { jitter = 'full' } = options;
  checkAmount('base', base);
  checkAmount('max', max);
  if (jitter !== 'full' && jitter !== 'none') {
    throw invalid('jitter must be "full" or "none"', jitter);
  }
  return (failed) => {
    // From the 1,025th on the power is Infinity, and of a base of 0 no number.
    const delay = base && Math.min(max, base * 2 ** (failed - 1));
    return jitter === 'full' ? delay * Math.random() : delay;
  };
}
