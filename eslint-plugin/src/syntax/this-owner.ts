import type { TSESTree } from '@typescript-eslint/utils';

const OWNERS: ReadonlySet<string> = new Set([
  'ClassDeclaration',
  'ClassExpression',
  'ObjectExpression',
]);

/** The class or object literal whose `this` a node means; the file where there is none. */
export function ownerOfThis(node: TSESTree.Node): TSESTree.Node {
  let around = node;
  while (around.parent != null && !OWNERS.has(around.type)) around = around.parent;
  return around;
}
