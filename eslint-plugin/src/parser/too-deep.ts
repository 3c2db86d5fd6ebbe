import type { ParserOptions } from 'oxc-parser';

import { isShallow } from './depth.js';
import type { Lines } from './lines.js';
import { deepNesting } from './nesting.js';
import { ParseError, refuse } from './parse-error.js';

/** @throws {ParseError} the text is nested so deeply that to parse it could end Node. */
export function refuseDepth(
  file: string,
  text: string,
  options: ParserOptions,
  lines: Lines,
): void {
  const nesting = deepNesting(text);
  if (nesting === undefined) return;
  const answer = isShallow(nesting, { file, text, options });
  if (typeof answer !== 'boolean') refuse(answer, lines);
  else if (!answer) throw tooDeep(lines, nesting.index);
}

/** Says of a tree that is too deep for the stack that it is walked on what it is. */
export function orTooDeep<Result>(lines: Lines, walk: () => Result): Result {
  try {
    return walk();
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(lines, 0, error);
    throw error;
  }
}

function tooDeep(lines: Lines, index: number, cause?: unknown): ParseError {
  return new ParseError('The program is nested too deeply to be parsed.', index, lines, cause);
}
