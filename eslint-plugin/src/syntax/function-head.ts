import type { TSESTree } from '@typescript-eslint/utils';

import { isFunction } from './enclosing.js';
import type { SourceCode } from './variable.js';

/** What to underline of an expression: of a function its head, for its body may be long. */
export function functionHead(node: TSESTree.Node, sourceCode: SourceCode): TSESTree.SourceLocation {
  if (!isFunction(node)) return node.loc;
  const last = sourceCode.getTokenBefore(
    node.body,
    ({ value }) => node.type !== 'ArrowFunctionExpression' || value === '=>',
  );
  return last === null ? node.loc : { start: node.loc.start, end: last.loc.end };
}
