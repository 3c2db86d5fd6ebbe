import { defineRule } from '../define-rule.js';
import { adviceFor } from '../edits/advice.js';
import { takePromise, takePromises } from '../edits/take-promise.js';
import { isOverAtOnce } from '../flow/promises/ended-at-once.js';
import {
  type Floating,
  type FloatingPromise,
  floatingPromises,
} from '../flow/promises/floating-promise.js';
import { type DropMistake, isMistake, mistakeOfDrop } from '../flow/promises/mistakes.js';
import { REPORTS_ALL, REPORTS_MISTAKES, REPORTS_SCHEMA } from '../reports-option.js';
import { calleeText } from '../syntax/callee-text.js';
import { consumerOf } from '../syntax/consumers.js';
import { enclosingFunction } from '../syntax/enclosing.js';
import { floatingPlaces, type FloatingValue } from '../syntax/floating-places.js';

/** What takes one promise does not take several. */
const SUGGESTED: Partial<Record<Floating, typeof takePromises>> = {
  array: takePromises,
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
      'Nobody waits for this promise: the work runs on after the code around it has ended, and its error goes to no one. {{advice}}',
    maybe:
      'What this call gives may be a promise: then nobody waits for it, and its error goes to no one. {{advice}}',
    over: 'Nobody takes this promise: its work is over when the call returns, but an error of it goes to no one. Await it.',
    unseen:
      '`void` throws this promise away, so the `catch` around it never sees its error. Await it.',
    given:
      '`void` throws this promise away, and `{{callee}}` does not wait for it, as it would. Return it.',
    exit: 'The process is ended before this work is: nobody waits for it. Await it.',
    assertion: 'The test has ended before this assertion is made, and passes without it. Await it.',
    void: '`void` throws this promise away: the work runs on after the code around it has ended. {{advice}}',
    chain:
      'The error of this promise is handled, but nobody waits for it: the work runs on after the code around it has ended. {{advice}}',
    array:
      'Nobody waits for these promises: the work of each runs on after the code around it has ended, and the errors go to no one. Make each a task with `TaskGroup.map`, or await all of them.',
    nested:
      'This is a list of promises in a list: what stands around it waits for none of them, and their errors go to no one. Spread it, or await each list by itself.',
    lists:
      'Nobody waits for the promises in these lists: the work of each runs on after the code around it has ended, and the errors go to no one. Await all of each list, or make one list of them.',
    argument:
      '`{{callee}}` takes any value: it gets a promise instead of a result, and nobody waits for the work. Await it first.',
    default:
      'No line reads the parameter with this default: it starts work that nobody waits for. Take the default away.',
    exported:
      'This promise runs from the moment the module is loaded, and until an importer awaits it its error goes to no one. Await it here, or export a function.',
    spread: 'A promise has no properties to spread, and nobody waits for the work. Await it first.',
    tested:
      'This tests the promise and not what it gives, and nobody waits for the work. Await it, and test the result.',
    text: 'In a text a promise reads `[object Promise]`, and nobody waits for the work. Await it first.',
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
    const candidates: FloatingValue[] = [];

    function report(found: FloatingPromise): void {
      const { floating, value } = found;
      const { node } = value;
      context.report({
        node,
        messageId: messageOf(found),
        data: { callee: calleeOf(value), advice: adviceFor(node, place) },
        suggest: SUGGESTED[floating]?.(value, place) ?? takePromise(value, place),
      });
    }

    function messageOf(found: FloatingPromise): DropMistake | Floating | 'over' {
      const mistake = mistakeOfDrop(found, { ...place, types });
      if (mistake !== undefined) return mistake;
      const { floating, value } = found;
      const isOver = floating === 'floating' && isOverAtOnce(value.node, { ...place, types });
      return isOver ? 'over' : floating;
    }

    /** The call that is handed the promise, or the function around it. */
    function calleeOf({ by, node }: FloatingValue): string | undefined {
      const around = enclosingFunction(node);
      const call = by.type === 'CallExpression' ? by : around && consumerOf(around).by;
      return call?.type === 'CallExpression' ? calleeText(call, sourceCode) : undefined;
    }

    return {
      ...floatingPlaces((value) => candidates.push(value), { file: context.filename, sourceCode }),
      'Program:exit'() {
        floatingPromises(candidates, { ...options, ...place, types })
          .filter((found) => options.reports === 'all' || isMistake(found, { ...place, types }))
          .forEach(report);
      },
    };
  },
});
