// Lines of their own, written as the file writes its lines: its indentation, its line breaks.
import type { TSESTree } from '@typescript-eslint/utils';

import { placeFrom } from '../syntax/first-from.js';
import type { SourceCode } from '../syntax/variable.js';

/** The white space that the line of a node begins with. */
export function indentOf(node: TSESTree.Node, { lines }: SourceCode): string {
  return /^\s*/.exec(lines[node.loc.start.line - 1] ?? '')![0];
}

/** How the file goes one level deeper: by a tab, or by as many spaces as its own blocks do. */
export function indentUnit(sourceCode: SourceCode): string {
  return styleOf(sourceCode).unit;
}

/** What is the same in all lines of a file: each report writes some. */
interface Style {
  readonly unit: string;
  readonly lineBreak: string;
  readonly statementEnd: '' | ';';
  /** Templates of more than one line: where they start, and where they end. */
  readonly templates: { readonly starts: readonly number[]; readonly ends: readonly number[] };
}

const styles = new WeakMap<object, Style>();

function styleOf({ ast, lines, text }: SourceCode): Style {
  const known = styles.get(ast);
  if (known !== undefined) return known;
  const templates = ast.tokens.filter(
    ({ type, loc }) => type === 'Template' && loc.start.line < loc.end.line,
  );
  const style: Style = {
    unit: findUnit(lines),
    lineBreak: text.includes('\r\n') ? '\r\n' : '\n',
    statementEnd: findStatementEnd(ast, text),
    templates: {
      starts: templates.map(({ range }) => range[0]),
      ends: templates.map(({ range }) => range[1]),
    },
  };
  styles.set(ast, style);
  return style;
}

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

export function lineBreak(sourceCode: SourceCode): string {
  return styleOf(sourceCode).lineBreak;
}

/** `;`, unless the statements of the file end without. */
export function statementEnd(sourceCode: SourceCode): '' | ';' {
  return styleOf(sourceCode).statementEnd;
}

function findStatementEnd(ast: TSESTree.Program, text: string): '' | ';' {
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
  const { starts, ends } = styleOf(sourceCode).templates;
  const hasTemplate = (ends[placeFrom(starts, start)] ?? Infinity) <= end;
  if (hasTemplate) return text;
  const unit = indentUnit(sourceCode);
  return text.replace(/\n(?=[^\r\n])/g, `\n${unit}`);
}
