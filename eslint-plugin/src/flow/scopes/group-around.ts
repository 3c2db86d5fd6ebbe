// The group that a promise could be a task of, and whether its start can move into a function.
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../../syntax/descendants.js';
import type { FileNames } from '../../syntax/mooring-reference.js';
import { propertyName } from '../../syntax/property-name.js';
import { findVariable, type SourceCode, type Variable } from '../../syntax/variable.js';
import { MEMBER } from '../../vocabulary.js';
import { openScopes, type Wanted } from './open-scopes.js';

/** The name of the innermost group that is open here and not joined before. */
export function groupAround(started: TSESTree.Node, file: FileNames): string | undefined {
  const [scope] = openScopes(file).at(started, isGroup);
  if (scope?.variable === undefined || scope.isNested || scope.certain !== 'yes') return undefined;
  const { variable } = scope;
  const isJoined = firstJoinOf(variable) < started.range[0];
  const isVisible = findVariable(variable.name, file.sourceCode.getScope(started)) === variable;
  return isVisible && !isJoined ? variable.name : undefined;
}

const isGroup: Wanted = ({ kind }) => kind === 'group';

/** Each promise in the block of a group asks for it. */
const firstJoins = new WeakMap<Variable, number>();

/** Where the first `group.join` ends. */
function firstJoinOf(group: Variable): number {
  const known = firstJoins.get(group);
  if (known !== undefined) return known;
  const first = group.references.reduce((before, { identifier }) => {
    const { parent } = identifier;
    const isMember = parent.type === 'MemberExpression' && parent.object === identifier;
    const isJoin = isMember && propertyName(parent) === MEMBER.join;
    return isJoin ? Math.min(before, parent.range[1]) : before;
  }, Infinity);
  firstJoins.set(group, first);
  return first;
}

/** `load(await token())` cannot move into a function that is not async. */
export function pausesIn(started: TSESTree.Node, sourceCode: SourceCode): boolean {
  for (const { type } of descendants(started, sourceCode, 'own')) {
    if (type === 'AwaitExpression' || type === 'YieldExpression') return true;
  }
  return false;
}
