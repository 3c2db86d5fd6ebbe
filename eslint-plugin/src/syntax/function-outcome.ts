// How a function ends, read off its own code: what it returns and awaits, whether it always throws,
// and whether it starts anything on the way.
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from './descendants.js';
import { type FunctionNode, isInside } from './enclosing.js';
import { calledMember } from './property-name.js';
import type { SourceCode } from './variable.js';
import { unwrapped } from './wrappers.js';
import { isLoop } from './loops.js';

export interface Outcome {
  readonly returned: readonly TSESTree.Node[];
  readonly awaited: readonly TSESTree.Node[];
  readonly hasLoop: boolean;
}

/** Each promise that is left alone in a function asks. */
const known = new WeakMap<FunctionNode, Outcome>();

export function outcomeOf(node: FunctionNode, sourceCode: SourceCode): Outcome {
  const outcome = known.get(node) ?? findOutcome(node, sourceCode);
  known.set(node, outcome);
  return outcome;
}

function findOutcome({ body }: FunctionNode, sourceCode: SourceCode): Outcome {
  const nodes = [...descendants(body, sourceCode, 'own')];
  const isBlock = body.type === 'BlockStatement';
  return {
    returned: isBlock
      ? nodes.flatMap((node) => (node.type === 'ReturnStatement' ? (node.argument ?? []) : []))
      : [body],
    awaited: nodes.flatMap((node) => (node.type === 'AwaitExpression' ? node.argument : [])),
    hasLoop: nodes.some(isLoop),
  };
}

/** `() => { …; throw error; }`, `() => Promise.reject(error)`. */
export function alwaysFails({ body }: FunctionNode): boolean {
  if (body.type !== 'BlockStatement') return isRejection(body);
  const last = body.body.at(-1);
  if (last?.type === 'ReturnStatement') return last.argument !== null && isRejection(last.argument);
  return last?.type === 'ThrowStatement';
}

function isRejection(value: TSESTree.Node): boolean {
  return calledMember(unwrapped(value))?.name === 'reject';
}

/** Calls that end something, or tell about it, and start nothing. */
const QUIET: ReadonlySet<string | undefined> = new Set([
  'abort',
  'cancel',
  'clearTimeout',
  'reject',
]);

/** Whether the function calls anything, outside of the nodes that are known. */
export function startsAnything(
  { body }: FunctionNode,
  known: readonly TSESTree.Node[],
  sourceCode: SourceCode,
): boolean {
  return [...descendants(body, sourceCode)].some(
    (node) =>
      node.type === 'CallExpression' &&
      !known.some((other) => isInside(node, other)) &&
      !isQuiet(node),
  );
}

function isQuiet(call: TSESTree.CallExpression): boolean {
  const { callee } = call;
  if (callee.type === 'Identifier') return QUIET.has(callee.name);
  const member = calledMember(call);
  const isLog = member?.object.type === 'Identifier' && member.object.name === 'console';
  return isLog || QUIET.has(member?.name);
}
