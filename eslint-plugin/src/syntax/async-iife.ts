import type { TSESTree } from '@typescript-eslint/utils';

import { type FunctionNode, isFunction } from './enclosing.js';

export type AsyncIife = TSESTree.CallExpression & { readonly callee: FunctionNode };

/** `(async () => { … })()`: an async function that is called where it stands. */
export function isAsyncIife(node: TSESTree.Node): node is AsyncIife {
  if (node.type !== 'CallExpression') return false;
  return isFunction(node.callee) && node.callee.async && !node.callee.generator;
}
