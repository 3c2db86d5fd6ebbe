// What a function is to the runtime, by the place it is handed to: the body of a group or of a
// timeout, or a task. Followed are functions written in the place, functions of this file that are
// handed over by name, and `items.map((item) => (context) => …)` where functions are wanted.
import type { TSESTree } from '@typescript-eslint/utils';

import { GROUP_COMBINATORS, MEMBER, OTHER_TASK_MAKERS, TASK_MAKERS } from '../vocabulary.js';
import { attemptScope } from './attempt-scope.js';
import { type FunctionNode, isFunction } from './enclosing.js';
import { entryCall, type FileNames, groupStatic, isTimeoutCall } from './mooring-reference.js';
import { calledMember } from './property-name.js';
import { outermost } from './wrappers.js';

export interface CallbackRole {
  /**
   * - `group`: the body of `TaskGroup.run`
   * - `timeout`: the body of `timeout`, the attempt of a `retry` with a timeout
   * - `task`: given to `createTask`, `start`, `TaskGroup.map`, `TaskGroup.all` and its like;
   *   the body of `main`, the attempt of a `retry` that ends with its scope
   */
  readonly kind: 'group' | 'task' | 'timeout';
  /** Which parameter is the scope. */
  readonly parameter: number;
  /** The call that runs the function. */
  readonly call: TSESTree.CallExpression;
  /** It is known to be the runtime's call; `createTask` of an object without a name may not be. */
  readonly isCertain: boolean;
}

/** Which objects are groups, for `object.createTask(…)`. */
export type IsGroup = (object: TSESTree.Node) => boolean;

export function callbackRole(
  node: FunctionNode,
  file: FileNames,
  isGroup: IsGroup,
): CallbackRole | undefined {
  const here = roleOfPlace(node, file, isGroup);
  if (here !== undefined) return here;
  for (const name of namesOf(node, file)) {
    const role = roleOfPlace(name, file, isGroup);
    if (role !== undefined) return role;
  }
  return undefined;
}

function roleOfPlace(
  value: TSESTree.Node,
  file: FileNames,
  isGroup: IsGroup,
): CallbackRole | undefined {
  const node = outermost(value);
  const { parent } = node;
  if (parent?.type === 'CallExpression') return roleOfArgument(parent, node, file, isGroup);
  const list = parent?.type === 'ArrayExpression' ? parent : mappedList(node);
  return list && roleInList(list, file);
}

function roleOfArgument(
  call: TSESTree.CallExpression,
  argument: TSESTree.Node,
  file: FileNames,
  isGroup: IsGroup,
): CallbackRole | undefined {
  const index = call.arguments.indexOf(argument as TSESTree.CallExpressionArgument);
  const member = calledMember(call);
  const isMaker = TASK_MAKERS.has(member?.name) || OTHER_TASK_MAKERS.has(member?.name);
  if (index === 0 && member !== undefined && isMaker) {
    const isCertain = isGroup(member.object);
    // Much else has a `start`, or an `add`.
    if (isCertain || member.name === MEMBER.createTask) {
      return { kind: 'task', parameter: 0, call, isCertain };
    }
  }
  if (index === 0 && groupStatic(call, file) === MEMBER.run) {
    return { kind: 'group', parameter: 0, call, isCertain: true };
  }
  const entry = index === 0 ? entryCall(call, file) : undefined;
  const kind = entry === 'retry' ? attemptScope(call) : entry && 'task';
  if (kind !== undefined) return { kind, parameter: 0, call, isCertain: true };
  if (index !== 1) return undefined;
  if (groupStatic(call, file) === MEMBER.map) {
    return { kind: 'task', parameter: 1, call, isCertain: true };
  }
  return isTimeoutCall(call, file)
    ? { kind: 'timeout', parameter: 0, call, isCertain: true }
    : undefined;
}

/** `TaskGroup.all([…])`: each element is a task. */
function roleInList(list: TSESTree.Node, file: FileNames): CallbackRole | undefined {
  const node = outermost(list);
  const call = node.parent;
  if (call?.type !== 'CallExpression' || call.arguments[0] !== node) return undefined;
  const name = groupStatic(call, file);
  const takesList = name !== MEMBER.map && GROUP_COMBINATORS.some((other) => other === name);
  return takesList ? { kind: 'task', parameter: 0, call, isCertain: true } : undefined;
}

/** `items.map(…)`, for a function that its callback returns. */
function mappedList(node: TSESTree.Node): TSESTree.Node | undefined {
  const maker = node.parent?.type === 'ReturnStatement' ? node.parent.parent.parent : node.parent;
  const call = isFunction(maker) ? outermost(maker).parent : undefined;
  return call && calledMember(call)?.name === 'map' ? call : undefined;
}

/** The places where a function stands by its name. */
function namesOf(node: FunctionNode, { sourceCode }: FileNames): readonly TSESTree.Node[] {
  const holder = node.type === 'FunctionDeclaration' ? node : outermost(node).parent;
  if (holder?.type !== 'FunctionDeclaration' && holder?.type !== 'VariableDeclarator') return [];
  const variable = sourceCode
    .getDeclaredVariables(holder)
    .find(({ defs }) => defs.some(({ name }) => name === holder.id));
  return variable?.references.map(({ identifier }) => identifier) ?? [];
}
