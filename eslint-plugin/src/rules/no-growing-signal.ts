import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { fixOf } from '../edits/fix-of.js';
import { signalOfRound } from '../edits/signal-of-round.js';
import {
  loopAround,
  signalAddedTo,
  signalListenedTo,
} from '../flow/cancellation/growing-signal.js';

/**
 * Finds signals that a loop makes heavier with each round.
 *
 * A signal made of itself keeps every one before it, and a listener stays until the signal aborts:
 * in a worker that runs for days both are a leak, and the abort at its end calls them all.
 */
export default defineRule({
  name: 'no-growing-signal',
  docs: {
    description: 'signals that get another source or listener in each round of a loop',
    preset: 'strict',
    types: 'required',
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    combined:
      '`{{signal}}` is made of itself in each round of the loop, and keeps all that it was made of before. Give the signal of one round a name of its own, declared in the loop.',
    listener:
      'Each round of the loop leaves one more listener on `{{signal}}`. Remove it in the same round, or add it once before the loop.',
    ofRound: 'Give the signal of the round a name of its own.',
  },
  defaultOptions: {},
  create({ context, sourceCode, types }) {
    const listening: TSESTree.CallExpression[] = [];

    return {
      AssignmentExpression(node) {
        const signal = signalAddedTo(node, sourceCode);
        const loop = signal && loopAround(signal, sourceCode);
        if (signal === undefined || loop === undefined) return;
        const edits = signalOfRound(node, loop, sourceCode);
        const fix = fixOf(edits);
        context.report({
          node,
          messageId: 'combined',
          data: { signal: signal.name },
          suggest: fix ? [{ messageId: 'ofRound', fix }] : [],
        });
      },
      CallExpression(node) {
        if (signalListenedTo(node, sourceCode) !== undefined) listening.push(node);
      },
      'Program:exit'() {
        const signals = listening.map((call) => signalListenedTo(call, sourceCode)!);
        const facts = types.values(signals);
        for (const [index, node] of listening.entries()) {
          if (facts[index]!.is('abortSignal') !== 'yes') continue;
          const data = { signal: sourceCode.getText(signals[index]) };
          context.report({ node: node.callee, messageId: 'listener', data });
        }
      },
    };
  },
});
