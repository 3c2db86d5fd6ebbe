import type { TSESTree } from '@typescript-eslint/utils';

import { type FunctionNode, isFunction } from './enclosing.js';
import { propertyName } from './property-name.js';
import { functionOf, type SourceCode } from './variable.js';
import { unwrapped } from './wrappers.js';

/** The method or function field of the class, or of the literal, around that `this.name` stands for. */
export function ownMethod(expression: TSESTree.Node): FunctionNode | undefined {
  const node = unwrapped(expression);
  if (node.type !== 'MemberExpression' || node.object.type !== 'ThisExpression') return undefined;
  const name = propertyName(node);
  if (name === undefined) return undefined;
  const around = ownerOfThis(node);
  const value = around && membersOf(around).get(name);
  return isFunction(value) ? value : undefined;
}

/** Each of a class's methods may call all others. */
const members = new WeakMap<TSESTree.Node, ReadonlyMap<string, TSESTree.Node>>();

/** What a class or a literal gives each name first, by its name. */
function membersOf(owner: Owner): ReadonlyMap<string, TSESTree.Node> {
  const known = members.get(owner);
  if (known !== undefined) return known;
  const values = new Map<string, TSESTree.Node>();
  for (const member of owner.type === 'ClassBody' ? owner.body : owner.properties) {
    if (!('value' in member) || member.value == null) continue;
    const name = propertyName(member);
    if (name !== undefined && !values.has(name)) values.set(name, unwrapped(member.value));
  }
  members.set(owner, values);
  return values;
}

type Owner = TSESTree.ClassBody | TSESTree.ObjectExpression;

function ownerOfThis(node: TSESTree.Node): Owner | undefined {
  for (let around = node.parent; around != null; around = around.parent) {
    if (around.type === 'ClassBody') return around;
    if (around.type !== 'FunctionExpression') continue;
    const literal = around.parent?.parent;
    if (around.parent?.type === 'Property' && literal?.type === 'ObjectExpression') return literal;
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
