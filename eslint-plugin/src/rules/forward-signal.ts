import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { handSignal } from '../edits/hand-signal.js';
import { isAfterAbort, isReadAfter } from '../flow/cancellation/after-abort.js';
import { isChosenWithout } from '../flow/cancellation/chosen-without.js';
import { isRacedWithAbort, isShared, isTimerOfWait } from '../flow/cancellation/for-others.js';
import { knowsInCallback, knowsScope } from '../flow/cancellation/knows-scope.js';
import { needsNoSignal } from '../flow/cancellation/needs-no-signal.js';
import { isOfItsOwner } from '../flow/cancellation/own-function.js';
import { isLetGo, isStoppable } from '../flow/cancellation/taking-calls.js';
import { isUnsignalled } from '../flow/cancellation/unsignalled-call.js';
import { isInCleanup } from '../flow/cleanup/in-cleanup.js';
import { couldBeMissing } from '../flow/scopes/scope-presence.js';
import {
  couldHaveScopeAtHand,
  parametersAround,
  type ScopeAtHand,
  scopesAtHand,
} from '../flow/scopes/scopes-at-hand.js';
import { calleeText } from '../syntax/callee-text.js';
import { isRuntimeCall } from '../syntax/mooring-reference.js';
import { calledMember } from '../syntax/property-name.js';
import { isRecursive } from '../syntax/recursive-call.js';
import { outermost } from '../syntax/wrappers.js';
import type { CallFacts } from '../types/types.js';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** Nobody looks for a signal in a longer menu, and a function may have hundreds of them. */
const MOST_OFFERED = 10;

/**
 * Finds calls that could be cancelled with the code around them, and are not told of it.
 *
 * Silent wherever a signal may be on its way in a form that the text does not show. Never asks a
 * function to grow a parameter: what takes no signal in any overload is passed over.
 */
export default defineRule({
  name: 'forward-signal',
  docs: {
    description: 'calls that take a signal and are handed none, with one at hand',
    preset: 'strict',
    types: 'required',
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    unsignalled:
      '`{{call}}` takes a signal and is handed none: nothing that it is handed tells it when `{{signal}}` aborts. Hand the signal on, or say `undefined` where it is to run on.',
    beside:
      '`{{call}}` takes a signal and is handed none: the function that it calls knows `{{signal}}`, and what it does besides is not told when that aborts. Hand the signal on, or say `undefined` where it is to run on.',
    loop: '`{{call}}` takes a signal and is handed none: nothing that it is handed ends this loop when `{{signal}}` aborts. Hand the signal on.',
    handOn: 'Hand `{{signal}}` on.',
  },
  defaultOptions: {},
  create({ context, sourceCode, settings, types, place }) {
    const found: Call[] = [];
    const typed = { ...place, types };

    function add(call: Call): void {
      if (isInCleanup(call) || isRecursive(call, sourceCode) || isLetGo(call)) return;
      if (isShared(call, sourceCode) || isReadAfter(call, sourceCode)) return;
      if (couldHaveScopeAtHand(call, place)) found.push(call);
    }

    function check(call: Call, facts: CallFacts): void {
      const { signalSlots: slots, result } = facts;
      if (slots.length === 0 || !isStoppable(call, result)) return;
      if (facts.matches(settings.uncancelledCalls)) return;
      if (isOfGroup(call) || !isUnsignalled(call, slots, { sourceCode, types })) return;
      const scopes = nearestScopes(call);
      const [nearest] = scopes;
      if (nearest === undefined) return;
      if (needsNoSignal(call, facts, scopes, typed)) return;
      const { parent } = outermost(call);
      const isLoop = parent?.type === 'ForOfStatement' && parent.await;
      const isWhole = isRuntimeCall(call, place);
      context.report({
        node: call,
        messageId: isLoop
          ? 'loop'
          : knowsInCallback(call, nearest, sourceCode)
            ? 'beside'
            : 'unsignalled',
        data: { call: calleeText(call, sourceCode), signal: nearest.signal },
        suggest: scopes.flatMap((each) => {
          const { signal, scope } = each;
          const text = isWhole ? { signal, scope } : { signal, isPerhaps: isPerhaps(each) };
          const edit = handSignal(call, slots, text, sourceCode);
          if (edit === undefined) return [];
          return {
            messageId: 'handOn' as const,
            data: { signal },
            fix: (fixer) => fixer.replaceTextRange([...edit.range], edit.text),
          };
        }),
      });
    }

    function isPerhaps(scope: ScopeAtHand): boolean {
      return (
        types.moduleOptions.exactOptionalPropertyTypes === true && couldBeMissing(scope, types)
      );
    }

    /** The scopes that it could be told of. */
    function nearestScopes(call: Call): readonly ScopeAtHand[] {
      const nearest: ScopeAtHand[] = [];
      for (const scope of scopesAtHand(call, place, types)) {
        const { signal } = scope;
        if (knowsScope(call, signal, { sourceCode, types })) continue;
        if (isOfItsOwner(call, scope, sourceCode)) continue;
        if (isUnusedOnPurpose(scope)) continue;
        if (isChosenWithout(call, signal, sourceCode)) continue;
        if (isAfterAbort(call, signal, sourceCode)) continue;
        if (isRacedWithAbort(call, scope.variable, sourceCode)) continue;
        if (isTimerOfWait(call, scope.variable)) continue;
        if (nearest.push(scope) === MOST_OFFERED) break;
      }
      return nearest;
    }

    /** What a group starts has the signal of the group. */
    function isOfGroup(call: Call): boolean {
      const owner = calledMember(call)?.object;
      return owner !== undefined && types.value(owner).is('group') === 'yes';
    }

    return {
      CallExpression: add,
      NewExpression: add,
      'Program:exit'() {
        // All questions of the file at once; `check` finds them answered.
        const facts = types.calls(found);
        types.values(found.flatMap((call) => parametersAround(call, place)));
        found.forEach((call, index) => check(call, facts[index]!));
      },
    };
  },
});

/**
 * `_signal`, a parameter that has to be there and is not read. `{ signal: _signal }` has not to be: who
 * takes it out has seen it.
 */
function isUnusedOnPurpose({ variable }: ScopeAtHand): boolean {
  if (variable?.name.startsWith('_') !== true) return false;
  const isTakenOut = variable.identifiers[0]?.parent.type === 'Property';
  return !isTakenOut && !variable.references.some((use) => use.isRead());
}
