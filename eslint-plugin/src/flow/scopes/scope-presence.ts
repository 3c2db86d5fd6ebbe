// Whether the signal of a scope is there whenever the code runs: `signal?: AbortSignal` may not be.
import type { TSESTree } from '@typescript-eslint/utils';

import type { FileNames } from '../../syntax/mooring-reference.js';
import { findVariable } from '../../syntax/variable.js';
import type { Types } from '../../types/types.js';
import { MEMBER } from '../../vocabulary.js';
import { openScopes } from './open-scopes.js';
import type { ScopeAtHand } from './scopes-at-hand.js';

export function isThere(
  { signal }: Pick<ScopeAtHand, 'signal'>,
  node: TSESTree.Node,
  file: FileNames,
  types: Types,
): boolean {
  const [root] = signal.split('.');
  const variable = findVariable(root!, file.sourceCode.getScope(node));
  const name = variable?.identifiers[0];
  if (variable === undefined || name === undefined) return false;
  if (root === signal) return !types.value(name).isNullable;
  const { kind } = openScopes(file).of(variable) ?? { kind: 'signal' };
  return kind !== 'signal';
}

/** Whether the signal may be `undefined`: `signal?`, `options.signal` of `{ signal?: AbortSignal }`. */
export function couldBeMissing({ signal, variable }: ScopeAtHand, types: Types): boolean {
  const name = variable?.identifiers[0];
  if (name === undefined) return signal.includes('?.');
  const facts = types.value(name);
  if (facts.isNullable) return true;
  return signal !== name.name && facts.members(MEMBER.signal).some((member) => member.isNullable);
}
