import type { ScopeOptions } from './cancellation.js';
import { holds, invalid } from './errors.js';
import { checkBag } from './task-group-options.js';

/** The parent signal in an option bag, or in a scope handed on as one. */
export function parentOf(options: ScopeOptions = {}): AbortSignal | undefined {
  checkBag(options, 'signal');
  const { signal } = options;
  const isSignal = (): boolean =>
    'aborted' in signal! && typeof signal.addEventListener === 'function';
  if (signal !== undefined && !holds(isSignal)) {
    throw invalid('signal must be an AbortSignal', signal);
  }
  return signal;
}
