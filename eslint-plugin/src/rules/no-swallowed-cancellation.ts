import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { rethrowCancellation } from '../edits/rethrow-cancellation.js';
import { isAwaitedEnd } from '../flow/cancellation/awaited-end.js';
import { isCalledInCleanup, isMissedByNobody } from '../flow/cancellation/callers-signal.js';
import {
  callsWaitedFor,
  cancellingScope,
  waitedIn,
  type Waiting,
} from '../flow/cancellation/cancellable-work.js';
import { type Handler, swallows } from '../flow/cancellation/swallowing-handler.js';
import { isInCleanup } from '../flow/cleanup/in-cleanup.js';
import { openScopes } from '../flow/scopes/open-scopes.js';
import { hasSignal } from '../flow/scopes/scopes-at-hand.js';
import { calleeText } from '../syntax/callee-text.js';
import { consumerOf } from '../syntax/consumers.js';
import { isFunction } from '../syntax/enclosing.js';
import { chainOf, errorHandlerOf, linkOf } from '../syntax/promise-chain.js';
import { calledMember } from '../syntax/property-name.js';

interface Candidate extends Waiting {
  readonly handler: Handler;
  /** Where the report stands. */
  readonly mark: TSESTree.Node | TSESTree.Token;
}

/**
 * Finds code that takes the cancellation of a scope for a failure like any other.
 *
 * Only where a call is seen to be handed the signal, so that the cancellation comes this way, and
 * the scope is not one that the function has made for itself.
 */
export default defineRule({
  name: 'no-swallowed-cancellation',
  docs: {
    description: 'code that handles errors and takes a cancellation for one of them',
    preset: 'strict',
    types: 'required',
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    swallowed:
      'Nothing here asks whether an error comes from `{{signal}}`: one that `{{call}}` throws because that has aborted is handled as a failure like any other. Throw it again before the failures are handled.',
    rethrow: 'Throw the cancellation again.',
  },
  defaultOptions: {},
  create({ context, sourceCode, types, place }) {
    const found: Candidate[] = [];

    function add(candidate: Candidate): void {
      const [open] = openScopes(place).at(candidate.at, hasSignal);
      if (open !== undefined && candidate.waited.length > 0 && !isInCleanup(candidate.at)) {
        found.push(candidate);
      }
    }

    function check(candidate: Candidate): void {
      const { at, handler, mark } = candidate;
      const cancelling = cancellingScope(candidate, place, types);
      if (cancelling === undefined) return;
      const { call, scope } = cancelling;
      if (isAwaitedEnd(candidate, scope, place, types)) return;
      if (!swallows(handler, at, scope.variable, place)) return;
      if (isMissedByNobody(scope, place)) return;
      // What is called to clean up must not fail because of it.
      const isRethrown = !isCalledInCleanup(scope, place);
      const fix = isRethrown ? rethrowCancellation(handler, scope, place) : undefined;
      context.report({
        loc: mark.loc,
        messageId: 'swallowed',
        data: { signal: scope.signal, call: calleeText(call, sourceCode) },
        suggest: fix ? [{ messageId: 'rethrow', fix }] : [],
      });
    }

    return {
      CatchClause(handler) {
        const at = handler.parent;
        const mark = sourceCode.getFirstToken(handler)!;
        add({ at, handler, mark, waited: waitedIn(at.block, sourceCode) });
      },
      CallExpression(call) {
        const link = linkOf(call);
        const handler = link?.isFinally === false ? link.rejected : undefined;
        if (!isFunction(handler) || !isTaken(call)) return;
        const { object } = calledMember(call)!;
        if (errorHandlerOf(chainOf(object)) !== undefined) return;
        const { callee } = call;
        const mark = callee.type === 'MemberExpression' ? callee.property : callee;
        add({ at: call, handler, mark, waited: [object] });
      },
      'Program:exit'() {
        // All questions of the file at once; `check` finds them answered.
        types.calls(found.flatMap((candidate) => callsWaitedFor(candidate, sourceCode)));
        found.forEach(check);
      },
    };
  },
});

/** Where nobody waits for the promise there is nobody whom the cancellation could reach. */
function isTaken(call: TSESTree.CallExpression): boolean {
  let taken = consumerOf(call);
  while (taken.kind === 'chained') taken = consumerOf(taken.by);
  return taken.kind !== 'dropped';
}
