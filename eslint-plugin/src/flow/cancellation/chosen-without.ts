// Whether the author has chosen that a call is made without a signal, by a condition around it:
//
//   options == null ? send(message) : send(message, options)     there is none in this branch
//   if (!signal) return load(id);                                nor here
//   isPlain ? send(message) : send(message, options)             the other branch hands it on
//   const options = signal ? { signal } : undefined;
//   options ? await send(message, options) : await send(message)
import type { TSESTree } from '@typescript-eslint/utils';

import { type DecidingTest, isSaidIn, testOver } from '../../syntax/deciding-test.js';
import { isFunction } from '../../syntax/enclosing.js';
import { isNullish } from '../../syntax/literal-value.js';
import { constantInit, localVariableOf, type SourceCode } from '../../syntax/variable.js';
import { unawaited, unwrapped } from '../../syntax/wrappers.js';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** `signal` is how the signal at hand is written: `signal`, `options?.signal`. */
export function isChosenWithout(call: Call, signal: string, sourceCode: SourceCode): boolean {
  let child: TSESTree.Node = call;
  let node: TSESTree.Node | undefined = call.parent;
  for (; node != null && !isFunction(node); child = node, node = node.parent) {
    const decides = testOver(child, node);
    if (decides === undefined) continue;
    if (saysMissing(decides, signal, sourceCode)) return true;
    if (node.type !== 'ConditionalExpression' || unawaited(child) !== call) continue;
    const other = decides.holds ? node.alternate : node.consequent;
    if (isFuller(other, call, sourceCode)) return true;
  }
  return false;
}

/** Whether a test says that the scope is not there. */
function saysMissing(decides: DecidingTest, signal: string, sourceCode: SourceCode): boolean {
  return isSaidIn(decides, (node, holds) => {
    if (node.type === 'BinaryExpression' && /^[!=]==?$/.test(node.operator)) {
      const isEqual = node.operator.startsWith('=');
      return isNullish(node.right) && holds === isEqual && isScope(node.left, signal, sourceCode);
    }
    if (holds) return false;
    if (isScope(node, signal, sourceCode)) return true;
    const test = node.type === 'Identifier' ? testOfOptions(node, sourceCode) : undefined;
    return test !== undefined && saysMissing({ test, holds: false }, signal, sourceCode);
  });
}

/** `signal` of `const options = signal ? { signal } : undefined`, or of `signal && { signal }`. */
function testOfOptions(
  name: TSESTree.Identifier,
  sourceCode: SourceCode,
): TSESTree.Node | undefined {
  const variable = localVariableOf(name, sourceCode);
  const init = variable && constantInit(variable);
  const node = init && unwrapped(init);
  if (node?.type === 'ConditionalExpression') {
    return isNullish(unwrapped(node.alternate)) ? node.test : undefined;
  }
  return node?.type === 'LogicalExpression' && node.operator === '&&' ? node.left : undefined;
}

function isScope(node: TSESTree.Node, signal: string, sourceCode: SourceCode): boolean {
  const text = sourceCode.getText(node).replaceAll('?.', '.');
  const path = signal.replaceAll('?.', '.');
  return path === text || path.startsWith(`${text}.`);
}

/** The same call with more arguments. */
function isFuller(other: TSESTree.Node | null, call: Call, sourceCode: SourceCode): boolean {
  const node = other && unawaited(other);
  if (node?.type !== call.type) return false;
  const { arguments: given, callee } = node;
  const isSame = sourceCode.getText(callee) === sourceCode.getText(call.callee);
  return isSame && given.length > call.arguments.length;
}
