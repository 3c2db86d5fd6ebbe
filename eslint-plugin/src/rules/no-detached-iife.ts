import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { adviceFor } from '../edits/advice.js';
import { awaitOffer } from '../edits/await-offer.js';
import { takePromise } from '../edits/take-promise.js';
import { handlesErrors } from '../flow/promises/error-handling.js';
import { handlesRejections } from '../project/rejection-handler.js';
import { REPORTS_ALL, REPORTS_MISTAKES, REPORTS_SCHEMA } from '../reports-option.js';
import { isAsyncIife } from '../syntax/async-iife.js';
import { consumerOf } from '../syntax/consumers.js';
import { isEndedByEffect } from '../syntax/ended-by-effect.js';
import { enclosingRun, type FunctionNode } from '../syntax/enclosing.js';
import type { FloatingValue } from '../syntax/floating-places.js';
import { isBeforeExit, isInUnseenTry, losesAssertion } from '../syntax/mistaken-drop.js';
import { tellsItsEnd, tellsItsOutcome } from '../syntax/told-end.js';
import { tellsTest } from '../syntax/told-last.js';
import { outermost } from '../syntax/wrappers.js';
import { PROMISE_METHOD } from '../vocabulary.js';

/**
 * Finds `(async () => { … })()` whose promise nobody takes.
 *
 * By syntax alone: a call of an async function expression gives a promise whatever the types say.
 * What is stored or handed over is left to the rules that see types.
 */
export default defineRule({
  name: 'no-detached-iife',
  docs: {
    description: 'async functions that are called where they stand and that nobody waits for',
    preset: 'recommended',
    types: 'none',
    milder: { recommended: REPORTS_MISTAKES, structured: REPORTS_ALL },
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    detached:
      'Nothing here waits for this async function, and if it rejects, no code around it handles the error. {{advice}}',
    handled: 'Nothing here waits for this async function, and no group owns its work. {{advice}}',
    awaitIt: 'Await it.',
    awaitTogether: 'Await it together with what is started beside it.',
    awaitAsync: 'Make {{name}} async, and await it.',
    awaitAsyncOpen:
      'Make {{name}} async, and await it. Who calls {{name}} in other files gets a promise then.',
    createTask: 'Make it a task of `{{group}}`.',
    restInGroup:
      'Run the rest of the block in a group, with this as a task of it. Its error comes out in a `TaskGroupError` then.',
  },
  optionSchemas: { reports: REPORTS_SCHEMA },
  defaultOptions: REPORTS_ALL,
  create({ context, sourceCode, options, place }) {
    /** Who writes it wants it to run by itself; what he cannot have meant is a mistake. */
    function isMistake(call: TSESTree.Node, isHandled: boolean, work: FunctionNode): boolean {
      if (isBeforeExit(call, sourceCode) || losesAssertion(call, sourceCode)) return true;
      return !isHandled && isInUnseenTry(call, sourceCode) && !isReading(work);
    }

    return {
      CallExpression(node) {
        if (!isAsyncIife(node)) return;
        const last = endOfChain(node);
        if (consumerOf(last.call).kind !== 'dropped') return;
        if (tellsItsEnd(last.call, sourceCode) || tellsItsOutcome(node.callee, sourceCode)) return;
        if (tellsTest(node.callee, place)) return;
        const isHandled = last.handlesError || handlesErrors({ node: node.callee, place });
        if (isHandled && (isInModule(node) || isEndedByEffect(last.call, sourceCode))) return;
        const isWrong = isMistake(last.call, isHandled, node.callee);
        if (options.reports === 'mistakes' && !isWrong) return;
        const isTaken = isHandled || (!isWrong && handlesRejections(place));
        if (isTaken && !isWrong && isInModule(node)) return;
        const dropped = floating(last.call);
        const offer = awaitOffer(dropped, place);
        context.report({
          node,
          messageId: isTaken ? 'handled' : 'detached',
          data: { advice: adviceFor(last.call, place, offer, isTaken) },
          suggest: takePromise(dropped, place, offer),
        });
      },
    };
  },
});

/** `(async () => { for await (const message of feed) show(message); })()`: it goes on for as long as they come. */
function isReading({ body }: FunctionNode): boolean {
  const last = body.type === 'BlockStatement' ? body.body.at(-1) : undefined;
  return last?.type === 'ForOfStatement' && last.await;
}

/** How no-floating-promises would have it. */
function floating(node: TSESTree.Node): FloatingValue {
  const { by } = consumerOf(node);
  const isVoid = by.type === 'UnaryExpression';
  return { node: outermost(node), place: isVoid ? 'void' : 'statement', whole: node, by };
}

/** The last call of `(async () => …)().then(…).catch(…)`, and whether some call takes the error. */
function endOfChain(call: TSESTree.CallExpression): {
  call: TSESTree.CallExpression;
  handlesError: boolean;
} {
  let handlesError = false;
  let last = call;
  for (let next = consumerOf(last); next.kind === 'chained'; next = consumerOf(last)) {
    last = next.by;
    handlesError ||= takesError(last);
  }
  return { call: last, handlesError };
}

function takesError({ callee, arguments: given }: TSESTree.CallExpression): boolean {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false;
  const { name } = callee.property;
  return name === PROMISE_METHOD.catch ? given.length > 0 : given.length > 1;
}

/** At the top of a module a program starts: there is no caller that could wait. */
function isInModule(node: TSESTree.Node): boolean {
  return enclosingRun(node).type === 'Program';
}
