/** A report that a test expects, as the squiggle under the text draws it. */
export interface Mark {
  readonly line: number;
  readonly column: number;
  /** `undefined` where the squiggle ends in `…`: the report goes on in the next line. */
  readonly endColumn: number | undefined;
  readonly messageId: string;
}

const SQUIGGLE = /^(\s*)(~+)(…?) +([A-Za-z]+)$/;

/**
 * Takes the squiggles out of a program:
 *
 *     load();
 *     ~~~~~~ floating
 *
 * A squiggle stands under what it reports, and is followed by the message's id. Several under one
 * line stand below each other.
 */
export function readSquiggles(drawn: string): { code: string; marks: Mark[] } {
  const lines: string[] = [];
  const marks: Mark[] = [];
  for (const line of dedent(drawn).split('\n')) {
    const squiggle = SQUIGGLE.exec(line);
    if (squiggle === null) {
      lines.push(line);
      continue;
    }
    const [, before = '', tildes = '', goesOn, messageId = ''] = squiggle;
    const column = before.length + 1;
    const endColumn = goesOn ? undefined : column + tildes.length;
    marks.push({ line: lines.length, column, endColumn, messageId });
  }
  return { code: lines.join('\n'), marks };
}

/** Takes away the indentation that a template literal has from the test around it. */
export function dedent(text: string): string {
  const lines = text.replace(/^\n/, '').replace(/\s+$/, '\n').split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join('\n');
}
