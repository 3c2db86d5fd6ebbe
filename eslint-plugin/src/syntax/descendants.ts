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
    pushChildren(node, sourceCode, waiting);
  }
}

/** The last child first, so that the first one is taken out next. Rules walk whole files with it. */
function pushChildren(node: TSESTree.Node, sourceCode: SourceCode, waiting: TSESTree.Node[]): void {
  const keys = sourceCode.visitorKeys[node.type] ?? [];
  for (let key = keys.length - 1; key >= 0; key--) {
    const child = (node as unknown as Record<string, Child | Child[]>)[keys[key]!];
    if (!Array.isArray(child)) {
      if (child != null) waiting.push(child);
      continue;
    }
    for (let last = child.length - 1; last >= 0; last--) {
      const node = child[last];
      if (node != null) waiting.push(node);
    }
  }
}

type Child = TSESTree.Node | null | undefined;
