// Layers around an expression that change its type or how it is written, and not its value:
// `x as T`, `x!`, `x satisfies T`, `<T>x`, `x<T>`, `(a?.b)`. Look through them before asking what
// an expression is (`unwrapped`) or what is done with it (`outermost(node).parent`).
import type { TSESTree } from '@typescript-eslint/utils';

const WRAPPERS: ReadonlySet<string> = new Set([
  'ChainExpression',
  'ParenthesizedExpression', // Not of ESTree; Babel's parser can be told to make them.
  'TSAsExpression',
  'TSInstantiationExpression',
  'TSNonNullExpression',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
]);

/** The expression inside all wrappers. */
export function unwrapped(node: TSESTree.Node): TSESTree.Node {
  let inner = node;
  while (isWrapper(inner)) inner = inner.expression;
  return inner;
}

/** The expression whose result it is: `load()` of `await load()`, itself where nothing is awaited. */
export function unawaited(node: TSESTree.Node): TSESTree.Node {
  const value = unwrapped(node);
  return value.type === 'AwaitExpression' ? unwrapped(value.argument) : value;
}

/** The node itself with all wrappers around it: its `parent` is what uses the value. */
export function outermost(node: TSESTree.Node): TSESTree.Node {
  let outer = node;
  while (outer.parent != null && isWrapper(outer.parent)) outer = outer.parent;
  return outer;
}

export function isWrapper(
  node: TSESTree.Node,
): node is TSESTree.Node & { readonly expression: TSESTree.Expression } {
  return WRAPPERS.has(node.type);
}
