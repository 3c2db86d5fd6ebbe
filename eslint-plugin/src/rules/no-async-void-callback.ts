import { defineRule } from '../define-rule.js';
import { ownCallback } from '../edits/own-callback.js';
import { type DroppedCallback, droppedCallbacks } from '../flow/promises/dropped-callbacks.js';
import { dataOf, isMistake, messageOf } from '../flow/promises/dropped-story.js';
import { REPORTS_ALL, REPORTS_MISTAKES, REPORTS_SCHEMA } from '../reports-option.js';
import {
  type CallbackArgument,
  callbackArguments,
  type CallbackCall,
  ReturningFunctions,
} from '../syntax/callback-arguments.js';
import { functionHead } from '../syntax/function-head.js';

/**
 * Finds functions that give a promise and are handed to a caller that drops it. A caller of which
 * any overload takes a promise may wait for it; on doubt nothing is said.
 */
export default defineRule({
  name: 'no-async-void-callback',
  docs: {
    description: 'async functions handed to a caller that drops their promise',
    preset: 'recommended',
    types: 'required',
    milder: { recommended: REPORTS_MISTAKES, structured: REPORTS_ALL },
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    callback:
      '{{said}} the promise of this function, and if it rejects, no code here handles the error. Hand over a function that makes the work a task of a group.',
    handled:
      '{{said}} the promise of this function, and no group owns its work. Hand over a function that makes the work a task of a group.',
    needless:
      'This function is async and awaits nothing: if it throws, the error ends in a promise that nothing here takes. Take `async` away.',
    executor:
      'The promise of this executor is dropped: an error that it lets out would be an unhandled rejection, and not settle the promise around it. {{advice}}',
    loop: '`forEach` does not wait for this function: the loop goes on at once, and if the function rejects, no code here handles the error. Use `TaskGroup.map`, or `for … of` with `await`.',
    predicate:
      '`{{callee}}` takes the promise itself for the answer, which always counts as true. Await the answers first.',
    throw:
      '`{{callee}}` looks at what this function throws when it is called, and not at what its promise rejects with. {{advice}}',
    settler:
      'A promise is settled in this function, and an error that it lets out would not settle it. Hand its errors to `reject`.',
    createTask: 'Make its work a task of `{{group}}`.',
    mapTasks: 'Make each call a task of a group, with `TaskGroup.map`.',
    forOf: 'Use `for … of`, and await one after the other.',
    forOfAsync: 'Make {{name}} async, and use `for … of`, awaiting one after the other.',
    forOfAsyncOpen:
      'Make {{name}} async, and use `for … of`, awaiting one after the other. Who calls {{name}} in other files gets a promise then.',
    rejectErrors: 'Hand its errors to the promise, by `reject`.',
    awaitAnswers: 'Await all the answers first.',
  },
  optionSchemas: { reports: REPORTS_SCHEMA },
  defaultOptions: REPORTS_ALL,
  create({ context, sourceCode, options, types, place }) {
    const calls: CallbackCall[] = [];
    const returning = new ReturningFunctions();

    const collect = (call: CallbackCall): void => {
      if (call.arguments.length > 0) calls.push(call);
    };

    function report(dropped: DroppedCallback): void {
      if (options.reports !== 'all' && !isMistake(dropped, place)) return;
      const messageId = messageOf(dropped);
      // Its last step settles a promise, and its errors are handled: who waits for that waits for it.
      if (messageId === 'handled' && dropped.isTelling) return;
      context.report({
        node: dropped.argument.node,
        loc: functionHead(dropped.argument.node, sourceCode),
        messageId,
        data: dataOf(dropped, sourceCode),
        suggest: ownCallback(dropped, place),
      });
    }

    return {
      CallExpression: collect,
      NewExpression: collect,
      ReturnStatement: (node) => returning.add(node),
      'Program:exit'() {
        const candidates = calls.flatMap((call): readonly CallbackArgument[] =>
          callbackArguments(call, returning, sourceCode),
        );
        droppedCallbacks(candidates, { ...options, ...place, types }).forEach(report);
      },
    };
  },
});
