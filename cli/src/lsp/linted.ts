import type { Linter } from 'eslint';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** What was reported in a version of a document. */
export interface Linted {
  readonly document: TextDocument;
  /** The version that `document`, which changes, had then. */
  readonly version: number;
  readonly messages: readonly Linter.LintMessage[];
}
