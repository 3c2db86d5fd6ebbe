import type { TSESTree } from '@typescript-eslint/utils';

import { isFunction } from './enclosing.js';
import type { SourceCode } from './variable.js';

/**
 * A node and all nodes in it, in the order of the text. `'own'`: what is in nested functions is left
 * out, or in whatever else is named.
 */
export function* descendants(
  root: TSESTree.Node,
  sourceCode: SourceCode,
  which: 'all' | 'own' | ((node: TSESTree.Node) => boolean) = 'all',
): Generator<TSESTree.Node> {
  const isClosed = which === 'own' ? isFunction : which === 'all' ? undefined : which;
  const waiting: TSESTree.Node[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    if (isClosed !== undefined && node !== root && isClosed(node)) continue;
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
