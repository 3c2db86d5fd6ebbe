// The early `return`s of the body of `TaskGroup.run` while tasks of the group run. The function does
// not return there: it waits for all of them first.
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import type { FunctionNode } from '../../syntax/enclosing.js';
import type { FileNames } from '../../syntax/mooring-reference.js';
import { calledMember } from '../../syntax/property-name.js';
import { resolved, type SourceCode, type Variable } from '../../syntax/variable.js';
import { MEMBER } from '../../vocabulary.js';
import { pathEnds } from '../paths/all-paths.js';
import type { PathEvent } from '../paths/path-question.js';
import { type GroupEvent, groupEvents, isEnd } from './group-events.js';

export function earlyReturns(
  group: Variable,
  body: FunctionNode,
  file: FileNames,
): readonly TSESTree.Node[] {
  const { sourceCode } = file;
  const events = groupEvents(group, body, file);
  if (![...events.values()].includes('start')) return [];
  const ends = pathEnds({
    sourceCode,
    within: body,
    event: (node) => eventOf(node, events.get(node), sourceCode),
  });
  return ends
    .filter(({ certain, kind, node }) => certain && kind === 'return' && !isTail(node, body))
    .map(({ node }) => node)
    .filter((node) => !awaits(node, sourceCode));
}

function eventOf(
  node: TSESTree.Node,
  event: GroupEvent | undefined,
  sourceCode: SourceCode,
): PathEvent | undefined {
  // A task that is waited for where it is created is over.
  if (event === 'start') {
    const isOver = calledMember(node)?.name !== MEMBER.start && consumerOf(node).kind === 'awaited';
    return isOver ? undefined : 'open';
  }
  if (isEnd(event)) return 'finish';
  if (event === 'may-end') return 'doubt';
  // It may be the only one, or the last.
  return node.type === 'AwaitExpression' && namesTask(node, sourceCode) ? 'doubt' : undefined;
}

/** `await task`, `await Promise.all([a, b])`, `await Promise.all(tasks)`. */
function namesTask({ argument }: TSESTree.AwaitExpression, sourceCode: SourceCode): boolean {
  return [...descendants(argument, sourceCode)].some((node) => {
    if (node.type !== 'Identifier') return false;
    const value = resolved(node, sourceCode);
    return [...descendants(value, sourceCode)].some(
      (made) => calledMember(made)?.name === MEMBER.createTask,
    );
  });
}

function awaits(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  return [...descendants(node, sourceCode, 'own')].some(({ type }) => type === 'AwaitExpression');
}

/** After it nothing of the body would have run anyway. */
function isTail(statement: TSESTree.Node, body: FunctionNode): boolean {
  for (let node = statement; node !== body; node = node.parent!) {
    const { parent } = node;
    if (parent === body) return true;
    if (parent?.type === 'BlockStatement' && parent.body.at(-1) !== node) return false;
    if (parent?.type === 'SwitchCase') continue;
    if (parent?.type !== 'BlockStatement' && !ENDS_WITH_PART.has(parent?.type ?? '')) return false;
  }
  return true;
}

/** Statements that end with each of their parts. */
const ENDS_WITH_PART: ReadonlySet<string> = new Set([
  'CatchClause',
  'IfStatement',
  'SwitchCase',
  'SwitchStatement',
  'TryStatement',
]);
