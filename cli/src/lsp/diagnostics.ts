import type { Linter } from 'eslint';
import { type Diagnostic, DiagnosticSeverity, type Range } from 'vscode-languageserver';

import { rulePage } from '../lint/rule-page.js';

const SOURCE = 'mooring';

export function diagnosticOf(message: Linter.LintMessage): Diagnostic {
  const { ruleId, message: text, severity, fatal } = message;
  const url = ruleId === null ? undefined : rulePage(ruleId);
  return {
    range: rangeOf(message),
    message: text,
    source: SOURCE,
    // What does not parse is no fault of ours to shout about: the editor says so itself.
    severity: fatal
      ? DiagnosticSeverity.Hint
      : severity === 2
        ? DiagnosticSeverity.Error
        : DiagnosticSeverity.Warning,
    ...(ruleId === null ? {} : { code: ruleId }),
    ...(url === undefined ? {} : { codeDescription: { href: url } }),
  };
}

/** ESLint counts from 1, the protocol from 0. */
export function rangeOf({ line = 1, column = 1, endLine, endColumn }: Linter.LintMessage): Range {
  return {
    start: { line: line - 1, character: column - 1 },
    end: { line: (endLine ?? line) - 1, character: (endColumn ?? column) - 1 },
  };
}
