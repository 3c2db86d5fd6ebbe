// Tasks that a signal would end no sooner, whoever hands it on:
//
//   TaskGroup.map(rows, async (row) => {
//     await TaskGroup.map(row.parts, (part) => decode(part));     each is started at once, and takes no signal
//     …
//   });
import type { TSESTree } from '@typescript-eslint/utils';

import type { Place } from '../../project/project-place.js';
import { type Call, isCall } from '../../syntax/calls-in.js';
import { descendants } from '../../syntax/descendants.js';
import {
  enclosingFunction,
  type FunctionNode,
  isFunction,
  isInside,
} from '../../syntax/enclosing.js';
import { isLoop } from '../../syntax/loops.js';
import { type FileNames, groupStatic } from '../../syntax/mooring-reference.js';
import type { SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { CallFacts, Types } from '../../types/types.js';
import type { OwnScope } from '../scopes/own-scope.js';

interface TypedFile extends FileNames, Place {
  readonly sourceCode: SourceCode;
  readonly types: Types;
}

/** Whether all tasks of a group are started with the task around it, and none could be told of its end. */
export function isGroupOfDeaf(call: Call, { run }: OwnScope, file: TypedFile): boolean {
  const tasks = tasksOf(call, file);
  if (tasks === undefined || enclosingFunction(call) !== run) return false;
  const nodes = tasks.flatMap((task) => [...descendants(task, file.sourceCode)]);
  const calls = nodes.filter(isCall);
  const facts = file.types.calls(calls);
  const callees = file.types.values(calls.map(({ callee }) => callee));
  if (facts.some(takesSignal)) return false;
  if (callees.some(({ isUntyped }) => isUntyped)) return false;
  const isLong = nodes.some(isWait) || facts.some(({ result }) => result.thenable !== 'no');
  return !isLong || isFirst(call, run, file.sourceCode);
}

/** Also one of another kind than the platform's: that of the package node-fetch. */
function takesSignal(call: CallFacts): boolean {
  if (call.signalSlots.length > 0) return true;
  return [0, 1, 2].some((index) => call.parameter(index)?.members('signal').length);
}

/** The functions of `TaskGroup.all([…])` and `TaskGroup.map(items, task)` without options. */
function tasksOf(call: Call, file: FileNames): readonly FunctionNode[] | undefined {
  if (call.type !== 'CallExpression') return undefined;
  const name = groupStatic(call, file);
  const [first, second, ...others] = call.arguments;
  if (first === undefined || others.length > 0) return undefined;
  const list = unwrapped(first);
  const isAll = name === 'all' && second === undefined && list.type === 'ArrayExpression';
  if (!isAll && (name !== 'map' || second === undefined)) return undefined;
  const given = isAll ? list.elements : [second ?? null];
  const tasks = given.map((each) => each && unwrapped(each));
  return tasks.every(isFunction) ? tasks : undefined;
}

/** Whether nothing is waited for before: the group is started in one go with the task that starts it. */
function isFirst(call: Call, run: FunctionNode, sourceCode: SourceCode): boolean {
  for (
    let around: TSESTree.Node | undefined = call.parent;
    around !== run && around != null;
    around = around.parent
  ) {
    if (isLoop(around)) return false;
  }
  const before = [...descendants(run.body, sourceCode, 'own')].filter(isWait);
  return before.every((wait) => wait.range[0] >= call.range[1] || isInside(call, wait));
}

function isWait(node: TSESTree.Node): boolean {
  return node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await);
}
