// The edits that give a clean-up a scope of its own.
//
//   await release({ signal })
//   await timeout(5_000, (deadline) => release({ signal: deadline.signal }))
//   await release({ signal: AbortSignal.timeout(5_000) })
//
//   await connection.end()
//   await timeout(5_000, (deadline) => abandonOnCancel(connection.end(), deadline))
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../syntax/descendants.js';
import { type ScopeText, scopeText } from '../syntax/scope-text.js';
import type { SourceCode } from '../syntax/variable.js';
import { RUNTIME } from '../vocabulary.js';
import type { Edit } from './edit.js';
import type { Place } from './place.js';
import { runtimeNames } from './runtime-import.js';

const DELAY = '5_000';
const NAMES = ['deadline', 'scope', 'grace'];

/** Hands a scope to the call; `undefined` where the text does not settle how. */
export type Handing = (scope: ScopeText) => Edit | undefined;

/** The ways to shield a call. `hand`: how it takes a signal; without one it is abandoned. */
export function shieldings(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  hand: Handing | undefined,
  place: Place,
): TSESLint.SuggestionReportDescriptor<Shielding>[] {
  const suggest = (messageId: Shielding, fix: Fix | undefined) => (fix ? [{ messageId, fix }] : []);
  if (hand === undefined) return suggest('abandon', ownTimeout(call, 'abandon', place));
  const { parent } = call;
  // What it opens outlives the expression, and so does a stream that is gone through.
  const isScope =
    call.type === 'NewExpression' || (parent.type === 'ForOfStatement' && parent.right === call);
  return [
    ...suggest('ownTimeout', isScope ? undefined : ownTimeout(call, hand, place)),
    ...suggest('ownSignal', ownSignal(hand)),
  ];
}

export type Shielding = 'abandon' | 'ownSignal' | 'ownTimeout';

type Fix = TSESLint.ReportFixFunction;

/** `timeout` around the call, with its scope handed on, or the call abandoned at the deadline. */
function ownTimeout(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  hand: Handing | 'abandon',
  place: Place,
): Fix | undefined {
  const { sourceCode } = place;
  const written = sourceCode.getText(call);
  const name = NAMES.find((free) => !new RegExp(`\\b${free}\\b`).test(written));
  if (name === undefined || hasOwn(call, 'YieldExpression', sourceCode)) return undefined;
  const edit = hand === 'abandon' ? undefined : hand(scopeText(name));
  if (hand !== 'abandon' && edit === undefined) return undefined;
  const wanted = edit ? [RUNTIME.timeout] : [RUNTIME.timeout, RUNTIME.abandonOnCancel];
  const runtime = runtimeNames(wanted, call, place);
  if (runtime === undefined) return undefined;
  const { names, edits } = runtime;
  const isAsync = hasOwn(call, 'AwaitExpression', sourceCode);
  const before = `${names[0]}(${DELAY}, ${isAsync ? 'async ' : ''}(${name}) => `;
  return (fixer) => [
    fixer.insertTextBefore(call, edit ? before : `${before}${names[1]}(`),
    fixer.insertTextAfter(call, edit ? ')' : `, ${name}))`),
    ...[...edits, ...(edit ? [edit] : [])].map(({ range, text }) =>
      fixer.replaceTextRange([...range], text),
    ),
  ];
}

/** `AbortSignal.timeout(…)` in the place of the signal. */
function ownSignal(hand: Handing): Fix | undefined {
  const edit = hand({ signal: `AbortSignal.timeout(${DELAY})` });
  return edit && ((fixer) => fixer.replaceTextRange([...edit.range], edit.text));
}

function hasOwn(call: TSESTree.Node, type: string, sourceCode: SourceCode): boolean {
  return [...descendants(call, sourceCode, 'own')].some((node) => node.type === type);
}
