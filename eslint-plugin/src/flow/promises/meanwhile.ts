// When it does no harm to await something else while a stored promise is pending: because of what
// the promise is, or because of what is awaited. That some path never awaits the promise is
// another matter.
//
//   const page = load().catch(report);               // its error is handled
//   const page = (async () => { try { … } catch { … } })();    // it handles its own
//   const closed = once(server, 'close');            // an event that is waited for, and no work
//   await Promise.resolve();                         // no rejection counts as unhandled yet
//   await vi.advanceTimersByTimeAsync(10);           // the time that the promise waits for
import type { TSESTree } from '@typescript-eslint/utils';

import { enclosingFunction } from '../../syntax/enclosing.js';
import { isLiteralValue } from '../../syntax/literal-value.js';
import { chainOf } from '../../syntax/promise-chain.js';
import { promiseStatic } from '../../syntax/promise-static.js';
import { calledName, propertyName } from '../../syntax/property-name.js';
import { constantInit, localVariableOf, type SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { FAKE_CLOCK_METHODS } from '../../vocabulary.js';

/** Whether a node awaits something during which a pending promise can be lost. */
export function isAwaitOfOther(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  if (node.type === 'ForOfStatement') return node.await;
  // Who iterates over an async generator may never ask again.
  if (node.type === 'YieldExpression') return enclosingFunction(node)?.async === true;
  if (node.type !== 'AwaitExpression') return false;
  const value = unwrapped(node.argument);
  return !isTick(value, sourceCode) && !FAKE_CLOCK_METHODS.has(calledName(unwrapped(value)) ?? '');
}

/**
 * `once(…)`, `page.waitForEvent(…)`, `port.expectMessage()`, `toPromise(picker.onDidHide)`. It has to be
 * there before what sets the event off, and so cannot be awaited first.
 */
export function isEvent(started: TSESTree.Node): boolean {
  const { root } = chainOf(started);
  const name = calledName(unwrapped(root));
  if (name !== undefined && WAITING.test(name)) return true;
  return root.type === 'CallExpression' && root.arguments.some(isNamedEvent);
}

const WAITING = /^(once$|(expect(?=[A-Z])|wait(For|Until))(?![a-z]))/;

/** `picker.onDidHide`. */
function isNamedEvent(value: TSESTree.Node): boolean {
  return value.type === 'MemberExpression' && /^on[A-Z]/.test(propertyName(value) ?? '');
}

/**
 * Two waits that are started together, of which nobody has the second while the first is awaited:
 *
 *     const a = waitForLine(/a/), b = waitForLine(/b/);
 *     await a;                        // ← when it fails, nobody handles the error of `b`
 *     await b;
 *
 * Where something is called between, that may be what sets off both.
 */
export function isAwaitOfTwin(
  node: TSESTree.Node,
  started: TSESTree.Node,
  sourceCode: SourceCode,
): boolean {
  if (node.type !== 'AwaitExpression') return false;
  const name = unwrapped(node.argument);
  const variable = name.type === 'Identifier' ? localVariableOf(name, sourceCode) : undefined;
  const twin = variable && constantInit(variable);
  if (twin === undefined || !isEvent(twin)) return false;
  const { text } = sourceCode;
  const [first, second] = started.range[0] < twin.range[0] ? [started, twin] : [twin, started];
  const between = text.slice(first.range[1], second.range[0]);
  return !/[([]/.test(between + text.slice(second.range[1], node.range[0]));
}

/** `await Promise.resolve()` cannot fail either. */
function isTick(value: TSESTree.Node, sourceCode: SourceCode): boolean {
  if (isLiteralValue(value)) return true;
  if (value.type !== 'CallExpression') return false;
  const isSettled = value.arguments.every((each) => each.type === 'Literal');
  return isSettled && promiseStatic(value, sourceCode) === 'resolve';
}
