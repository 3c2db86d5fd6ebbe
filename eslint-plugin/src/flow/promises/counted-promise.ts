// Which values are promises that somebody should take. On doubt a value is none: `any` may be a
// promise, and a thenable of another library may start nothing until somebody awaits it.
import type { TSESTree } from '@typescript-eslint/utils';

import type { Settings } from '../../settings.js';
import { beforeFinally } from '../../syntax/promise-chain.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { Types, ValueFacts } from '../../types/types.js';

export interface CountedBy {
  readonly types: Types;
  readonly settings: Settings;
  /** Whether every thenable counts, also those that may start only when they are awaited. */
  readonly checkThenables: boolean;
}

export function isPromise(facts: ValueFacts, { settings, checkThenables }: CountedBy): boolean {
  const isLazy = (): boolean => facts.lazyThenable === 'yes' && facts.is('task') !== 'yes';
  if (facts.promise !== 'yes' && !(checkThenables && isLazy())) return false;
  return !facts.matches(settings.safePromises);
}

/** Of a list, a set or a map. */
export function holdsPromises({ elements }: ValueFacts, by: CountedBy): boolean {
  return elements.some((element) => isPromise(element, by));
}

/** `safe().finally(close)` gives a plain promise, and is as safe as what it was called on. */
export function isSafeBeforeFinally(node: TSESTree.Node, by: CountedBy): boolean {
  const { safePromises } = by.settings;
  if (safePromises.length === 0) return false;
  const before = beforeFinally(node);
  return before !== unwrapped(node) && by.types.value(before).matches(safePromises);
}
