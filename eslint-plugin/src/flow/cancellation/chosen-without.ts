// Whether the author has chosen that a call is made without a signal, by a condition around it:
//
//   options == null ? send(message) : send(message, options)     there is none in this branch
//   if (!signal) return load(id);                                nor here
//   isPlain ? send(message) : send(message, options)             the other branch hands it on
//   const options = signal ? { signal } : undefined;
//   options ? await send(message, options) : await send(message)
import type { TSESTree } from '@typescript-eslint/utils';

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
    if (node.type !== 'ConditionalExpression' && node.type !== 'IfStatement') continue;
    if (node.test === child) continue;
    const isThen = node.consequent === child;
    if (isMissingWhen(node.test, isThen, signal, sourceCode)) return true;
    const other = isThen ? node.alternate : node.consequent;
    const isValue = node.type === 'ConditionalExpression' && unawaited(child) === call;
    if (isValue && isFuller(other, call, sourceCode)) return true;
  }
  return false;
}

/** Whether a test says, when it holds or does not, that the scope is not there. */
function isMissingWhen(
  test: TSESTree.Node,
  holds: boolean,
  signal: string,
  sourceCode: SourceCode,
): boolean {
  const node = unwrapped(test);
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    return isMissingWhen(node.argument, !holds, signal, sourceCode);
  }
  if (node.type === 'BinaryExpression' && /^[!=]==?$/.test(node.operator)) {
    const isEqual = node.operator.startsWith('=');
    return isNullish(node.right) && holds === isEqual && isScope(node.left, signal, sourceCode);
  }
  if (holds) return false;
  if (isScope(node, signal, sourceCode)) return true;
  const given = node.type === 'Identifier' ? testOfOptions(node, sourceCode) : undefined;
  return given !== undefined && isMissingWhen(given, false, signal, sourceCode);
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
