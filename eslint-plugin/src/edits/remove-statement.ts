import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { SourceCode } from '../syntax/variable.js';

/** The edit that takes out a statement with its lines; `undefined` where others stand in them. */
export function removed(
  statement: TSESTree.Node,
  sourceCode: SourceCode,
): TSESLint.ReportFixFunction | undefined {
  const range = wholeLines(statement, sourceCode);
  return range && ((fixer) => fixer.removeRange([...range]));
}

/** The lines of a statement; `undefined` where others stand in them. */
export function wholeLines(
  statement: TSESTree.Node,
  sourceCode: SourceCode,
): readonly [number, number] | undefined {
  const { text } = sourceCode;
  const start = text.lastIndexOf('\n', statement.range[0]) + 1;
  const newline = text.indexOf('\n', statement.range[1]);
  if (newline === -1) return undefined;
  const isAlone = text.slice(start, newline).trim() === sourceCode.getText(statement);
  return isAlone ? [start, newline + 1] : undefined;
}
