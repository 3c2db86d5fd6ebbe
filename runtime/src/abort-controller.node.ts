import { setMaxListeners } from 'node:events';

/**
 * A controller whose signal takes any number of listeners, as from Node 22 all do: in Node 20 the
 * eleventh task that waits for one deadline would bring a warning of a memory leak.
 */
export function newAbortController(): AbortController {
  const controller = new AbortController();
  try {
    // Not 0, for which Node 20 has a bug: `getMaxListeners`, which undici calls, then throws.
    setMaxListeners(Infinity, controller.signal);
  } catch {
    // The controller of jsdom or happy-dom: its signal is no target of Node's, and never warns.
  }
  return controller;
}
