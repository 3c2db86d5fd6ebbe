import type { OxcError } from 'oxc-parser';

import type { Lines } from './lines.js';

/** A text that is no program, in the form in which ESLint shows it at its place. */
export class ParseError extends SyntaxError {
  readonly index: number;
  readonly lineNumber: number;
  readonly column: number;

  constructor({ message, labels, helpMessage }: OxcError, lines: Lines) {
    super(helpMessage === null ? message : `${message} ${helpMessage}`);
    this.index = labels[0]?.start ?? 0;
    const { line, column } = lines.positionOf(this.index);
    this.lineNumber = line;
    this.column = column + 1;
  }
}
