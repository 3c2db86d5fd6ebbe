// The name of a property, where the text settles it: `a.b`, `a['b']`, a[`b`], `{ b: 1 }`,
// `{ 'b': 1 }`, `a.#b` (as `#b`) and the well-known symbols, `a[Symbol.asyncDispose]`
// (as `Symbol.asyncDispose`). `undefined` for a computed name that only a run can tell.
import type { TSESTree } from '@typescript-eslint/utils';

import { unwrapped } from './wrappers.js';

type Named =
  | TSESTree.AccessorProperty
  | TSESTree.MemberExpression
  | TSESTree.MethodDefinition
  | TSESTree.Property
  | TSESTree.PropertyDefinition
  | TSESTree.TSAbstractMethodDefinition
  | TSESTree.TSAbstractPropertyDefinition
  | TSESTree.TSMethodSignature
  | TSESTree.TSPropertySignature;

export function propertyName(node: Named): string | undefined {
  const key = node.type === 'MemberExpression' ? node.property : node.key;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (!node.computed) return key.type === 'Identifier' ? key.name : literalName(key);
  return literalName(unwrapped(key)) ?? symbolName(unwrapped(key));
}

/** The member that is called, for `object.name(…)`; wrappers around the callee are looked through. */
export function calledMember(
  call: TSESTree.Node,
): { readonly object: TSESTree.Node; readonly name: string | undefined } | undefined {
  if (call.type !== 'CallExpression') return undefined;
  const callee = unwrapped(call.callee);
  if (callee.type !== 'MemberExpression') return undefined;
  return { object: unwrapped(callee.object), name: propertyName(callee) };
}

/** The name that a call is made by: `load` of `load()` and of `api.load()`. */
export function calledName(call: TSESTree.Node): string | undefined {
  if (call.type !== 'CallExpression') return undefined;
  const callee = unwrapped(call.callee);
  return callee.type === 'Identifier' ? callee.name : calledMember(call)?.name;
}

function literalName(key: TSESTree.Node): string | undefined {
  if (key.type === 'Literal') return String(key.value);
  if (key.type !== 'TemplateLiteral' || key.expressions.length > 0) return undefined;
  return key.quasis[0]?.value.cooked ?? undefined;
}

function symbolName(key: TSESTree.Node): string | undefined {
  if (key.type !== 'MemberExpression' || key.computed) return undefined;
  if (key.object.type !== 'Identifier' || key.object.name !== 'Symbol') return undefined;
  return key.property.type === 'Identifier' ? `Symbol.${key.property.name}` : undefined;
}
