// What a group is for, where everything that happens to it is in sight: nothing, when no task is
// created in it; no more than `await`, when its one task is waited for where it is created.
//
//   await using group = new TaskGroup();
//   const user = await group.createTask(() => load(id));     // `await load(id)`
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import { enclosingRun, type RunNode } from '../../syntax/enclosing.js';
import { calledMember } from '../../syntax/property-name.js';
import type { Variable } from '../../syntax/variable.js';
import { outermost } from '../../syntax/wrappers.js';
import { MEMBER } from '../../vocabulary.js';
import { isLoop } from '../../syntax/loops.js';

/** Why a group is useless; `undefined` where it is not, or where that is not sure. */
export type Uselessness =
  { readonly kind: 'empty' } | { readonly kind: 'one'; readonly task: TSESTree.CallExpression };

/**
 * @param run What the group belongs to: a group that a closure uses may be used at any time.
 * @param home The block or function that waits for the tasks, if it does so at its end.
 */
export function uselessness(
  group: Variable,
  run: RunNode,
  home: TSESTree.Node | undefined,
): Uselessness | undefined {
  const tasks: TSESTree.CallExpression[] = [];
  for (const reference of group.references) {
    if (reference.init === true) continue;
    const call = outermost(outermost(reference.identifier).parent!).parent;
    const member = call?.type === 'CallExpression' ? calledMember(call) : undefined;
    if (member?.object !== reference.identifier) return undefined;
    if (member.name === MEMBER.createTask) tasks.push(call as TSESTree.CallExpression);
    else if (member.name !== MEMBER.join) return undefined;
  }
  const [task] = tasks;
  if (task === undefined) return { kind: 'empty' };
  if (tasks.length > 1 || enclosingRun(task) !== run || isInLoop(task, run, group))
    return undefined;
  const isAwaited = consumerOf(task).kind === 'awaited';
  return isAwaited || isLast(task, group, home) ? { kind: 'one', task } : undefined;
}

/** In a loop that the group is not made anew for. */
function isInLoop(task: TSESTree.Node, run: RunNode, group: Variable): boolean {
  const declared = group.scope.block as TSESTree.Node;
  for (let node = task.parent; node && node !== run && node !== declared; node = node.parent) {
    if (isLoop(node)) return true;
  }
  return false;
}

/** `group.createTask(work); await group.join();`, or the end of what joins by itself. */
function isLast(
  task: TSESTree.CallExpression,
  group: Variable,
  home: TSESTree.Node | undefined,
): boolean {
  const statement = outermost(task).parent;
  const block = statement?.parent;
  if (statement?.type !== 'ExpressionStatement' || block?.type !== 'BlockStatement') return false;
  const next = block.body[block.body.indexOf(statement) + 1];
  if (next === undefined) return block === home;
  if (next.type !== 'ExpressionStatement' || next.expression.type !== 'AwaitExpression') {
    return false;
  }
  const member = calledMember(next.expression.argument);
  const isOfGroup = group.references.some(({ identifier }) => identifier === member?.object);
  return isOfGroup && member?.name === MEMBER.join;
}
