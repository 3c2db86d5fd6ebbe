import { defineRule } from '../define-rule.js';
import { adviceFor } from '../edits/advice.js';
import { type AwaitOffer, awaitOffer } from '../edits/await-offer.js';
import { takeHandled, takeMeant, takePromise, takePromises } from '../edits/take-promise.js';
import {
  type Floating,
  type FloatingPromise,
  floatingPromises,
} from '../flow/promises/floating-promise.js';
import { isChainHandled, isErrorHandled } from '../flow/promises/error-handling.js';
import { messageOfDrop, namedCallee } from '../flow/promises/floating-story.js';
import { isMistake } from '../flow/promises/mistakes.js';
import { REPORTS_ALL, REPORTS_MISTAKES, REPORTS_SCHEMA } from '../reports-option.js';
import { isAwaitAllowed } from '../syntax/await-allowed.js';
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
      'Nothing here takes this promise, and if it rejects, no code around it handles the error. {{advice}}',
    maybe:
      'By its type this call may give a promise: nothing here would wait for it, or handle its error. {{advice}}',
    over: 'Nothing here takes this promise, and if it rejects, no code around it handles the error. {{advice}}',
    lazy: 'This does not run here: it is started when it is awaited, and nothing here awaits it. Await it.',
    unseen:
      'Nothing here awaits this promise, so if it rejects, the `catch` around it does not see the error. {{advice}}',
    given:
      'By its type `{{callee}}` takes a promise from this function, and gets none: nothing here waits for this one. Return it.',
    step: 'Nothing here awaits this promise: the test goes on, whether it is settled or not. {{advice}}',
    unawaited:
      'This function is async and awaits nothing: who awaits it does not wait for this promise, and if it rejects, does not hear of it. {{advice}}',
    outlived:
      'Nothing here awaits this promise, and what it works on may be gone when the function around it has ended. {{advice}}',
    forgotten: '`{{callee}}` is awaited wherever else this file calls it, and not here. {{advice}}',
    exit: 'A later line ends the process, and nothing here waits for this promise before. Await it.',
    assertion:
      'Nothing here awaits this promise, so the test may be over before this assertion is made, and pass without it. Await it.',
    untold:
      'This promise settles another one when it is fulfilled, and not when it rejects: who waits for that one does not hear of the failure. Reject it then.',
    void: 'Nothing here takes this promise: `void` does not, and no group owns it. {{advice}}',
    chain: 'Nothing here takes this promise, and no group owns it. {{advice}}',
    array:
      'Nothing here waits for these promises, and if one rejects, no code around them handles the error. Make each a task with `TaskGroup.map`, or await all of them.',
    nested:
      'This is a list of promises in a list: what stands around it waits for none of them, and does not see one reject. Spread it, or await each list by itself.',
    lists:
      'Nothing here waits for the promises in these lists, and if one rejects, no code around them handles the error. Await all of each list, or make one list of them.',
    argument:
      'By its type `{{callee}}` takes any value: it gets the promise here, and not its result. Await it first.',
    default:
      'No line reads the parameter with this default: it starts work that nothing here waits for. Take the default away.',
    exported:
      'This promise is made when the module is loaded, and if it rejects before an importer awaits it, nothing here handles the error. Await it here, or export a function.',
    spread: 'This spreads the promise and not its result. Await it first.',
    tested: 'This tests the promise and not its result. Await it, and test the result.',
    text: 'This puts the promise into the text and not its result. Await it first.',
    awaitAll: 'Await all of them.',
    awaitIt: 'Await it.',
    awaitTogether: 'Await it together with what is started beside it.',
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

    function adviceOf(
      { floating, value: { node } }: FloatingPromise,
      offer: AwaitOffer,
      message: string,
    ): string {
      const isOffered = offer.harm === undefined && isAwaitAllowed(node, place.module);
      // What is over at once fills no group.
      if (message === 'over' && isOffered) return 'Await it.';
      return adviceFor(node, place, offer, floating !== 'floating' && isErrorHandled(node, typed));
    }

    function report(found: FloatingPromise): void {
      const { floating, value } = found;
      const { node } = value;
      const messageId = messageOfDrop(found, typed);
      const offer = awaitOffer(value, place);
      // Who writes `void load().catch(report)` has said twice that he does not wait here.
      const isMeant = messageId === 'void' && isChainHandled(node, typed);
      const suggesting = isMeant ? takeMeant : (SUGGESTED[floating] ?? takePromise);
      context.report({
        node,
        messageId,
        data: {
          callee: namedCallee(found, messageId, sourceCode),
          advice: adviceOf(found, offer, messageId),
        },
        suggest: messageId === 'untold' ? [] : suggesting(value, place, offer),
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
