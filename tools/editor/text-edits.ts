/** A place in a document: line and character count from zero, as editors count. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface TextEdit {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly newText: string;
}

/** The text after edits, all of which speak of the text before them. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return lastFirst(edits).reduce(
    (before, { range, newText }) =>
      before.slice(0, offsetOf(text, range.start)) +
      newText +
      before.slice(offsetOf(text, range.end)),
    text,
  );
}

/** Applied in this order, no edit moves the text that a later one speaks of. */
export function lastFirst(edits: readonly TextEdit[]): TextEdit[] {
  return [...edits].sort(
    ({ range: a }, { range: b }) =>
      b.start.line - a.start.line || b.start.character - a.start.character,
  );
}

/** Where the first occurrence of a part begins. */
export function positionOf(text: string, part: string): Position {
  const offset = text.indexOf(part);
  if (offset < 0) throw new Error(`The document has no \`${part}\`:\n${text}`);
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)!.length };
}

function offsetOf(text: string, { line, character }: Position): number {
  const lines = text.split('\n').slice(0, line);
  return lines.reduce((offset, { length }) => offset + length + 1, character);
}
