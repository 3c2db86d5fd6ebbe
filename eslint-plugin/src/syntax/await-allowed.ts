// Whether `await` may stand in a run: an async function, or the top of an ES module.
import { isFunction, type RunNode } from './enclosing.js';

export function isAwaitAllowed(run: RunNode, filename: string): boolean {
  if (isFunction(run)) return run.async;
  return run.type === 'Program' && run.sourceType === 'module' && !/\.c[jt]sx?$/.test(filename);
}
