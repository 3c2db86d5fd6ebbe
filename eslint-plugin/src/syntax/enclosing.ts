// Where a node stands: the function whose run evaluates it, the block that its declarations
// belong to, and whether one node lies inside another.
import type { TSESTree } from '@typescript-eslint/utils';

export type FunctionNode =
  TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression;

/** What runs on its own: a function, a class's static block or field value, the program. */
export type RunNode = FunctionNode | TSESTree.Node;

export function isFunction(node: TSESTree.Node | null | undefined): node is FunctionNode {
  return (
    node?.type === 'ArrowFunctionExpression' ||
    node?.type === 'FunctionDeclaration' ||
    node?.type === 'FunctionExpression'
  );
}

/** The nearest function around a node, never the node itself. */
export function enclosingFunction(node: TSESTree.Node): FunctionNode | undefined {
  for (let around = node.parent; around != null; around = around.parent)
    if (isFunction(around)) return around;
  return undefined;
}

/**
 * The run that evaluates a node: the nearest function, static block, field value or program around
 * it. `await` and `yield` belong to it, and no `return`, `break` or `throw` stays inside a smaller
 * one. The key of a class member and its decorators belong to the run around the class.
 */
export function enclosingRun(node: TSESTree.Node): RunNode {
  let child = node;
  for (let around = node.parent; around != null; child = around, around = around.parent) {
    if (isFunction(around) || around.type === 'StaticBlock') return around;
    if (isFieldValue(around, child)) return child;
  }
  return child;
}

function isFieldValue(around: TSESTree.Node, child: TSESTree.Node): boolean {
  return (
    (around.type === 'PropertyDefinition' || around.type === 'AccessorProperty') &&
    around.value === child
  );
}

/** The block that a declaration belongs to; for the head of a loop, the loop. */
export function enclosingBlock(declaration: TSESTree.Node): TSESTree.Node | undefined {
  const { parent } = declaration;
  if (parent?.type === 'ExportNamedDeclaration') return parent.parent;
  return parent?.type === 'SwitchCase' ? parent.parent : parent;
}

/** Whether a node is another one or lies in it, by their places in the text. */
export function isInside(node: TSESTree.Node, around: TSESTree.Node): boolean {
  return around.range[0] <= node.range[0] && node.range[1] <= around.range[1];
}
