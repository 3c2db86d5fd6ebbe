import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { anySignal } from '../edits/any-signal.js';
import type { Edit } from '../edits/edit.js';
import { handOther } from '../edits/hand-other-signal.js';
import { handSignal } from '../edits/hand-signal.js';
import { nameScope } from '../edits/name-scope.js';
import { isShared } from '../flow/cancellation/for-others.js';
import { type HandedSignal, handedSignals } from '../flow/cancellation/handed-signals.js';
import { isDeaf } from '../flow/cancellation/needs-no-signal.js';
import { isNeverCancelled } from '../flow/cancellation/never-cancelled.js';
import { isGroupOfDeaf } from '../flow/cancellation/nothing-to-end.js';
import { isLetGo, isStoppable } from '../flow/cancellation/taking-calls.js';
import { isUnsignalled } from '../flow/cancellation/unsignalled-call.js';
import { isInCleanup } from '../flow/cleanup/in-cleanup.js';
import { openScopes } from '../flow/scopes/open-scopes.js';
import {
  isLinked,
  isNameable,
  isOuter,
  ownScope,
  type OwnScope,
} from '../flow/scopes/own-scope.js';
import { calleeText } from '../syntax/callee-text.js';
import { enclosingRun } from '../syntax/enclosing.js';
import { entryCall, groupStatic, isRuntimeCall } from '../syntax/mooring-reference.js';
import type { ScopeText } from '../syntax/scope-text.js';
import { rootVariable, type Variable } from '../syntax/variable.js';
import type { CallFacts } from '../types/types.js';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/**
 * Finds the wrong signal: in the body of a task or a timeout, one from outside of it, or none.
 *
 * A signal that is put together in the place (`AbortSignal.any([…])`) is taken to be meant, and so
 * is one that the body has made. A deadline that reaches nothing is `timeout-body-uses-signal`'s.
 */
export default defineRule({
  name: 'use-child-signal',
  docs: {
    description: 'signals from outside a task or a timeout, where its own would do',
    preset: 'strict',
    types: 'required',
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    outer:
      '`{{call}}` is handed `{{signal}}` and not the signal of this {{kind}}: nothing that it is handed tells it when {{end}}. Hand on the signal of the {{kind}}.',
    none: '`{{call}}` takes a signal and is handed none: nothing that it is handed tells it when this task is cancelled. Take the scope of the task as a parameter, and hand it on.',
    useOwn: 'Hand on `{{own}}`.',
    useBoth: 'Hand on `{{own}}` together with `{{signal}}`.',
  },
  defaultOptions: {},
  create({ context, sourceCode, settings, types, place }) {
    const found: { readonly call: Call; readonly own: OwnScope }[] = [];

    function add(call: Call): void {
      const own = ownScope(call, place);
      if (own === undefined || isIdle(own) || isInCleanup(call) || isLetGo(call)) return;
      if (isShared(call, sourceCode) || isOnItsOwn(own)) return;
      found.push({ call, own });
    }

    function check(call: Call, own: OwnScope, facts: CallFacts): void {
      if (!isStoppable(call, facts.result) || facts.matches(settings.uncancelledCalls)) return;
      const typed = { ...place, types };
      if (isDeaf(call, facts, place) || isNeverCancelled(own, typed)) return;
      const scopes = openScopes(place);
      for (const handed of handedSignals(call, facts, { sourceCode, types, scopes })) {
        const variable = rootVariable(handed.value, sourceCode);
        if (variable === undefined || !isOuter(variable, own, place)) continue;
        reportOuter(call, own, handed, variable);
        return;
      }
      const isUnnamed = own.variable === undefined && own.run === enclosingRun(call);
      const slots = facts.signalSlots;
      if (!isUnnamed || own.run.params.length > placeOf(own)) return;
      if (slots.length === 0 || isGroupOfDeaf(call, own, typed)) return;
      if (isUnsignalled(call, slots, { sourceCode, types })) {
        const whole = isRuntimeCall(call, place);
        report(call, call, own, 'none', '', ({ signal, scope }) =>
          handSignal(call, slots, whole ? { signal, scope } : { signal }, sourceCode),
        );
      }
    }

    function reportOuter(
      call: Call,
      own: OwnScope,
      handed: HandedSignal,
      variable: Variable,
    ): void {
      const signal = sourceCode.getText(handed.value);
      const linked = isLinked(own, variable, place);
      // The attempt of a `retry` without a timeout ends with just that signal.
      const { opener } = own;
      const isAttempt = opener.type === 'CallExpression' && entryCall(opener, place) === 'retry';
      if (isAttempt && own.kind === 'task' && linked) return;
      report(
        call,
        handed.value,
        own,
        'outer',
        signal,
        (text) => {
          if (linked) return handOther(call, handed, text, sourceCode);
          const any = anySignal(text.signal, handed, { sourceCode, types });
          return handOther(call, handed, { signal: any }, sourceCode);
        },
        linked ? 'useOwn' : 'useBoth',
      );
    }

    function report(
      call: Call,
      node: TSESTree.Node,
      own: OwnScope,
      messageId: 'none' | 'outer',
      signal: string,
      hand: (text: ScopeText) => Edit | undefined,
      adviceId: 'useBoth' | 'useOwn' = 'useOwn',
    ): void {
      const made = own.variable ? undefined : nameScope(own.run, placeOf(own), sourceCode);
      const isNamed = isNameable(own, call, place) && own.signal !== undefined;
      const text = isNamed ? { signal: own.signal, scope: own.scope } : made?.text;
      const edit = text && hand(text);
      const fix: TSESLint.ReportFixFunction = (fixer) =>
        [...(made ? [made.edit] : []), edit!].map((each) =>
          fixer.replaceTextRange([...each.range], each.text),
        );
      const data = {
        call: calleeText(call, sourceCode),
        signal,
        kind: own.kind,
        own: text?.signal ?? '',
        end: own.kind === 'task' ? 'only the task is cancelled' : 'the deadline passes',
      };
      context.report({
        node,
        messageId,
        data,
        suggest: edit ? [{ messageId: adviceId, data, fix }] : [],
      });
    }

    /** Tasks of a group that nobody waits for: that one has failed is no reason to end the others. */
    function isOnItsOwn({ run }: OwnScope): boolean {
      const opener = openScopes(place).roleOf(run)?.call;
      return opener !== undefined && groupStatic(opener, place) !== undefined && isLetGo(opener);
    }

    function placeOf({ run }: OwnScope): number {
      return openScopes(place).roleOf(run)?.parameter ?? 0;
    }

    return {
      CallExpression: add,
      NewExpression: add,
      'Program:exit'() {
        // All questions of the file at once; `check` finds them answered.
        const facts = types.calls(found.map(({ call }) => call));
        found.forEach(({ call, own }, index) => check(call, own, facts[index]!));
      },
    };
  },
});

function isIdle({ kind, variable }: OwnScope): boolean {
  return kind === 'timeout' && !variable?.references.some((each) => each.isRead());
}
