import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { leaveExecutor } from '../edits/leave-executor.js';
import { looksAtSignal, waitingExecutor } from '../flow/cancellation/blind-executor.js';
import { isInCleanup } from '../flow/cleanup/in-cleanup.js';
import {
  couldHaveScopeAtHand,
  parametersAround,
  scopesAtHand,
} from '../flow/scopes/scopes-at-hand.js';
import { consumerOf } from '../syntax/consumers.js';
import type { FunctionNode } from '../syntax/enclosing.js';

interface Made {
  readonly node: TSESTree.NewExpression;
  readonly executor: FunctionNode;
}

/**
 * Finds promises made by hand that wait for a callback, and go on waiting after the signal at hand
 * has aborted. Only where the promise is awaited or returned as it is: one with a name may be given
 * up elsewhere.
 */
export default defineRule({
  name: 'require-cancellable-executor',
  docs: {
    description: 'promises made over a callback that look at no signal, with one at hand',
    preset: 'opt-in',
    types: 'required',
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    blind:
      'Nothing in this executor looks at `{{signal}}`: only its callback ends the wait. Reject the promise with the reason of the signal, or let whatever calls back take the signal.',
    sleep: 'Sleep until `{{signal}}` aborts.',
    abandon: 'Give the wait up when `{{signal}}` aborts. What it waits for runs on.',
  },
  defaultOptions: {},
  create({ context, sourceCode, types, place }) {
    const found: Made[] = [];

    function check({ node, executor }: Made): void {
      const scopes = [...scopesAtHand(node, place, types)];
      const [nearest] = scopes;
      if (nearest === undefined) return;
      const names = scopes.map(({ signal }) => signal);
      if (looksAtSignal(node, executor, names, sourceCode)) return;
      const { signal } = nearest;
      const suggest = leaveExecutor(node, nearest, place);
      context.report({ node: node.callee, messageId: 'blind', data: { signal }, suggest });
    }

    return {
      NewExpression(node) {
        if (!isWaitedFor(node) || isInCleanup(node)) return;
        if (!couldHaveScopeAtHand(node, place)) return;
        const executor = waitingExecutor(node, sourceCode);
        if (executor !== undefined) found.push({ node, executor });
      },
      'Program:exit'() {
        // All questions of the file at once; `check` finds them answered.
        types.values(found.flatMap(({ node }) => parametersAround(node, place)));
        found.forEach(check);
      },
    };
  },
});

function isWaitedFor(made: TSESTree.Node): boolean {
  let taken = consumerOf(made);
  while (taken.kind === 'chained') taken = consumerOf(taken.by);
  return taken.kind === 'awaited' || taken.kind === 'returned' || taken.kind === 'handed-over';
}
