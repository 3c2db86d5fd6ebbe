import type { TSESTree } from '@typescript-eslint/utils';

import { isFunction } from './enclosing.js';
import type { SourceCode } from './variable.js';

/** A node and all nodes in it, in the order of the text. `'own'`: nested functions are left out. */
export function* descendants(
  root: TSESTree.Node,
  sourceCode: SourceCode,
  which: 'all' | 'own' = 'all',
): Generator<TSESTree.Node> {
  const waiting: TSESTree.Node[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    if (which === 'own' && node !== root && isFunction(node)) continue;
    const children = childrenOf(node, sourceCode);
    for (let last = children.length - 1; last >= 0; last--) waiting.push(children[last]!);
  }
}

function childrenOf(node: TSESTree.Node, sourceCode: SourceCode): readonly TSESTree.Node[] {
  const keys = sourceCode.visitorKeys[node.type] ?? [];
  return keys
    .flatMap((key) => (node as unknown as Record<string, TSESTree.Node | TSESTree.Node[]>)[key])
    .filter((child) => child != null);
}
