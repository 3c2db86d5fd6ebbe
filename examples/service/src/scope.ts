import { timeout, type Timeout } from 'mooring';

/** What every function here that waits is given: something with a signal. */
export interface Scope {
  readonly signal: AbortSignal;
}

/**
 * Runs `body` in a scope that ends `ms` milliseconds after `scope` does: what is in flight when the
 * service is stopped may finish, and what does not is cut then. Rejects with the reason of `scope`
 * where that was what ended it.
 */
export async function lagging(
  scope: Scope,
  ms: number,
  body: (later: Timeout) => Promise<void>,
): Promise<void> {
  const { signal } = scope;
  // No deadline yet, and no parent: it is the scope's end that starts the clock.
  await timeout(
    undefined,
    async (later) => {
      const startClock = (): void => later.reschedule(ms);
      signal.addEventListener('abort', startClock, { once: true });
      try {
        await body(later);
      } finally {
        signal.removeEventListener('abort', startClock);
      }
    },
    { signal: undefined, name: 'the time to finish', fallback: () => {} },
  );
  signal.throwIfAborted();
}

/** Waits until the scope is cancelled, and does not reject. */
export function untilCancelled({ signal }: Scope): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
