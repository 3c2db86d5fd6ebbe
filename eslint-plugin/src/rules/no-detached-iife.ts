import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { adviceFor } from '../edits/advice.js';
import { takePromise } from '../edits/take-promise.js';
import { REPORTS_ALL, REPORTS_MISTAKES, REPORTS_SCHEMA } from '../reports-option.js';
import { isAsyncIife } from '../syntax/async-iife.js';
import { consumerOf } from '../syntax/consumers.js';
import { enclosingRun } from '../syntax/enclosing.js';
import type { FloatingValue } from '../syntax/floating-places.js';
import { handlesItsErrors } from '../syntax/handled-errors.js';
import { isBeforeExit, isInUnseenTry, losesAssertion } from '../syntax/mistaken-drop.js';
import { tellsItsEnd, tellsItsOutcome } from '../syntax/told-end.js';
import { isEndOfScript, isInHandler } from '../syntax/where-nobody-waits.js';
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
      'Nobody waits for this async function: it runs on after its caller has ended, and its error goes to no one. {{advice}}',
    handled:
      'Nobody waits for this async function: its errors are handled, but it runs on after its caller has ended. {{advice}}',
    awaitIt: 'Await it.',
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
    /** What `recommended` leaves to the author. */
    function isLeft(call: TSESTree.Node, isMeant: boolean, isHandled: boolean): boolean {
      if (!isMeant) {
        return isEndOfScript(call, sourceCode) || isInHandler(call, context.filename);
      }
      if (isBeforeExit(call, sourceCode) || losesAssertion(call, sourceCode)) return false;
      return isHandled || !isInUnseenTry(call);
    }

    return {
      CallExpression(node) {
        if (!isAsyncIife(node)) return;
        const last = endOfChain(node);
        if (consumerOf(last.call).kind !== 'dropped') return;
        if (tellsItsEnd(last.call, sourceCode) || tellsItsOutcome(node.callee, sourceCode)) return;
        const isHandled = last.handlesError || handlesItsErrors(node.callee, sourceCode);
        if (isHandled && isInModule(node)) return;
        const isMeant = isHandled || consumerOf(last.call).by.type === 'UnaryExpression';
        if (options.reports === 'mistakes' && isLeft(last.call, isMeant, isHandled)) return;
        context.report({
          node,
          messageId: isHandled ? 'handled' : 'detached',
          data: { advice: adviceFor(last.call, place) },
          suggest: takePromise(floating(last.call), place),
        });
      },
    };
  },
});

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
