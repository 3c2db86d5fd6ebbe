import type { TSESTree } from '@typescript-eslint/utils';

import { enclosingRun } from './enclosing.js';

/**
 * The `try` statements by whose block a node is run, the inner ones first. What stands in a `catch` or a
 * `finally` has left its `try`.
 */
export function* triesAround(
  node: TSESTree.Node,
  within: TSESTree.Node = enclosingRun(node),
): Generator<TSESTree.TryStatement, undefined> {
  let child = node;
  for (let around = node.parent; around != null && child !== within; around = around.parent) {
    if (around.type === 'TryStatement' && around.block === child) yield around;
    child = around;
  }
}

/** The innermost `catch` in whose block a node stands. */
export function catchAround(
  node: TSESTree.Node,
  within: TSESTree.Node,
): TSESTree.CatchClause | undefined {
  let around: TSESTree.Node | undefined = node.parent;
  while (around != null && around !== within && around.type !== 'CatchClause')
    around = around.parent;
  return around?.type === 'CatchClause' ? around : undefined;
}

/** Whether a `catch` takes what a node throws. */
export function isCaught(node: TSESTree.Node, within?: TSESTree.Node): boolean {
  return [...triesAround(node, within)].some(({ handler }) => handler !== null);
}
