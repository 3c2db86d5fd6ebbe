// Whether an async function handles the error of everything that it waits for, by its own code:
//
//   async () => { try { await work(); } catch (error) { report(error); } }
//
// That a plain call outside of a `try` may throw is left aside: nearly every call may. So is a lock that
// is waited for before the work, and what the `catch` closes.
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from './descendants.js';
import type { FunctionNode } from './enclosing.js';
import { isPlainValue } from './plain-value.js';
import { chainOf, errorHandlerOf } from './promise-chain.js';
import { calledName } from './property-name.js';
import { catchAround, isCaught } from './tries-around.js';
import type { SourceCode } from './variable.js';
import { isWait } from './waits-in.js';
import { unwrapped } from './wrappers.js';

/**
 * `isHandled`: whether the error of what is awaited or returned is handled by that itself.
 * `isReached`: whether a call comes to a part.
 */
export function handlesItsErrors(
  called: FunctionNode,
  sourceCode: SourceCode,
  isHandled: (promise: TSESTree.Node) => boolean = hasHandler,
  isReached: (part: TSESTree.Node) => boolean = () => true,
): boolean {
  if (!called.async || called.generator) return false;
  const nodes = [...descendants(called.body, sourceCode, 'own')];
  const waits = nodes.filter((node) => mayFail(node, sourceCode) && isReached(node));
  if (called.body.type !== 'BlockStatement' && waits.length === 0) return isHandled(called.body);
  // Of a function that waits for nothing it is the calls that may throw.
  const isCall = (node: TSESTree.Node): boolean =>
    node.type === 'CallExpression' && isReached(node);
  const risks = waits.length > 0 ? waits : nodes.filter(isCall);
  return (
    risks.length > 0 &&
    risks.every((node) => isTakenCareOf(node, called) || isHandledItself(node, isHandled))
  );
}

/** What is returned from a `try` without `await` fails after the `try` has been left. */
function isTakenCareOf(node: TSESTree.Node, called: FunctionNode): boolean {
  if (isInCatch(node, called) || isLocking(node)) return true;
  return node.type !== 'ReturnStatement' && isCaught(node, called);
}

/** `return load().catch(report)`, `await load().catch(report)`. */
function isHandledItself(
  node: TSESTree.Node,
  isHandled: (promise: TSESTree.Node) => boolean,
): boolean {
  if (node.type !== 'AwaitExpression' && node.type !== 'ReturnStatement') return false;
  return node.argument !== null && isHandled(node.argument);
}

function hasHandler(promise: TSESTree.Node): boolean {
  return errorHandlerOf(chainOf(promise)) !== undefined;
}

function mayFail(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  switch (node.type) {
    case 'ThrowStatement':
      return true;
    case 'ReturnStatement':
      return node.argument !== null && !isPlainValue(node.argument, sourceCode);
    default:
      return isWait(node);
  }
}

/** `const unlock = await this.#lock.lock();` */
function isLocking(node: TSESTree.Node): boolean {
  if (node.type !== 'AwaitExpression') return false;
  return /^(acquire(Lock)?|lock)$/.test(calledName(unwrapped(node.argument)) ?? '');
}

/** What a `catch` calls, hands the error to, or closes with, is not expected to throw. */
function isInCatch(node: TSESTree.Node, called: FunctionNode): boolean {
  const around = catchAround(node, called);
  if (around === undefined) return false;
  if (node.type === 'CallExpression') return true;
  const isGiving = node.type === 'AwaitExpression' || node.type === 'ReturnStatement';
  if (!isGiving || node.argument === null) return false;
  return isHandedError(node.argument, around) || isClosing(node.argument);
}

const CLOSING =
  /^(abort|cancel|clean|close|destroy|disconnect|dispose|release|stop|terminate|unlock)/;

/** `await this.close()`. */
function isClosing(given: TSESTree.Node): boolean {
  return CLOSING.test(calledName(unwrapped(given)) ?? '');
}

/** `await report(error)` and `return next(error)`, in `catch (error)`. */
function isHandedError(given: TSESTree.Node, { param }: TSESTree.CatchClause): boolean {
  const call = unwrapped(given);
  if (call.type !== 'CallExpression' || param?.type !== 'Identifier') return false;
  return call.arguments.some((each) => each.type === 'Identifier' && each.name === param.name);
}
