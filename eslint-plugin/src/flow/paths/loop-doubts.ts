// A loop may run no round at all, and then what stands in it is not reached:
//
//   const page = load();
//   for (const name of names) known.set(name, page);
//   await other();
//
// Whether there are `names` is known before, as a rule. The way past such a loop is in doubt.
import type { TSESTree } from '@typescript-eslint/utils';

import { isInside } from '../../syntax/enclosing.js';
import { unwrapped } from '../../syntax/wrappers.js';

/** The nodes that decide on the first round of a loop, each with its loop. */
export type LoopDoubts = ReadonlyMap<TSESTree.Node, TSESTree.Node>;

/** Of each loop that has one of these nodes in it. */
export function loopDoubts(nodes: Iterable<TSESTree.Node>): LoopDoubts {
  const doubts = new Map<TSESTree.Node, TSESTree.Node>();
  const seen = new Set<TSESTree.Node>();
  for (const node of nodes) {
    for (let around = node.parent; around != null; around = around.parent) {
      const head = headOf(around);
      if (head != null && !isInside(node, head)) doubts.set(head, around);
      // What is around a statement is around all that is in it.
      if (!around.type.endsWith('Statement')) continue;
      if (seen.has(around)) break;
      seen.add(around);
    }
  }
  return doubts;
}

/** Whether a node is the doubt of a loop that a path from another node comes upon. */
export function isDoubt(
  node: TSESTree.Node,
  { doubts, from }: { readonly doubts: LoopDoubts; readonly from: TSESTree.Node },
): boolean {
  const loop = doubts.get(node);
  return loop !== undefined && !isInside(from, loop);
}

function headOf(loop: TSESTree.Node): TSESTree.Node | null | undefined {
  switch (loop.type) {
    case 'ForInStatement':
    case 'ForOfStatement':
      return loop.right;
    case 'ForStatement':
    case 'WhileStatement':
      return loop.test && leftmost(loop.test);
    default:
      return undefined;
  }
}

/** Of `a && b` and of `!a` only the parts are evaluated, `a` first. */
function leftmost(test: TSESTree.Node): TSESTree.Node {
  const node = unwrapped(test);
  if (node.type === 'LogicalExpression') return leftmost(node.left);
  const isNot = node.type === 'UnaryExpression' && node.operator === '!';
  return isNot ? leftmost(node.argument) : node;
}
