// The line that lets a cancellation through, at the start of the code that gets an error.
//
//   catch { return undefined; }
//   catch (error) { if (isCancellation(error, context)) throw error; return undefined; }
//
// A signal that may be missing is asked itself: `if (signal?.aborted) throw error;`.
import type { TSESLint } from '@typescript-eslint/utils';

import type { Handler } from '../flow/cancellation/swallowing-handler.js';
import type { ReachableScope } from '../flow/scopes/scope-in-reach.js';
import { RUNTIME } from '../vocabulary.js';
import type { Edit } from './edit.js';
import { beginsLine, indentOf, lineBreak, statementEnd } from './lines.js';
import type { Place } from './place.js';
import { runtimeNames } from './runtime-import.js';

export function rethrowCancellation(
  handler: Handler,
  scope: ReachableScope,
  place: Place,
): TSESLint.ReportFixFunction | undefined {
  const error = errorOf(handler, place);
  if (error === undefined) return undefined;
  const isSure = isPresent(scope, place);
  const runtime = isSure ? runtimeNames([RUNTIME.isCancellation], handler, place) : undefined;
  if (isSure && runtime === undefined) return undefined;
  const test = runtime
    ? `${runtime.names[0]}(${error.name}, ${scope.scope})`
    : `${scope.signal}?.aborted`;
  const line = `if (${test}) throw ${error.name}${statementEnd(place.sourceCode) || ';'}`;
  const edits = [...error.edits, ...lineAt(handler, line, place), ...(runtime?.edits ?? [])];
  return (fixer) => edits.map(({ range, text }) => fixer.replaceTextRange([...range], text));
}

/** Whether the scope surely has a signal. */
function isPresent({ kind, signal, variable }: ReachableScope, { types }: Place): boolean {
  if (kind !== 'signal') return true;
  const [facts] = types?.values([variable.identifiers[0]!]) ?? [];
  return signal === variable.name && facts?.isNullable === false;
}

/** The name of the error, with the edit that gives it one. */
function errorOf(
  handler: Handler,
  { sourceCode }: Place,
): { readonly name: string; readonly edits: readonly Edit[] } | undefined {
  const parameter = handler.type === 'CatchClause' ? handler.param : handler.params[0];
  if (parameter?.type === 'Identifier') return { name: parameter.name, edits: [] };
  if (parameter || /\berror\b/.test(sourceCode.getText(handler.body))) return undefined;
  if (handler.type === 'CatchClause') {
    const at = handler.body.range[0];
    return { name: 'error', edits: [{ range: [at, at], text: '(error) ' }] };
  }
  const open = sourceCode.getFirstToken(handler, ({ value }) => value === '(');
  if (open === null || open.range[1] > handler.body.range[0]) return undefined;
  return { name: 'error', edits: [{ range: [open.range[1], open.range[1]], text: 'error' }] };
}

function lineAt({ body }: Handler, line: string, { sourceCode }: Place): readonly Edit[] {
  if (body.type !== 'BlockStatement') {
    const arrow = sourceCode.getTokenBefore(body, ({ value }) => value === '=>')!;
    const end = body.parent.range[1];
    const value = sourceCode.text.slice(arrow.range[1], end).trim();
    return [{ range: [arrow.range[1], end], text: ` { ${line} return ${value}; }` }];
  }
  const [first] = body.body;
  if (first === undefined) {
    const at = body.range[0] + 1;
    const isOpen = body.range[1] - body.range[0] > 2;
    return [{ range: [at, at], text: isOpen ? ` ${line}` : ` ${line} ` }];
  }
  const gap = beginsLine(first, sourceCode)
    ? lineBreak(sourceCode) + indentOf(first, sourceCode)
    : ' ';
  return [{ range: [first.range[0], first.range[0]], text: line + gap }];
}
