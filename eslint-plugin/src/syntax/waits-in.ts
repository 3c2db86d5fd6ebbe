import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from './descendants.js';
import type { SourceCode } from './variable.js';

/** Whether a run comes to a halt at a node: `await`, `for await`, the end of `await using`. */
export function isWait(node: TSESTree.Node): boolean {
  return (
    node.type === 'AwaitExpression' ||
    (node.type === 'ForOfStatement' && node.await) ||
    (node.type === 'VariableDeclaration' && node.kind === 'await using')
  );
}

/** Whether a part of a function waits for anything; what functions in it do is their own. */
export function waitsIn(
  part: TSESTree.Node,
  sourceCode: SourceCode,
  isReached: (node: TSESTree.Node) => boolean = () => true,
): boolean {
  for (const node of descendants(part, sourceCode, 'own')) {
    if (isWait(node) && isReached(node)) return true;
  }
  return false;
}
