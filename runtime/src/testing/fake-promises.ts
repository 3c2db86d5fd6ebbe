import { builtin } from './platform.js';
import type { FakeTimers } from './fake-timers.js';
import type { Replacements } from './replacements.js';

interface WaitOptions {
  signal?: AbortSignal;
  ref?: boolean;
}

interface TimersPromises {
  setTimeout: (ms?: number, value?: unknown, options?: WaitOptions) => Promise<unknown>;
  setImmediate: unknown;
  setInterval: unknown;
  scheduler?: object;
}

const PROMISIFY = Symbol.for('nodejs.util.promisify.custom');

/** What of the platform waits in promises: `node:timers/promises` and `AbortSignal.timeout`. */
export function installPromises(replaced: Replacements, timers: FakeTimers): void {
  const wait = (ms?: number, value?: unknown, options?: WaitOptions): Promise<unknown> =>
    waitFor(timers, ms, value, options);
  const globals = globalThis as unknown as Record<string, (callback: () => void) => void>;
  const turn = (value?: unknown, options?: WaitOptions): Promise<unknown> =>
    cancellable(options?.signal, (resolve) => {
      timers.setImmediate(() => resolve(value));
      return () => {};
    });
  const promises = builtin<TimersPromises>('node:timers/promises');
  replaced.set(promises, 'setTimeout', wait);
  replaced.set(promises, 'setImmediate', turn);
  replaced.set(promises, 'setInterval', (ms?: number, value?: unknown, options?: WaitOptions) =>
    ticks(timers, ms, value, options),
  );
  replaced.set(promises?.scheduler, 'wait', (ms?: number, options?: WaitOptions) =>
    wait(ms, undefined, options),
  );
  Object.assign(globals['setTimeout']!, { [PROMISIFY]: wait });
  if (globals['setImmediate']) Object.assign(globals['setImmediate'], { [PROMISIFY]: turn });

  replaced.set(AbortSignal, 'timeout', (ms: number) => {
    const controller = new AbortController();
    const error = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    timers.arm(() => controller.abort(error), ms).unref();
    return controller.signal;
  });
  // import { setTimeout } from 'node:timers/promises' is a binding of its own until it is synced.
  syncBuiltins();
}

/** Names that were imported from Node's modules follow what was replaced in them, or put back. */
export function syncBuiltins(): void {
  builtin<{ syncBuiltinESMExports?: () => void }>('node:module')?.syncBuiltinESMExports?.();
}

function waitFor(
  timers: FakeTimers,
  ms: number | undefined,
  value: unknown,
  { signal, ref = true }: WaitOptions = {},
): Promise<unknown> {
  return cancellable(signal, (resolve) => {
    const timer = timers.arm(() => resolve(value), ms ?? 0);
    if (!ref) timer.unref();
    return () => timer.close();
  });
}

async function* ticks(
  timers: FakeTimers,
  ms: number | undefined,
  value: unknown,
  { signal, ref = true }: WaitOptions = {},
): AsyncGenerator {
  let due = 0;
  let wake = (): void => {};
  const timer = timers.arm(
    () => {
      due++;
      wake();
    },
    ms ?? 0,
    true,
  );
  if (!ref) timer.unref();
  try {
    for (;;) {
      if (due === 0) {
        await cancellable(signal, (resolve) => {
          wake = () => resolve(undefined);
          return () => {};
        });
      }
      for (; due > 0; due--) yield value;
    }
  } finally {
    timer.close();
  }
}

/** As Node does it: an `AbortError` whose cause is the reason; no listener stays behind. */
function cancellable(
  signal: AbortSignal | undefined,
  start: (resolve: (value: unknown) => void) => () => void,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const cut = (): void => {
      const error = new Error('The operation was aborted', { cause: signal?.reason });
      reject(Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' }));
    };
    if (signal?.aborted) return cut();
    const stop = start((value) => {
      signal?.removeEventListener('abort', abort);
      resolve(value);
    });
    const abort = (): void => {
      stop();
      cut();
    };
    signal?.addEventListener('abort', abort, { once: true });
  });
}

declare const DOMException: new (message: string, name: string) => Error;
