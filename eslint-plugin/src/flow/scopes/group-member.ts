// What a name of a group is asked for by a member: `group.createTask(…)`, `group.signal`.
import type { TSESTree } from '@typescript-eslint/utils';

import { callOf } from '../../syntax/call-of.js';
import type { RunNode } from '../../syntax/enclosing.js';
import type { FileNames } from '../../syntax/mooring-reference.js';
import { propertyName } from '../../syntax/property-name.js';
import type { Variable } from '../../syntax/variable.js';
import { outermost } from '../../syntax/wrappers.js';
import { OTHER_TASK_MAKERS, TASK_MAKERS } from '../../vocabulary.js';
import { usesOf } from '../paths/uses-of.js';

/** The calls that start tasks of a group, closures included. */
export function taskCalls(
  group: Variable,
  run: RunNode,
  { sourceCode }: FileNames,
): readonly TSESTree.CallExpression[] {
  const calls = usesOf(group, run, sourceCode).map(({ name }) => memberOf(name));
  return calls.flatMap((member) =>
    isMaker(member?.name) && member?.call !== undefined ? [member.call] : [],
  );
}

export interface Member {
  readonly name: string | undefined;
  readonly call: TSESTree.CallExpression | undefined;
  readonly node: TSESTree.Node;
}

export function memberOf(name: TSESTree.Identifier): Member | undefined {
  const object = outermost(name);
  const node = object.parent;
  if (node?.type !== 'MemberExpression' || node.object !== object) return undefined;
  return { name: propertyName(node), call: callOf(node), node };
}

/** Members of a group that the settings name have other names. */
export function isMaker(name: string | undefined): boolean {
  return TASK_MAKERS.has(name) || OTHER_TASK_MAKERS.has(name);
}
