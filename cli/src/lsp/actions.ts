import type { Linter, Rule } from 'eslint';
import { type CodeAction, CodeActionKind, type Range, type TextEdit } from 'vscode-languageserver';

import { diagnosticOf, rangeOf } from './diagnostics.js';
import type { Linted } from './linted.js';

/** What is offered for the reports in a range: the fix, the suggestions, and an excuse. */
export function actionsFor(
  linted: Linted,
  range: Range,
  only: readonly string[] | undefined,
): CodeAction[] {
  const isAsked = only?.every((kind) => !CodeActionKind.QuickFix.startsWith(kind)) !== true;
  if (!isAsked || linted.document.version !== linted.version) return [];
  const reports = linted.messages.filter(
    (message) => message.ruleId !== null && touches(rangeOf(message), range),
  );
  return [
    ...reports.flatMap((message) => offeredFor(message, linted)),
    ...reports.map((message) => excuseFor(message, linted)),
  ];
}

function offeredFor(message: Linter.LintMessage, linted: Linted): CodeAction[] {
  const { fix, suggestions = [] } = message;
  const fixes =
    fix === undefined ? [] : [{ ...action('Fix it', message, fix, linted), isPreferred: true }];
  return [
    ...fixes,
    ...suggestions.map(({ desc, fix: edit }) => action(desc, message, edit, linted)),
  ];
}

function action(
  title: string,
  message: Linter.LintMessage,
  { range: [from, to], text }: Rule.Fix,
  { document }: Linted,
): CodeAction {
  const range = { start: document.positionAt(from), end: document.positionAt(to) };
  return actionWith(title, message, { range, newText: text }, document);
}

/** A line above, with a place for the reason: without one it would only say that somebody meant it. */
function excuseFor(message: Linter.LintMessage, { document }: Linted): CodeAction {
  const start = { line: message.line - 1, character: 0 };
  const text = document.getText({ start, end: { line: message.line, character: 0 } });
  const indent = /^[ \t]*/.exec(text)?.[0] ?? '';
  const newText = `${indent}// eslint-disable-next-line ${message.ruleId} -- why\n`;
  const edit = { range: { start, end: start }, newText };
  return actionWith(`Excuse this line from ${message.ruleId}`, message, edit, document);
}

function actionWith(
  title: string,
  message: Linter.LintMessage,
  edit: TextEdit,
  { uri, version }: Linted['document'],
): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnosticOf(message)],
    edit: { documentChanges: [{ textDocument: { uri, version }, edits: [edit] }] },
  };
}

export function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
