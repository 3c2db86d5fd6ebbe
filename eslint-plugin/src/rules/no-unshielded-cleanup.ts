import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { handOther } from '../edits/hand-other-signal.js';
import { handSignal } from '../edits/hand-signal.js';
import { type Handing, shieldings } from '../edits/shield-cleanup.js';
import { cancellationAt } from '../flow/cancellation/cancellation-test.js';
import { handedSignals, opaqueArguments } from '../flow/cancellation/handed-signals.js';
import { isAskedTooLate } from '../flow/cleanup/asked-too-late.js';
import { stateOf } from '../flow/cleanup/cleanup-signal.js';
import {
  callsOfCleanups,
  canBeCut,
  type Cleanup,
  type CleanupCall,
  cleanupOfCall,
  cleanupOfMember,
  cleanupsOfTry,
  isWaitedFor,
} from '../flow/cleanup/cleanup.js';
import { isUnbounded } from '../flow/cleanup/unbounded-cleanup.js';
import { isUndoing } from '../flow/cleanup/undoing-catch.js';
import { openScopes } from '../flow/scopes/open-scopes.js';
import { REPORTS_ALL, REPORTS_MISTAKES, REPORTS_SCHEMA } from '../reports-option.js';
import { calleeText } from '../syntax/callee-text.js';
import { isInside } from '../syntax/enclosing.js';
import { isNewGroup } from '../syntax/mooring-reference.js';
import { timerPromise } from '../syntax/timer-promise.js';
import type { CallFacts } from '../types/types.js';

/**
 * Finds clean-up that a cancellation cuts at once, or that may hang for ever.
 *
 * The first kind is reported where the signal handed on is known to be the one of the code around;
 * the second only where somebody who can be cancelled waits for the clean-up (`isUnbounded` has the
 * exact condition). Where a test for the cancellation stands before it, nothing is said.
 */
export default defineRule({
  name: 'no-unshielded-cleanup',
  docs: {
    description: 'clean-up that a cancellation cuts at once, or that has no deadline of its own',
    preset: 'recommended',
    types: 'required',
    milder: { recommended: REPORTS_MISTAKES, structured: REPORTS_ALL },
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    aborted:
      'After a cancellation `{{signal}}` has aborted already: if `{{call}}` heeds it, this clean-up is cut at once. Give it a scope of its own: a `timeout` without a parent, or `AbortSignal.timeout`.',
    unbounded:
      'Nothing here gives this clean-up a deadline: if `{{call}}` hangs, what waits for this code hangs with it. Give it a scope of its own: a `timeout` without a parent.',
    ownTimeout: 'Give the clean-up a `timeout` of its own.',
    ownSignal: 'Hand it an `AbortSignal.timeout` of its own.',
    abandon: 'Give the clean-up a `timeout` of its own, and stop waiting for it at the deadline.',
  },
  optionSchemas: { reports: REPORTS_SCHEMA },
  defaultOptions: REPORTS_ALL,
  create({ context, sourceCode, options, settings, types, place }) {
    const file = { sourceCode, settings };
    const scopes = openScopes(file);
    const found: Cleanup[] = [];
    const reported: CleanupCall['call'][] = [];

    function check(cleanups: readonly Cleanup[]): void {
      const calls = callsOfCleanups(cleanups, sourceCode).filter(isCleaning);
      const facts = types.calls(calls.map(({ call }) => call));
      types.values(calls.flatMap(({ call }, index) => opaqueArguments(call, facts[index]!)));
      calls.forEach((call, index) => checkCall(call, facts[index]!, cleanups));
    }

    function isCleaning({ call, cleanup }: CleanupCall): boolean {
      const { kind, code, after } = cleanup;
      if (call.type === 'NewExpression' && !isNewGroup(call, file)) return false;
      const cancellation = cancellationAt(call, code, sourceCode);
      if (cancellation === 'excluded' || timerPromise(call, file)) return false;
      if (kind !== 'catch' || cancellation === 'certain') return true;
      return canBeCut(after!, sourceCode) && isUndoing(call, code, sourceCode);
    }

    function checkCall(item: CleanupCall, facts: CallFacts, cleanups: readonly Cleanup[]): void {
      const { call, cleanup, isAwaited } = item;
      if (reported.some((other) => isInside(call, other))) return;
      const question = { file, sourceCode, scopes, types, cleanup, cleanups };
      const signal = handedSignals(call, facts, question).find(
        ({ form, slot, value }) =>
          // Many take the options of all others, and look at the signal in them never.
          (options.reports === 'all' || form !== 'options') &&
          stateOf(value, question) === 'aborted' &&
          !isAskedTooLate(call, slot, { ...place, types }),
      );
      if (signal !== undefined && isWaitedFor(item, facts)) {
        const hand: Handing = (scope) => handOther(call, signal, scope, sourceCode);
        report(call, 'aborted', sourceCode.getText(signal.value), hand);
      } else if (isAwaited && options.reports === 'all' && isUnbounded(call, facts, question)) {
        const hand: Handing = (scope) => handSignal(call, facts.signalSlots, scope, sourceCode);
        report(call, 'unbounded', '', facts.signalSlots.length > 0 ? hand : undefined);
      }
    }

    function report(
      node: CleanupCall['call'],
      messageId: 'aborted' | 'unbounded',
      signal: string,
      hand: Handing | undefined,
    ): void {
      reported.push(node);
      const data = { call: calleeText(node, sourceCode), signal };
      context.report({ node, messageId, data, suggest: shieldings(node, hand, place) });
    }

    const add = (cleanup: Cleanup | undefined): unknown => cleanup && found.push(cleanup);
    return {
      TryStatement: (node) => cleanupsOfTry(node).forEach(add),
      CallExpression: (node) => add(cleanupOfCall(node, sourceCode)),
      AccessorProperty: (node) => add(cleanupOfMember(node)),
      MethodDefinition: (node) => add(cleanupOfMember(node)),
      Property: (node) => add(cleanupOfMember(node)),
      PropertyDefinition: (node) => add(cleanupOfMember(node)),
      'Program:exit'() {
        types.values(found.flatMap(({ stack }) => stack ?? []));
        const isStack = (stack: TSESTree.Node): boolean =>
          types.value(stack).is('asyncDisposableStack') === 'yes';
        check(found.filter(({ stack }) => stack === undefined || isStack(stack)));
      },
    };
  },
});
