import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { SourceCode } from '../syntax/variable.js';

/** The edit that takes out a statement with its lines; `undefined` where others stand in them. */
export function removed(
  statement: TSESTree.Node,
  sourceCode: SourceCode,
): TSESLint.ReportFixFunction | undefined {
  const { text } = sourceCode;
  const start = text.lastIndexOf('\n', statement.range[0]) + 1;
  const newline = text.indexOf('\n', statement.range[1]);
  if (newline === -1) return undefined;
  if (text.slice(start, newline).trim() !== sourceCode.getText(statement)) return undefined;
  return (fixer) => fixer.removeRange([start, newline + 1]);
}
