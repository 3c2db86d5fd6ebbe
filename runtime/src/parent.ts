import type { ScopeOptions } from './cancellation.js';
import { invalid } from './errors.js';

/** The parent signal in an option bag, or in a scope handed on as one. */
export function parentOf(options: ScopeOptions = {}): AbortSignal | undefined {
  // `sleep(100, signal)` would otherwise pass as a bag without a signal, and wait deaf;
  // `timeout(100, fetch(url))` as one too, and stop nothing.
  if (Object(options) !== options || 'aborted' in options || 'then' in options) {
    throw invalid('options must be an object like { signal }', options);
  }
  const { signal } = options;
  if (signal !== undefined && !('aborted' in Object(signal))) {
    throw invalid('signal must be an AbortSignal', signal);
  }
  return signal;
}
