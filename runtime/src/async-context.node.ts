import { AsyncLocalStorage } from 'node:async_hooks';

/** Returns `fn` bound to the async context of this call. */
export function keepContext<F>(fn: F): F {
  return AsyncLocalStorage.bind(fn);
}
