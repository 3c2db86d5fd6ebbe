import { weak } from '../follow.js';
import { isOfPlatform, lineOf, ownLineOf, siteHere } from './program-line.js';

interface Target {
  addEventListener(type: string, listener: unknown, options?: unknown): void;
  removeEventListener(type: string, listener: unknown, options?: unknown): void;
}

/** By signal, the listeners that a program has added and not removed, each with its line. */
const listeners = new WeakMap<AbortSignal, Map<unknown, string>>();
/** The signals that have any. Held weakly: a listener on garbage is no leak. */
const signals = new Set<WeakRef<AbortSignal>>();

/** The lines that added a listener for `abort` to this signal which is still there. */
export function listenersOf(signal: AbortSignal): string[] {
  return [...(listeners.get(signal)?.values() ?? [])];
}

/** The signals that have such listeners. */
export function signalsWithListeners(): AbortSignal[] {
  const found: AbortSignal[] = [];
  for (const ref of signals) {
    const signal = ref.deref();
    // An aborted signal is done with: nothing is added to it, and nothing more comes of it.
    if (!signal || signal.aborted || !listeners.get(signal)?.size) signals.delete(ref);
    else found.push(signal);
  }
  return found;
}

/**
 * A listener is counted from here on, wherever it is added. It is the one way to see it: only Node
 * lists the listeners of a signal, and no platform lists its signals.
 */
function watch(prototype: Target): void {
  const { addEventListener, removeEventListener } = prototype;
  define(prototype, 'addEventListener', function (this: AbortSignal, type, listener, options) {
    addEventListener.call(this, type, listener, options);
    if (type === 'abort' && typeof listener === 'function') added(this, listener, options);
  });
  define(prototype, 'removeEventListener', function (this: AbortSignal, type, listener, options) {
    removeEventListener.call(this, type, listener, options);
    if (type === 'abort') listeners.get(this)?.delete(listener);
  });
}

function added(signal: AbortSignal, listener: unknown, options: unknown): void {
  // Whoever gives a signal here has it removed by that.
  // The other goes with the garbage.
  const isRemoved =
    !!(Object(options) as { signal?: unknown }).signal || weak in (listener as object);
  const { stack = '' } = siteHere();
  const line = ownLineOf(stack);
  // The test runner has signals of its own, and no line of the program stands above it.
  // `fetch` and streams remove theirs with the garbage. The first lines of the stack are the
  // error's, this file's two, and then whoever added the listener.
  const isPlatforms = isOfPlatform(stack.split('\n')[3] ?? '');
  if (isRemoved || isPlatforms || (stack && !line)) return;
  let lines = listeners.get(signal);
  if (!lines) listeners.set(signal, (lines = new Map<unknown, string>()));
  if (lines.size === 0) signals.add(new WeakRef(signal));
  lines.set(listener, line ?? lineOf());
}

function define(
  prototype: Target,
  name: keyof Target,
  value: (this: AbortSignal, type: string, listener: unknown, options?: unknown) => void,
): void {
  Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
}

watch((AbortSignal as unknown as { prototype: Target }).prototype);

declare class WeakRef<T extends object> {
  constructor(target: T);
  deref(): T | undefined;
}
