// What to write so that a promise made by hand ends with a scope.
//
//   new Promise((resolve) => setTimeout(resolve, ms))      sleep(ms, deadline)
//   new Promise((resolve) => door.once('open', resolve))   abandonOnCancel(new Promise(…), deadline)
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { ScopeAtHand } from '../flow/scopes/scopes-at-hand.js';
import { timedExecutor } from '../syntax/timed-promise.js';
import { RUNTIME } from '../vocabulary.js';
import type { Place } from './place.js';
import { runtimeNames } from './runtime-import.js';

type Suggestion = TSESLint.SuggestionReportDescriptor<'abandon' | 'sleep'>;

export function leaveExecutor(
  made: TSESTree.NewExpression,
  { signal, scope }: ScopeAtHand,
  place: Place,
): Suggestion[] {
  const { sourceCode } = place;
  const timed = timedExecutor(made, sourceCode);
  const isSleep = timed?.other === 'none' && !timed.rejects && !timed.isKept;
  const delay = isSleep && timed.delay !== undefined ? timed.delay : undefined;
  const wanted = delay === undefined ? RUNTIME.abandonOnCancel : RUNTIME.sleep;
  const runtime = runtimeNames([wanted], made, place);
  if (runtime === undefined) return [];
  const text = `${runtime.names[0]}(${sourceCode.getText(delay ?? made)}, ${scope})`;
  return [
    {
      messageId: delay === undefined ? 'abandon' : 'sleep',
      data: { signal },
      fix: (fixer) => [
        fixer.replaceText(made, text),
        ...runtime.edits.map((edit) => fixer.replaceTextRange([...edit.range], edit.text)),
      ],
    },
  ];
}
