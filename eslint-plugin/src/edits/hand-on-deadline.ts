// The edit that hands a deadline on, for a timeout whose signal reaches nothing.
//
//   timeout(100, () => fetch(url))
//   timeout(100, (deadline) => fetch(url, { signal: deadline.signal }))
//
//   timeout(100, () => fetch(url, { signal: outer }))
//   timeout(100, (deadline) => fetch(url, { signal: deadline.signal }), { signal: outer })
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { TakingCall } from '../flow/cancellation/taking-calls.js';
import type { TimeoutBody } from '../flow/scopes/timeout-body.js';
import { isInside } from '../syntax/enclosing.js';
import { isLiteralValue } from '../syntax/literal-value.js';
import { type ScopeText, scopeText } from '../syntax/scope-text.js';
import { type SourceCode, variableOf } from '../syntax/variable.js';
import { unwrapped } from '../syntax/wrappers.js';
import { MEMBER } from '../vocabulary.js';
import type { Edit } from './edit.js';
import { handSignal } from './hand-signal.js';

const NAMES = ['deadline', 'scope', 'limit'];

export function handOnDeadline(
  body: TimeoutBody,
  calls: readonly TakingCall[],
  sourceCode: SourceCode,
): TSESLint.ReportFixFunction | undefined {
  const parameter = body.scope ?? newParameter(body, sourceCode);
  if (parameter === undefined) return undefined;
  const edits = calls
    .filter(({ call }) => !calls.some((other) => other.call !== call && isInside(call, other.call)))
    .map(({ call, slots, takesScope }) => {
      const scope: ScopeText = takesScope ? parameter : { signal: parameter.signal };
      return handSignal(call, slots, scope, sourceCode);
    })
    .filter((edit) => edit !== undefined)
    .filter(({ replaced }) => replaced === undefined || !isMadeIn(body, replaced, sourceCode));
  if (edits.length === 0) return undefined;
  const parent = parentEdit(body, edits, sourceCode);
  if (parent === 'unclear') return undefined;
  return (fixer) => [
    ...(body.scope === undefined ? [addParameter(body, parameter, fixer, sourceCode)] : []),
    ...[...edits, ...parent].map(({ range, text }) => fixer.replaceTextRange([...range], text)),
  ];
}

/** What was handed on before becomes the parent of the timeout. */
function parentEdit(
  { timeout, part, inline }: TimeoutBody,
  edits: readonly Edit[],
  sourceCode: SourceCode,
): readonly Edit[] | 'unclear' {
  const signals = new Set<string>();
  for (const { replaced } of edits) {
    if (replaced === undefined || isLiteralValue(replaced)) continue;
    if (replaced.type !== 'Identifier' && replaced.type !== 'MemberExpression') return 'unclear';
    signals.add(sourceCode.getText(replaced));
  }
  const [signal] = signals;
  if (signal === undefined) return [];
  // Of a `retry` the function stands first, and the options are there.
  if (inline !== undefined && timeout.arguments[0] === inline) return 'unclear';
  const last = timeout.arguments.at(-1);
  const hasOptions = timeout.arguments.length > (part === 'body' ? 2 : 1);
  if (signals.size > 1 || hasOptions || last === undefined) return 'unclear';
  const parent = signal === MEMBER.signal ? signal : `${MEMBER.signal}: ${signal}`;
  return [{ range: [last.range[1], last.range[1]], text: `, { ${parent} }` }];
}

/** A signal of a scope that is opened in the body itself: it does not come from outside. */
function isMadeIn(body: TimeoutBody, signal: TSESTree.Node, sourceCode: SourceCode): boolean {
  let root = signal;
  while (root.type === 'MemberExpression') root = unwrapped(root.object);
  const variable = root.type === 'Identifier' ? variableOf(root, sourceCode) : undefined;
  return (
    variable?.identifiers.some((name) => body.code.some((code) => isInside(name, code))) === true
  );
}

function newParameter({ inline }: TimeoutBody, sourceCode: SourceCode): ScopeText | undefined {
  if (inline === undefined || inline.params.length > 0) return undefined;
  const text = sourceCode.getText(inline);
  const free = NAMES.find((name) => !new RegExp(`\\b${name}\\b`).test(text));
  return free === undefined ? undefined : scopeText(free);
}

function addParameter(
  { inline }: TimeoutBody,
  { scope }: ScopeText,
  fixer: TSESLint.RuleFixer,
  sourceCode: SourceCode,
): TSESLint.RuleFix {
  const open = sourceCode.getFirstToken(inline!, ({ value }) => value === '(')!;
  return fixer.insertTextAfter(open, scope!);
}
