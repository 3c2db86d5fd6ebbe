/**
 * Hands an error that nobody can catch any more to the platform: `reportError` where there is one,
 * an unhandled rejection elsewhere (Node).
 */
export function reportLateError(error: unknown): void {
  if (typeof reportError === 'function') reportError(error);
  // eslint-disable-next-line mooring/no-floating-promises -- to be unhandled is the point
  else void Promise.reject(error);
}
