// Everything the runtime asks of the platform it runs on, and nothing else: a name that is not here
// does not compile. The published types do not refer to this file; users bring their own
// declarations (lib "DOM", @types/node, …).

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

declare const AbortSignal: { abort(reason: unknown): AbortSignal };

declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

interface Timer {
  /** Node, Bun and Deno only: the timer no longer keeps the process alive. */
  unref?(): void;
}

declare function setTimeout(callback: () => void, ms: number): Timer;
declare function queueMicrotask(callback: () => void): void;
declare function clearTimeout(timer: Timer | undefined): void;

interface ErrorConstructor {
  /** Absent from Firefox and Safari. */
  captureStackTrace?(target: object, above: unknown): void;
  stackTraceLimit?: number;
}

declare const console: { warn(message: string): void; error(value: unknown): void };
declare const performance: { now(): number };
/** Absent from a browser page that no bundler has touched. */
declare const process: {
  env: { NODE_ENV?: string };
  /** This and what follows: Node, Bun and Deno only, for `mooring/main`. */
  exitCode?: number | string | null | undefined;
  exit(code: number): never;
  on(signal: string, listener: (signal: string) => void): void;
  removeListener(signal: string, listener: (signal: string) => void): void;
};
/** Absent from Node. */
declare const reportError: ((error: unknown) => void) | undefined;

declare module 'node:events' {
  function setMaxListeners(most: number, target: AbortSignal): void;
}

declare module 'node:async_hooks' {
  class AsyncResource {
    constructor(type: string);
    runInAsyncScope(fn: unknown, thisArg: unknown, argument: unknown): unknown;
  }
}

declare module 'node:diagnostics_channel' {
  interface Channel {
    readonly hasSubscribers: boolean;
    publish(message: object): void;
    runStores<R>(message: object, fn: () => R): R;
  }
  function channel(name: string): Channel;
}
