// Chains that only look on at a promise which somebody else has: what they do is over when the
// promise is, and who waits for the promise need not wait for them.
//
//   running.catch(() => {});                                       // marks it as handled
//   promise.then(() => pending.delete(promise)).catch(report);     // keeps account of it
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import { isFunction } from '../../syntax/enclosing.js';
import { isMade } from '../../syntax/floating-places.js';
import type { PromiseChain } from '../../syntax/promise-chain.js';
import { localVariableOf, type SourceCode } from '../../syntax/variable.js';
import type { Types } from '../../types/types.js';

interface Reading {
  readonly sourceCode: SourceCode;
  readonly types: Types;
}

export function looksOn(chain: PromiseChain, { sourceCode, types }: Reading): boolean {
  if (isMade(chain.root) || !isHeldElsewhere(chain.root, sourceCode)) return false;
  const handlers = chain.links.flatMap(({ fulfilled, rejected }) => [fulfilled, rejected]);
  return handlers.every((handler) => handler === undefined || !startsWork(handler, types));
}

/** A parameter, an import and a property have it from somebody; a name has to be read by others. */
function isHeldElsewhere(root: TSESTree.Node, sourceCode: SourceCode): boolean {
  if (root.type !== 'Identifier') return true;
  const variable = localVariableOf(root, sourceCode);
  if (variable === undefined || !variable.references.some((use) => use.isWrite())) return true;
  return variable.references.some((use) => {
    const { kind } = consumerOf(use.identifier);
    return use.isRead() && kind !== 'chained' && kind !== 'dropped' && kind !== 'inspected';
  });
}

/** Whether a function gives a promise. */
export function startsWork(handler: TSESTree.Node, types: Types): boolean {
  if (isFunction(handler) && handler.async) return true;
  return types.values([handler])[0]!.returns.some(({ promise }) => promise === 'yes');
}
