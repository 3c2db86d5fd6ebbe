import type { Linter } from 'eslint';

import type { FileLinter } from '../lint/file-linter.js';
import type { Compiler } from './compiler.js';

/** A report whose suggestion was not taken. */
export interface Left {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly why: string;
}

export interface Converted {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  /** The rule of each suggestion that was taken. */
  readonly taken: readonly string[];
  readonly left: readonly Left[];
}

/** No file has more of them; a suggestion whose outcome is reported again would go on for ever. */
const MOST = 500;

/**
 * Takes the first suggestion of each report, one after the other, from the top: after each the file is
 * linted anew, because a suggestion can move or mend what the next one is about. One after which the
 * file has an error that it had not is taken back, and the reason is told.
 */
export async function convertFile(
  file: string,
  before: string,
  linter: FileLinter,
  compiler: Compiler,
): Promise<Converted> {
  let text = before;
  const taken: string[] = [];
  const refused = new Map<string, string>();
  let messages = await linter.lint(file, text);
  for (let count = 0; count < MOST; count++) {
    const next = messages.find(
      (message) => message.suggestions?.length && !refused.has(keyOf(message, text)),
    );
    if (next === undefined) break;
    const after = applied(text, next.suggestions![0]!);
    const [error] = compiler.newErrors(file, text, after);
    if (error !== undefined) {
      refused.set(keyOf(next, text), error);
      continue;
    }
    text = after;
    taken.push(next.ruleId ?? '');
    messages = await linter.lint(file, text);
  }
  return { file, before, after: text, taken, left: messages.map(leftOver) };

  function leftOver(message: Linter.LintMessage): Left {
    const { line, ruleId, suggestions = [] } = message;
    // `fatal`: it does not parse, and `message` says why; a rule that fails says no line.
    if (ruleId === null) return { file, line: line || 1, rule: 'not parsed', why: message.message };
    const why =
      refused.get(keyOf(message, text)) ??
      (suggestions.length === 0 ? 'no suggestion fits there' : 'the file has too many of them');
    return { file, line, rule: ruleId, why };
  }
}

/** The same report in a text in which other lines have come and gone. */
function keyOf({ ruleId, line, suggestions }: Linter.LintMessage, text: string): string {
  const code = text.split('\n')[line - 1]?.trim();
  return `${ruleId}\0${code}\0${suggestions?.[0]?.fix.text}`;
}

function applied(text: string, { fix }: Linter.LintSuggestion): string {
  return text.slice(0, fix.range[0]) + fix.text + text.slice(fix.range[1]);
}
