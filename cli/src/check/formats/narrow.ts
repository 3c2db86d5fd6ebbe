import type { Finding } from '../../lint/finding.js';

/** A longer line is cut: that of a bundle is a whole program. */
const LONGEST = 240;

/** What is left of it before the place. */
const BEFORE = 60;

export interface Narrow {
  readonly text: string;
  readonly column: number;
  readonly endColumn: number;
}

/**
 * The text of a file in lines that a person can look at, and where the finding is in them. Lines are
 * there as many as before, and where none near the finding is too long, the text is as it was.
 */
export function narrow({ line, endLine, column, endColumn }: Finding, text: string): Narrow {
  const lines = text.split('\n');
  const near = lines.slice(Math.max(0, line - 3), endLine + 2);
  if (near.every(({ length }) => length <= LONGEST)) return { text, column, endColumn };
  const from = column + BEFORE > LONGEST ? column - BEFORE : 0;
  const cut = (all: string): string => {
    const rest = all.length > from + LONGEST ? '…' : '';
    return `${from > 0 ? '…' : ''}${all.slice(from, from + LONGEST)}${rest}`;
  };
  const shift = from > 0 ? from - 1 : 0;
  const moved = (at: number): number => Math.min(Math.max(1, at - shift), LONGEST + 2);
  return { text: lines.map(cut).join('\n'), column: moved(column), endColumn: moved(endColumn) };
}
