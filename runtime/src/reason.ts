import { CancelledError } from './errors.js';

const made = new WeakMap<AbortSignal, CancelledError>();

/**
 * The reason of an aborted signal, the same at every call. Signals older than `reason` (polyfills,
 * some environments of tests) have none and get one here: as `undefined` a task's failure without a
 * `cause` would look caused by it, and a group would reject with nothing.
 */
export function reasonOf(signal: AbortSignal): unknown {
  if (signal.reason !== undefined) return signal.reason;
  let reason = made.get(signal);
  if (!reason) made.set(signal, (reason = new CancelledError('The signal was aborted')));
  return reason;
}
