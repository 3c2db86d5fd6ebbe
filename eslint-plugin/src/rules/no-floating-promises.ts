import { defineRule } from '../define-rule.js';
import { adviceFor } from '../edits/advice.js';
import { takeHandled, takePromise, takePromises } from '../edits/take-promise.js';
import {
  type Floating,
  type FloatingPromise,
  floatingPromises,
} from '../flow/promises/floating-promise.js';
import { isErrorHandled } from '../flow/promises/error-handling.js';
import { messageOfDrop, namedCallee } from '../flow/promises/floating-story.js';
import { isMistake } from '../flow/promises/mistakes.js';
import { REPORTS_ALL, REPORTS_MISTAKES, REPORTS_SCHEMA } from '../reports-option.js';
import { floatingPlaces, type FloatingValue } from '../syntax/floating-places.js';

/** What takes one promise does not take several. */
const SUGGESTED: Partial<Record<Floating, typeof takeHandled | typeof takePromises>> = {
  array: takePromises,
  chain: takeHandled,
  lists: () => [],
  nested: () => [],
};

/** Finds promises that nobody takes. What is stored is left to no-ungrouped-task. */
export default defineRule({
  name: 'no-floating-promises',
  docs: {
    description: 'promises that nobody waits for',
    preset: 'recommended',
    types: 'required',
    milder: { recommended: REPORTS_MISTAKES, structured: REPORTS_ALL },
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    floating:
      'Nobody waits for this promise, and no code around it handles an error of it. {{advice}}',
    maybe:
      'What this call gives may be a promise: then nobody waits for it, and no code around it handles an error of it. {{advice}}',
    over: 'Nobody takes this promise: its work is over when the call returns, but no code around it handles an error of it. Await it.',
    lazy: 'This never runs: it is started when it is awaited, and nobody awaits it. Await it.',
    unseen:
      'Nobody awaits this promise, so the `catch` around it never sees an error of it. {{advice}}',
    given:
      '`{{callee}}` waits for what this function returns, and it returns nothing, so nobody waits for this promise. Return it.',
    step: 'Nobody awaits this promise: the test goes on without it. {{advice}}',
    unawaited:
      'This function is async and awaits nothing: who awaits it does not wait for this promise, and does not see an error of it. {{advice}}',
    outlived:
      'Nobody awaits this promise, and what it works on is there for as long as the function around it runs. {{advice}}',
    forgotten: '`{{callee}}` is awaited wherever else this file calls it, and not here. {{advice}}',
    exit: 'The process is ended before this work is: nobody waits for it. Await it.',
    assertion: 'The test has ended before this assertion is made, and passes without it. Await it.',
    void: '`void` throws this promise away, and nobody waits for it. {{advice}}',
    chain: 'An error of this promise is taken care of, but nobody waits for it. {{advice}}',
    array:
      'Nobody waits for these promises, and no code around them handles their errors. Make each a task with `TaskGroup.map`, or await all of them.',
    nested:
      'This is a list of promises in a list: what stands around it waits for none of them, and no code around them handles their errors. Spread it, or await each list by itself.',
    lists:
      'Nobody waits for the promises in these lists, and no code around them handles their errors. Await all of each list, or make one list of them.',
    argument:
      '`{{callee}}` takes any value: it gets a promise instead of a result. Await it first.',
    default:
      'No line reads the parameter with this default: it starts work that nobody waits for. Take the default away.',
    exported:
      'This promise is made when the module is loaded, and until an importer awaits it nothing handles an error of it. Await it here, or export a function.',
    spread: 'A promise has no properties to spread. Await it first.',
    tested: 'This tests the promise and not what it gives. Await it, and test the result.',
    text: 'In a text a promise reads `[object Promise]`. Await it first.',
    awaitAll: 'Await all of them.',
    awaitIt: 'Await it.',
    createTask: 'Make it a task of `{{group}}`.',
    mapTasks: 'Make each a task of a group, with `TaskGroup.map`.',
    awaitAsync: 'Make {{name}} async, and await it.',
    awaitAsyncOpen:
      'Make {{name}} async, and await it. Who calls {{name}} in other files gets a promise then.',
    restInGroup:
      'Run the rest of the block in a group, with this as a task of it. Its error comes out in a `TaskGroupError` then.',
  },
  optionSchemas: {
    reports: REPORTS_SCHEMA,
    checkThenables: {
      type: 'boolean',
      description: 'Report every thenable, also those that may start only when they are awaited.',
    },
  },
  defaultOptions: { ...REPORTS_ALL, checkThenables: false },
  create({ context, sourceCode, options, types, place }) {
    const typed = { ...place, types };
    const candidates: FloatingValue[] = [];

    function report(found: FloatingPromise): void {
      const { floating, value } = found;
      const { node } = value;
      const messageId = messageOfDrop(found, typed);
      context.report({
        node,
        messageId,
        data: {
          callee: namedCallee(found, messageId, sourceCode),
          advice: adviceFor(node, place, floating !== 'floating' && isErrorHandled(node, typed)),
        },
        suggest: SUGGESTED[floating]?.(value, place) ?? takePromise(value, place),
      });
    }

    return {
      ...floatingPlaces((value) => candidates.push(value), { file: context.filename, sourceCode }),
      'Program:exit'() {
        floatingPromises(candidates, { ...options, ...typed })
          .filter((found) => options.reports === 'all' || isMistake(found, typed))
          .forEach(report);
      },
    };
  },
});
