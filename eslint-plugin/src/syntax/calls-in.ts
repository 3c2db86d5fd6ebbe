import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from './descendants.js';
import type { SourceCode } from './variable.js';

export type Call = TSESTree.CallExpression | TSESTree.NewExpression;

export function isCall(node: TSESTree.Node): node is Call {
  return node.type === 'CallExpression' || node.type === 'NewExpression';
}

/** The calls in some code; not those in functions in it, which run at another time. */
export function ownCallsIn(code: TSESTree.Node, sourceCode: SourceCode): readonly Call[] {
  return [...descendants(code, sourceCode, 'own')].filter(isCall);
}
