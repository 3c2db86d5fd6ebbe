import { lineOf } from './program-line.js';

type Add = (type: string, listener: unknown, options?: { once?: boolean } | boolean) => void;
type Remove = (type: string, listener: unknown) => void;

/**
 * Listeners for `abort` that a program adds to this signal and does not remove, as the lines that
 * added them. Those of the platform itself do not count: `fetch` removes its own with the garbage.
 */
export function watchListeners(signal: AbortSignal): () => string[] {
  const lines = new Map<unknown, string>();
  const { addEventListener, removeEventListener } = signal as unknown as {
    addEventListener: Add;
    removeEventListener: Remove;
  };
  const add: Add = function (type, listener, options) {
    addEventListener.call(signal, type, listener, options);
    const { stack = '' } = new Error();
    if (type === 'abort' && !isOfPlatform(stack)) lines.set(listener, lineOf(stack));
  };
  const remove: Remove = function (type, listener) {
    removeEventListener.call(signal, type, listener);
    lines.delete(listener);
  };
  Object.defineProperties(signal, {
    addEventListener: { value: add, configurable: true },
    removeEventListener: { value: remove, configurable: true },
  });
  return () => [...lines.values()];
}

/** The first line is the error's, the second the function above. */
function isOfPlatform(stack: string): boolean {
  return /^[^\n]*\n[^\n]*\n\s+at [^\n]*\bnode:/.test(stack);
}
