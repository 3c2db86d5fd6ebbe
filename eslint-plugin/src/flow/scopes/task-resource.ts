// Which tasks may still run when the block around them disposes a resource that they use?
//
//   await using group = new TaskGroup();
//   using file = open(path);                       // disposed first, before the group has ended
//   group.createTask(() => read(file));            // ← this one
//   await group.createTask(() => read(file));      // has settled before the block goes on
//   void (await read(file));                       // the body's own use ends with the body
import type { TSESTree } from '@typescript-eslint/utils';

import type { BlockResource } from '../../syntax/block-resource.js';
import { consumerOf } from '../../syntax/consumers.js';
import { enclosingRun, isInside } from '../../syntax/enclosing.js';
import type { FileNames } from '../../syntax/mooring-reference.js';
import { calledMember } from '../../syntax/property-name.js';
import { type SourceCode, variableOf } from '../../syntax/variable.js';
import { MEMBER, TASK_MAKERS } from '../../vocabulary.js';
import { usesOf } from '../paths/uses-of.js';
import { groupEvents, isEnd } from './group-events.js';
import { taskCalls } from './group-member.js';
import type { OpenScope } from './openings.js';

/**
 * The call that starts a task of the group with a use of the resource that may outlive it.
 *
 * A task that is awaited later on outlives it only when an error comes first. That counts where the
 * resource and the group are of one block (`isSameBlock`), and the order alone is wrong; in a block
 * inside, the await is taken for what keeps the resource long enough.
 */
export function taskThatOutlives(
  resource: BlockResource,
  group: OpenScope,
  isSameBlock: boolean,
  file: FileNames,
): TSESTree.CallExpression | undefined {
  if (group.variable === undefined) return undefined;
  const run = enclosingRun(resource.name);
  const uses = usesOf(resource.variable, run, file.sourceCode);
  const calls = taskCalls(group.variable, group.run, file).filter(({ arguments: [task] }) =>
    uses.some(({ at, name }) => task && (isInside(name, task) || isInside(at, task))),
  );
  if (calls.length === 0) return undefined;
  const ends = [...groupEvents(group.variable, run, file)].flatMap(([node, event]) =>
    isEnd(event) ? [node] : [],
  );
  // `await group.start(…)` waits until the task is up.
  const isOver = (call: TSESTree.CallExpression): boolean =>
    calledMember(call)?.name !== MEMBER.start &&
    (isSameBlock
      ? consumerOf(call).kind === 'awaited'
      : isAwaited(call, resource.block, file.sourceCode));
  return calls.find(
    (call) =>
      isInside(call, resource.block) &&
      !isOver(call) &&
      !isJoinedInFinally(call, resource.block, ends),
  );
}

/** Whether any task at all uses a resource: asked first, because few resources are used by one. */
export function isUsedInTask(resource: BlockResource, { sourceCode }: FileNames): boolean {
  const run = enclosingRun(resource.name);
  return usesOf(resource.variable, run, sourceCode).some(
    ({ at, name }) => isInTask(name, resource.block) || isInTask(at, resource.block),
  );
}

function isInTask(node: TSESTree.Node, block: TSESTree.Node): boolean {
  for (let child = node; child.parent != null && child !== block; child = child.parent) {
    const { parent } = child;
    const isArgument = parent.type === 'CallExpression' && parent.callee !== child;
    if (isArgument && TASK_MAKERS.has(calledMember(parent)?.name)) return true;
  }
  return false;
}

/** Whether the task is awaited before the block ends: at once, in a list, or under a name. */
function isAwaited(call: TSESTree.Node, block: TSESTree.Node, sourceCode: SourceCode): boolean {
  if (isInAwait(call, block)) return true;
  const { by, kind } = consumerOf(call);
  if (kind !== 'stored' || by.type !== 'VariableDeclarator') return false;
  if (by.id.type !== 'Identifier') return false;
  const task = variableOf(by.id, sourceCode);
  return task?.references.some(({ identifier }) => isInAwait(identifier, block)) ?? false;
}

function isInAwait(node: TSESTree.Node, block: TSESTree.Node): boolean {
  for (let around = node.parent; around && around !== block; around = around.parent) {
    if (around.type === 'AwaitExpression') return true;
  }
  return false;
}

/** Whether every way out of the block, an error too, goes through a join. */
function isJoinedInFinally(
  call: TSESTree.Node,
  block: TSESTree.Node,
  joins: readonly TSESTree.Node[],
): boolean {
  for (let child = call; child.parent && child !== block; child = child.parent) {
    const statement = child.parent;
    if (statement.type !== 'TryStatement' || statement.finalizer === child) continue;
    const { finalizer } = statement;
    if (finalizer && joins.some((join) => isInside(join, finalizer))) return true;
  }
  return false;
}
