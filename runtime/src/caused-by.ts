import { isWrapper, saysAborted } from './abort-errors.js';

/**
 * Whether `error` *is* the cancellation of a signal that has aborted with `reason`. These are:
 *
 *     signal.throwIfAborted(), fetch(url, { signal })      the reason itself
 *     Node's timers/promises, events.once, fs.readFile     an AbortError, `cause` the reason
 *     axios, openai, libraries older than signal.reason    an error that says so, without a cause
 *     Promise.any, a group in the task, a disposer         an aggregate of nothing but these
 *
 * Any other error is a failure, also one that was caused by the cancellation:
 *
 *     catch (error) { throw new Error('rollback failed', { cause: error }); }
 *
 * and so is one that says it was aborted, and names somebody else's reason as its cause.
 */
export function isCausedBy(error: unknown, reason: unknown): boolean {
  return Object.is(error, reason) || isMadeOf(error, reason, abortedBy);
}

/**
 * Milder: whether `reason` is at the end of the chain of causes, whatever the errors before it say.
 * For a `timeout`, which loses nothing by it: it keeps what it saw as the cause of its own error.
 */
export function leadsTo(error: unknown, reason: unknown): boolean {
  let isReached = false;
  const partsOf = (part: Parts): readonly unknown[] | undefined => {
    const parts = causeOf(part);
    isReached ||= !!parts?.includes(reason);
    return parts;
  };
  // Causes may go round in a circle: that of a `TimeoutError` often leads back to it.
  return Object.is(error, reason) || (isMadeOf(error, reason, partsOf) && isReached);
}

/**
 * Takes `error` apart until only `reason` is left. A part that `partsOf` knows nothing of is a
 * failure. It does not recurse: errors of groups in groups are nested as deep as those were.
 */
function isMadeOf(
  error: unknown,
  reason: unknown,
  partsOf: (error: Parts) => readonly unknown[] | undefined,
): boolean {
  const open = [error];
  const seen = new Set<unknown>();
  try {
    for (const part of open) {
      if (Object.is(part, reason) || seen.has(part)) continue;
      seen.add(part);
      if (Object(part) !== part) return false;
      const parts = aggregated(part as Parts) ?? partsOf(part as Parts);
      if (!parts) return false;
      for (const each of parts) open.push(each);
    }
    return true;
  } catch {
    // A thrown value whose getters throw. It is nobody's cancellation.
    return false;
  }
}

interface Parts {
  readonly name?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
  readonly error?: unknown;
  readonly suppressed?: unknown;
}

/** Known by its fields: it may be of another realm, a polyfill, or of another copy of this package. */
function aggregated({ name, errors, error, suppressed }: Parts): readonly unknown[] | undefined {
  if (name === 'SuppressedError') return [error, suppressed];
  return Array.isArray(errors) && errors.length > 0 ? errors : undefined;
}

function abortedBy(error: Parts): readonly unknown[] | undefined {
  if (saysAborted(error)) return causeOf(error) ?? [];
  return isWrapper(error) ? causeOf(error) : undefined;
}

/** `got` has `{}` for a cause where it has none. */
function causeOf({ cause }: Parts): readonly unknown[] | undefined {
  const isReal =
    cause != null &&
    !(Object.getPrototypeOf(cause) === Object.prototype && Object.keys(cause).length === 0);
  return isReal ? [cause] : undefined;
}
