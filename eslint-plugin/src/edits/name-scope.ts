// A name for the scope of a task whose body has not taken it.
//
//   group.createTask(async () => …)              async (context) => …
//   TaskGroup.map(urls, async (url) => …)        async (url, context) => …
//   TaskGroup.map(urls, async url => …)          async (url, context) => …
import type { FunctionNode } from '../syntax/enclosing.js';
import { type ScopeText, scopeText } from '../syntax/scope-text.js';
import type { SourceCode } from '../syntax/variable.js';
import type { Edit } from './edit.js';

const NAMES = ['context', 'scope', 'task'];

export interface NewName {
  readonly text: ScopeText;
  readonly edit: Edit;
}

/** `place`: which parameter is the scope. */
export function nameScope(
  body: FunctionNode,
  place: number,
  sourceCode: SourceCode,
): NewName | undefined {
  if (body.params.length !== place) return undefined;
  const written = sourceCode.getText(body);
  const name = NAMES.find((each) => !new RegExp(`\\b${each}\\b`).test(written));
  const last = body.params.at(-1);
  const open = sourceCode.getFirstToken(body, ({ value }) => value === '(');
  if (name === undefined) return undefined;
  // `item => …` has no parentheses.
  if (open === null || open.range[0] > (last ?? body.body).range[0]) {
    if (last === undefined) return undefined;
    const text = `(${sourceCode.getText(last)}, ${name})`;
    return { text: scopeText(name), edit: { range: last.range, text } };
  }
  const at = last?.range[1] ?? open.range[1];
  return { text: scopeText(name), edit: { range: [at, at], text: last ? `, ${name}` : name } };
}
