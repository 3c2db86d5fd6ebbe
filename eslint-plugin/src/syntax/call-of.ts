import type { TSESTree } from '@typescript-eslint/utils';

import { outermost } from './wrappers.js';

/** The call whose callee an expression is: `load()` for `load`, `a.b!()` for `a.b`. */
export function callOf(expression: TSESTree.Node): TSESTree.CallExpression | undefined {
  const callee = outermost(expression);
  const call = callee.parent;
  return call?.type === 'CallExpression' && call.callee === callee ? call : undefined;
}
