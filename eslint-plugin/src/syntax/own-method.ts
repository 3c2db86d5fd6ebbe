import type { TSESTree } from '@typescript-eslint/utils';

import { type FunctionNode, isFunction } from './enclosing.js';
import { propertyName } from './property-name.js';
import { functionOf, type SourceCode } from './variable.js';
import { unwrapped } from './wrappers.js';

/** The method or function field of the class around that `this.name` stands for. */
export function ownMethod(expression: TSESTree.Node): FunctionNode | undefined {
  const node = unwrapped(expression);
  if (node.type !== 'MemberExpression' || node.object.type !== 'ThisExpression') return undefined;
  const name = propertyName(node);
  if (name === undefined) return undefined;
  for (const member of classAround(node)?.body ?? []) {
    if (!('value' in member) || member.value == null || propertyName(member) !== name) continue;
    const value = unwrapped(member.value);
    return isFunction(value) ? value : undefined;
  }
  return undefined;
}

function classAround(node: TSESTree.Node): TSESTree.ClassBody | undefined {
  for (let around = node.parent; around != null; around = around.parent) {
    if (around.type === 'ClassBody') return around;
  }
  return undefined;
}

/** The function of this file that a call runs: `(async () => {})()`, `load()`, `this.load()`. */
export function calledFunction(
  expression: TSESTree.Node,
  sourceCode: SourceCode,
): FunctionNode | undefined {
  const call = unwrapped(expression);
  if (call.type !== 'CallExpression') return undefined;
  return functionOf(call.callee, sourceCode) ?? ownMethod(call.callee);
}
