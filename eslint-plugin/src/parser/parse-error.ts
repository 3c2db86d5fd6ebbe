import type { OxcError } from 'oxc-parser';

import type { Lines } from './lines.js';

/** A text that is no program, in the form in which ESLint shows it at its place. */
export class ParseError extends SyntaxError {
  readonly index: number;
  readonly lineNumber: number;
  readonly column: number;

  constructor(message: string, index: number, lines: Lines, cause?: unknown) {
    super(message, { cause });
    this.index = index;
    const { line, column } = lines.positionOf(index);
    this.lineNumber = line;
    this.column = column + 1;
  }

  static of({ message, labels, helpMessage }: OxcError, lines: Lines): ParseError {
    const sentences = [message, helpMessage ?? ''].filter((it) => it !== '').map(sentence);
    return new ParseError(sentences.join(' '), labels[0]?.start ?? 0, lines);
  }
}

/** @throws {ParseError} there are errors; the first. */
export function refuse(errors: readonly OxcError[], lines: Lines): void {
  const error = errors.find(({ severity }) => severity === 'Error');
  if (error !== undefined) throw ParseError.of(error, lines);
}

/** The parser ends some of what it says with a full stop, and some not. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
