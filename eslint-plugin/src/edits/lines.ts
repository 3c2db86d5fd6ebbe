// Lines of their own, written as the file writes its lines: its indentation, its line breaks.
import type { TSESTree } from '@typescript-eslint/utils';

import type { SourceCode } from '../syntax/variable.js';

/** The white space that the line of a node begins with. */
export function indentOf(node: TSESTree.Node, { lines }: SourceCode): string {
  return /^\s*/.exec(lines[node.loc.start.line - 1] ?? '')![0];
}

/** How the file goes one level deeper: by a tab, or by as many spaces as its own blocks do. */
export function indentUnit({ ast, lines }: SourceCode): string {
  const known = units.get(ast);
  if (known !== undefined) return known;
  const unit = findUnit(lines);
  units.set(ast, unit);
  return unit;
}

const units = new WeakMap<object, string>();

function findUnit(lines: readonly string[]): string {
  let before = '';
  for (const line of lines) {
    const indent = /^[ \t]*/.exec(line)![0];
    if (indent.length === line.length || /^\s*\*/.test(line)) continue;
    const deeper = indent.startsWith(before) ? indent.slice(before.length) : '';
    if (deeper.startsWith('\t')) return '\t';
    // One space is an alignment, and nobody indents by more than eight.
    if (deeper.length > 1 && deeper.length <= 8) return deeper;
    before = indent;
  }
  return '  ';
}

export function lineBreak({ text }: SourceCode): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** `;`, unless the statements of the file end without. */
export function statementEnd({ ast, text }: SourceCode): '' | ';' {
  const ends = ast.body
    .filter(({ type }) => /^(Expression|Export|Import|Variable)/.test(type))
    .map(({ range }) => text[range[1] - 1])
    .filter((end) => end !== '}');
  return ends.length > 0 && !ends.includes(';') ? '' : ';';
}

/** Whether nothing but white space stands before a node in its line. */
export function beginsLine(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const before = sourceCode.getTokenBefore(node, { includeComments: true });
  return before === null || before.loc.end.line < node.loc.start.line;
}

/** A part of the text with its lines one level deeper; the first is left to who puts it somewhere. */
export function deepened([start, end]: readonly [number, number], sourceCode: SourceCode): string {
  const text = sourceCode.text.slice(start, end);
  // The lines of a template are part of what it says.
  const hasTemplate = sourceCode.ast.tokens.some(
    ({ range, type, loc }) =>
      type === 'Template' && range[0] >= start && range[1] <= end && loc.start.line < loc.end.line,
  );
  if (hasTemplate) return text;
  const unit = indentUnit(sourceCode);
  return text.replace(/\n(?=[^\r\n])/g, `\n${unit}`);
}
