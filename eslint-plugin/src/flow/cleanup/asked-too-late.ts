// Whether a function of the project that is handed a signal is never cut by it: it does not look at
// the signal, or asks it only when there is nothing left to do.
//
//   async function bodyOf(response, signal) {
//     try { return await response.text(); } catch (error) {
//       if (signal.aborted) throw signal.reason;              // it has failed already
//       return '';
//     }
//   }
//
// What throws by the signal before, listens to it, or hands it on to what may, is cut.
import type { TSESTree } from '@typescript-eslint/utils';

import { FunctionAnswers } from '../../project/function-answers.js';
import type { Place, ProjectFunction } from '../../project/project-place.js';
import { projectFunction } from '../../project/project-function.js';
import { descendants } from '../../syntax/descendants.js';
import { type FunctionNode, isInside } from '../../syntax/enclosing.js';
import { propertyName } from '../../syntax/property-name.js';
import { catchAround } from '../../syntax/tries-around.js';
import type { SourceCode } from '../../syntax/variable.js';
import { isWait } from '../../syntax/waits-in.js';
import { outermost } from '../../syntax/wrappers.js';
import type { SignalSlot } from '../../types/types.js';
import { slotAt, usesOfSignal } from '../cancellation/signal-uses.js';
import { handedArgument } from '../../syntax/handed-argument.js';

type Node = TSESTree.Node;

/** From function to function, each of which only hands the signal on. */
const DEEPEST = 3;

export function isAskedTooLate(
  call: Node,
  slot: SignalSlot,
  place: Place,
  depth = DEEPEST,
): boolean {
  const called = depth > 0 ? projectFunction(call, place) : undefined;
  if (called === undefined || called.node.body == null) return false;
  return known.of(called.node, slotAt(depth, slot), () => {
    const uses = usesOfSignal(called.node, slot, called.place.sourceCode);
    return uses?.every((use) => isHarmless(use, slot, called, depth)) ?? false;
  });
}

/** Of each function, by the depth that was left to look and where it takes the signal. */
const known = new FunctionAnswers();

function isHarmless(
  use: Node,
  { property }: SignalSlot,
  { node, place }: ProjectFunction,
  depth: number,
): boolean {
  const read = membersOf(use);
  if (property !== undefined && read.names.length > 0) {
    if (read.names[0] !== property) return true;
    read.names.shift();
  }
  const handed = read.names.length === 0 ? handedArgument(read.node) : undefined;
  if (handed !== undefined) {
    const { call, argument } = handed;
    // Whole options have the signal in them still.
    const isWhole = property !== undefined && read.node === use;
    const next = { argument, property: isWhole ? property : undefined };
    if (isAskedTooLate(call, next, place, depth - 1)) return true;
  }
  const isThrowing = read.names[0] === 'throwIfAborted';
  return !isThrowing && isAtTheEnd(read.node, node, place.sourceCode);
}

/** `options.signal.aborted`, of `options`, with the names on the way. */
function membersOf(use: Node): { readonly node: Node; readonly names: (string | undefined)[] } {
  const names: (string | undefined)[] = [];
  let node = use;
  for (;;) {
    const { parent } = outermost(node);
    if (parent?.type !== 'MemberExpression' || parent.property === node) return { node, names };
    names.push(propertyName(parent));
    node = parent;
  }
}

/** After the last wait, or where one has failed: what comes then only tells of the end. */
function isAtTheEnd(use: Node, { async, body }: FunctionNode, sourceCode: SourceCode): boolean {
  const waits = async ? [...descendants(body, sourceCode, 'own')].filter(isWait) : [];
  const before = waits.filter((wait) => wait.range[1] <= use.range[0]);
  if (before.length === 0) return false;
  const failed = catchAround(use, body);
  if (failed !== undefined) return waits.every((wait) => !isInside(wait, failed.body));
  const statement = statementIn(use, body);
  return before.length === waits.length && statement !== undefined && isLast(statement);
}

/** The statement of the function's own block that something stands in. */
function statementIn(use: Node, body: Node): Node | undefined {
  let node: Node | undefined = use;
  while (node != null && node.parent !== body) node = node.parent;
  return node;
}

/** Nothing is done after it any more but to give the result. */
function isLast(statement: Node): boolean {
  const { parent } = statement;
  if (parent?.type !== 'BlockStatement') return true;
  return parent.body
    .slice(parent.body.indexOf(statement as TSESTree.Statement) + 1)
    .every(({ type }) => type === 'ReturnStatement' || type === 'ThrowStatement');
}
