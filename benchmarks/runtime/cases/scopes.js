/** `size` deadlines open together: what a scope costs, and what it costs that all have one parent. */
import { setMaxListeners } from 'node:events';

import { timeout } from 'mooring';

export const name = 'scopes';
export const title = 'Scopes open together on one signal';
export const sizes = [100, 10_000, 100_000];
export const unit = 'ns';
export const per = 'scope';
export const baseline = 'without a parent';
export const contenders = ['without a parent', 'on one signal', 'listeners on one signal'];

export function prepare(size) {
  const open = async (options) => {
    let close;
    const gate = new Promise((resolve) => (close = resolve));
    const scopes = Array.from({ length: size }, () => timeout(60_000, () => gate, options));
    close();
    await Promise.all(scopes);
  };
  return {
    'without a parent': () => open({}),
    'on one signal': () => open({ signal: new AbortController().signal }),

    // No scope at all, but a listener for each, which the platform looks through.
    'listeners on one signal': async () => {
      const { signal } = new AbortController();
      // Without it the warning, which names the leak that this is not, is most of the time.
      setMaxListeners(0, signal);
      const listeners = Array.from({ length: size }, () => {
        const listener = () => {};
        signal.addEventListener('abort', listener, { once: true });
        return listener;
      });
      for (const listener of listeners.reverse()) signal.removeEventListener('abort', listener);
    },
  };
}
