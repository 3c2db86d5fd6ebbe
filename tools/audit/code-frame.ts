import ts from 'typescript';

/** Lines of a file, counted from 1, both ends among them. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

/** Reports of more lines are cut. */
const MOST_LINES = 12;

/** A function of more lines is not shown as a whole. */
const SHORT_FUNCTION = 60;

/** The lines that are reported, marked with `>`, and some around them. */
export function codeFrame(text: string, reported: Lines, context: number): string {
  return frame(text, cut(reported), around(cut(reported), context));
}

/** As `codeFrame`, and no less than the whole function that the report is in, where it is short. */
export function functionFrame(text: string, reported: Lines, context: number): string {
  const marked = cut(reported);
  const near = around(marked, context);
  const whole = functionAround(text, marked) ?? near;
  return frame(text, marked, {
    first: Math.min(near.first, whole.first),
    last: Math.max(near.last, whole.last),
  });
}

function cut({ first, last }: Lines): Lines {
  return { first, last: Math.min(last, first + MOST_LINES) };
}

function around({ first, last }: Lines, context: number): Lines {
  return { first: Math.max(1, first - context), last: last + context };
}

function frame(text: string, marked: Lines, shown: Lines): string {
  return text
    .split('\n')
    .slice(shown.first - 1, shown.last)
    .map((code, index) => {
      const number = shown.first + index;
      const mark = number >= marked.first && number <= marked.last ? '>' : ' ';
      return `${mark} ${String(number).padStart(5)} ${code}`;
    })
    .join('\n');
}

/** The largest function that is short and has all the lines. */
function functionAround(text: string, { first, last }: Lines): Lines | undefined {
  // Every file may hold JSX, but in one without it `<T>value` is a cast.
  const file = ts.createSourceFile('file.tsx', text, ts.ScriptTarget.Latest);
  const lineOf = (position: number): number =>
    file.getLineAndCharacterOfPosition(position).line + 1;
  return search(file);

  function search(node: ts.Node): Lines | undefined {
    const lines = { first: lineOf(node.getStart(file)), last: lineOf(node.end) };
    if (lines.first > first || lines.last < last) return undefined;
    const isShort = lines.last - lines.first < SHORT_FUNCTION;
    if (ts.isFunctionLike(node) && isShort) return lines;
    return ts.forEachChild(node, search);
  }
}
