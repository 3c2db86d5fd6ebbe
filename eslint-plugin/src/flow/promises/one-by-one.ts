import { isMapping } from '../../syntax/collection.js';
import { isInside } from '../../syntax/enclosing.js';
import type { PathEnd } from '../paths/path-question.js';
import type { StoredPromise } from './started-promise.js';

/** Whether a promise is left alone because a loop awaits those that came with it, one by one. */
export function isOneByOne({ started, store }: StoredPromise, { kind, node }: PathEnd): boolean {
  if (!isMapping(started)) return false;
  if (store.kind === 'loop') return kind === 'event';
  if (store.kind !== 'name' || !store.isContainer || kind !== 'event') return false;
  let around = node;
  while (around.parent != null && around.type !== 'ForOfStatement') around = around.parent;
  if (around.type !== 'ForOfStatement') return false;
  const { right } = around;
  return store.variable.references.some(({ identifier }) => isInside(identifier, right));
}
