// Whether `await` may stand where a node stands: in an async function, or at the top of a module
// that can wait.
import type { TSESTree } from '@typescript-eslint/utils';

import { enclosingRun, isFunction, isInside } from './enclosing.js';

/** What is known of the file as a module. */
export interface AwaitingModule {
  readonly hasTopLevelAwait: boolean;
}

export function isAwaitAllowed(node: TSESTree.Node, module: AwaitingModule): boolean {
  const run = enclosingRun(node);
  // Not in the default of a parameter, nor in a decorator.
  if (isFunction(run)) return run.async && isInside(node, run.body);
  if (run.type !== 'Program') return false;
  return !isInNamespace(node) && module.hasTopLevelAwait;
}

/** A namespace is compiled to a function, which is not async. */
function isInNamespace(node: TSESTree.Node): boolean {
  for (let around = node.parent; around != null; around = around.parent) {
    if (around.type === 'TSModuleBlock') return true;
  }
  return false;
}
