/** How a config is written, as far as what is put in can be written like it. */
export interface TextStyle {
  readonly indent: string;
  readonly quote: '"' | "'";
  /** `{ a }` and not `{a}`. */
  readonly hasSpaces: boolean;
  /** After the last entry of a list of several lines. */
  readonly hasComma: boolean;
}

export function lineEndOf(text: string): '\n' | '\r\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** What most of a text does; where it does nothing of the kind, as prettier has it. */
export function styleOf(text: string): TextStyle {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return {
    indent: /^([ \t]+)[^\s*]/m.exec(text)?.[1] ?? '  ',
    quote: count(/"/g) > count(/'/g) ? '"' : "'",
    hasSpaces: count(/(?<!\$)\{[^\s}]/g) <= count(/\{ \S/g),
    hasComma: count(/[^,;{[(\s]\s*\n\s*[\]})]/g) <= count(/,\s*\n\s*[\]})]/g),
  };
}

/** A piece that is written with two spaces, single quotes, spaces in braces and commas at ends. */
export function styled(piece: string, { indent, quote, hasSpaces, hasComma }: TextStyle): string {
  const lines = piece.split('\n').map((line) => {
    const [depth = ''] = /^ */.exec(line) ?? [];
    return indent.repeat(depth.length / 2) + line.slice(depth.length);
  });
  const text = lines.join('\n').replaceAll("'", quote);
  const spaced = hasSpaces
    ? text
    : text.replaceAll(/\{ (?=\S)/g, '{').replaceAll(/(?<=\S) \}/g, '}');
  return hasComma ? spaced : spaced.replaceAll(/,(?=\n\s*\})/g, '');
}
