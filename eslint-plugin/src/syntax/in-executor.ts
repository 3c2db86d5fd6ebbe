import type { TSESTree } from '@typescript-eslint/utils';

import { PLATFORM } from '../vocabulary.js';
import { isFunction } from './enclosing.js';
import { isGlobalName } from './mooring-reference.js';
import type { SourceCode } from './variable.js';

/** Whether a function around it, within `run`, makes a promise by hand: `new Promise((resolve) => { … })`. */
export function isInExecutor(
  node: TSESTree.Node,
  run: TSESTree.Node,
  sourceCode: SourceCode,
): boolean {
  for (let around = node.parent; around != null && around !== run; around = around.parent) {
    const { parent } = around;
    if (!isFunction(around) || parent?.type !== 'NewExpression') continue;
    if (isGlobalName(parent.callee, PLATFORM.promise, sourceCode)) return true;
  }
  return false;
}
