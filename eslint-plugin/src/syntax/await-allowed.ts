// Whether `await` may stand where a node stands: in an async function, or at the top of an ES module.
import type { TSESTree } from '@typescript-eslint/utils';

import { enclosingRun, isFunction } from './enclosing.js';

export function isAwaitAllowed(node: TSESTree.Node, filename: string): boolean {
  const run = enclosingRun(node);
  if (isFunction(run)) return run.async;
  if (run.type !== 'Program' || run.sourceType !== 'module') return false;
  return !/\.c[jt]sx?$/.test(filename) && !isInNamespace(node);
}

/** A namespace is compiled to a function, which is not async. */
function isInNamespace(node: TSESTree.Node): boolean {
  for (let around = node.parent; around != null; around = around.parent) {
    if (around.type === 'TSModuleBlock') return true;
  }
  return false;
}
