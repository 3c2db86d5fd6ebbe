import type { ESLint, Linter } from 'eslint';

import type { Compiler } from './compiler.js';

/** A suggestion that was tried. */
export interface Tried {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly messageId: string;
  /** What the suggestion says of itself. */
  readonly says: string;
  /** The program after it. */
  readonly after: string;
  /** The errors that it has now and had not before. */
  readonly errors: readonly string[];
}

/** Applies every suggestion of a file, each for itself, and compiles the file after it. */
export function tryAll(result: ESLint.LintResult, before: string, compiler: Compiler): Tried[] {
  return result.messages.flatMap(({ line, ruleId, suggestions = [] }) =>
    suggestions.map((suggestion) => {
      const after = applied(before, suggestion);
      return {
        file: result.filePath,
        line,
        rule: ruleId ?? '',
        messageId: suggestion.messageId ?? '',
        says: suggestion.desc,
        after,
        errors: compiler.newErrors(result.filePath, before, after),
      };
    }),
  );
}

function applied(text: string, { fix }: Linter.LintSuggestion): string {
  return text.slice(0, fix.range[0]) + fix.text + text.slice(fix.range[1]);
}
