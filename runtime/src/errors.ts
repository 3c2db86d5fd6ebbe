/**
 * Why a scope was cancelled, when nobody gave a reason of their own: the `signal.reason` of a task
 * or group that was cancelled, and what awaiting a task cancelled by {@link Task.cancel} rejects
 * with.
 *
 * It is named `AbortError` and carries `code: 'ABORT_ERR'`, because that is what the platform's
 * own handlers look for. To tell a cancellation from a failure, ask `isCancellation(error, scope)`
 * and not `instanceof`: somebody else's cancellation is a failure here.
 */
export class CancelledError extends Error {
  override get name(): string {
    return 'AbortError';
  }
  get code(): string {
    return 'ABORT_ERR';
  }
}

/**
 * A deadline has passed. Each timeout has one such object: its `signal.reason` and the rejection of
 * its block are the same error, so `error === deadline.signal.reason` says whose deadline it was.
 *
 * `cause` is the rejection with which the body ended, if that was another object.
 */
export class TimeoutError extends Error {
  override get name(): string {
    return 'TimeoutError';
  }
}

/** An error for a caller: the rule that was broken, then the value that broke it. */
export function invalid(rule: string, value: unknown, isOutOfRange = false): Error {
  return new (isOutOfRange ? RangeError : TypeError)(`${rule}, got ${shown(value)}`);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  try {
    return value === Object(value) ? Object.prototype.toString.call(value) : String(value);
  } catch {
    return 'a value that cannot be shown'; // A proxy that was revoked, a getter that throws.
  }
}

/** Whether it is so, where it can be asked: of a proxy that was revoked nothing can. */
export function holds(question: () => boolean): boolean {
  try {
    return question();
  } catch {
    return false;
  }
}

export function isIterable(value: unknown): boolean {
  return holds(() => Symbol.iterator in Object(value));
}

/** `instanceof`, of whatever was thrown. */
export function isA<C extends abstract new (...args: never) => unknown>(
  value: unknown,
  Class: C,
): value is InstanceType<C> {
  return holds(() => value instanceof Class);
}
