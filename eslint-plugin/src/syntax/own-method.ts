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
  const around = classAround(node);
  const value = around && membersOf(around).get(name);
  return isFunction(value) ? value : undefined;
}

/** Each of a class's methods may call all others. */
const members = new WeakMap<TSESTree.ClassBody, ReadonlyMap<string, TSESTree.Node>>();

/** What the class gives each name first, by its name. */
function membersOf(body: TSESTree.ClassBody): ReadonlyMap<string, TSESTree.Node> {
  const known = members.get(body);
  if (known !== undefined) return known;
  const values = new Map<string, TSESTree.Node>();
  for (const member of body.body) {
    if (!('value' in member) || member.value == null) continue;
    const name = propertyName(member);
    if (name !== undefined && !values.has(name)) values.set(name, unwrapped(member.value));
  }
  members.set(body, values);
  return values;
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
