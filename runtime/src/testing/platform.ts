/**
 * What this folder asks of the platform, beyond what the runtime does. Nothing is imported from
 * Node: a browser loads the same files, and finds less.
 */
interface Platform {
  setImmediate?: (callback: () => void) => unknown;
  MessageChannel?: new () => {
    port1: { onmessage: (() => void) | null; unref?(): void };
    port2: { postMessage(message: unknown): void };
  };
  process?: { getBuiltinModule?(name: string): unknown };
}

export interface Turns {
  setImmediate: (callback: () => void) => unknown;
  clearImmediate: (immediate: unknown) => void;
}

const platform = globalThis as unknown as Platform;

/** A module of Node, where there is one. */
export function builtin<T>(name: string): T | undefined {
  return platform.process?.getBuiltinModule?.(name) as T | undefined;
}

// As they are when this file is loaded: later a test may have replaced them, by us or by others.
const { setTimeout, MessageChannel, queueMicrotask } = platform as Platform & {
  setTimeout: (callback: () => void, ms: number) => unknown;
  queueMicrotask: (callback: () => void) => void;
};

/** A DOM in Node (jest with jsdom) hides them from its globals, and makes no `MessageChannel`. */
export const realTurns: Turns | undefined =
  builtin<Turns>('node:timers') ?? (platform.setImmediate ? (platform as Turns) : undefined);

/**
 * Calls `callback` in a turn of its own. When it is called no promise job is left: the platform
 * empties that queue before it goes on.
 */
export const nextTurn: (callback: () => void) => void = realTurns?.setImmediate ?? turnOfChannel();

/** Calls `callback` after the promise jobs that are due. */
export const queueJob = queueMicrotask;

/** Milliseconds of real time. */
export const realNow: () => number = performance.now.bind(performance);

/** Calls `callback` after that many milliseconds of real time. */
export function inRealTime(ms: number, callback: () => void): void {
  setTimeout(callback, ms);
}

/** A browser's own timers wait 4 ms when they are nested; a message does not. */
function turnOfChannel(): (callback: () => void) => void {
  let channel: InstanceType<NonNullable<typeof MessageChannel>> | undefined;
  const waiting: (() => void)[] = [];
  return (callback) => {
    if (!channel) {
      channel = new MessageChannel!();
      channel.port1.onmessage = () => waiting.shift()?.();
    }
    waiting.push(callback);
    channel.port2.postMessage(undefined);
  };
}
