import { defineRule } from '../define-rule.js';
import { ownCallback } from '../edits/own-callback.js';
import { type DroppedCallback, droppedCallbacks } from '../flow/promises/dropped-callbacks.js';
import { REPORTS_ALL, REPORTS_MISTAKES, REPORTS_SCHEMA } from '../reports-option.js';
import {
  type CallbackArgument,
  callbackArguments,
  type CallbackCall,
  ReturningFunctions,
} from '../syntax/callback-arguments.js';
import { calleeText } from '../syntax/callee-text.js';
import { functionHead } from '../syntax/function-head.js';
import { enclosingFunction } from '../syntax/enclosing.js';
import { calledMember } from '../syntax/property-name.js';
import { isPeerDisabled } from '../syntax/peer-disabled.js';
import { isTelemetry } from '../syntax/telemetry.js';
import { isInTest } from '../syntax/test-code.js';
import { functionOf, type SourceCode } from '../syntax/variable.js';
import { isInHandler } from '../syntax/where-nobody-waits.js';

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
      '`{{callee}}` looks at what this function throws when it is called, and not at what its promise rejects with. Await it with `rejects` or `resolves`.',
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
      const { argument } = dropped;
      const isForAll = options.reports === 'all';
      if (!isForAll && isLetGo(dropped)) return;
      const messageId = messageOf(dropped);
      // Its last step settles a promise, and its errors are handled: who waits for that waits for it.
      if (messageId === 'handled' && dropped.isTelling) return;
      const isMistake = messageId !== 'handled' && messageId !== 'needless';
      if (!isForAll && !isMistake) return;
      context.report({
        node: argument.node,
        loc: functionHead(argument.node, sourceCode),
        messageId,
        data: {
          ...dataOf(dropped, calleeText(argument.call, sourceCode)),
          advice: adviceFor(argument, sourceCode),
        },
        suggest: ownCallback(dropped, place),
      });
    }

    /**
     * What the author has switched off for another linter he has decided. A promise that is never settled
     * ends a test by its time limit, as a failure. A listener has nobody who could wait, and one that comes again may settle the next time. A
     * loop is a mistake where somebody thought of waiting: its function is async, or the one around, unless
     * that is of a user interface, where promises are dropped as a rule.
     */
    function isLetGo({ argument: { call, node }, dropping }: DroppedCallback): boolean {
      if (isPeerDisabled(node, sourceCode)) return true;
      if (isInTest(node, place) && (dropping === 'executor' || dropping === 'settler')) return true;
      if (dropping === 'settler') return isRepeated(calledMember(call)?.name);
      if (dropping !== 'loop') return dropping === 'callback';
      if (isTelemetry(call, sourceCode)) return true;
      if (functionOf(node, sourceCode)?.async) return false;
      return !enclosingFunction(call)?.async || isInHandler(call, place);
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

/** Who waits for what a callback settles does not wait for nothing, and not for its error. */
function messageOf(dropped: DroppedCallback) {
  const { dropping } = dropped;
  if (dropping !== 'callback' && dropping !== 'loop') return dropping;
  if (dropped.isNeedless) return 'needless';
  if (dropped.isHandled) return 'handled';
  return dropping === 'callback' && dropped.isTelling ? 'settler' : dropping;
}

/** Of an executor: one that is not async gives the promise of something else. */
function adviceFor({ node }: CallbackArgument, sourceCode: SourceCode): string {
  return functionOf(node, sourceCode)?.async
    ? 'Make the executor a plain function, or write an async function instead of it.'
    : 'Take what it gives in place of a new promise, or settle that one both ways.';
}

function dataOf({ knownBy }: DroppedCallback, callee: string) {
  const said = {
    code: `\`${callee}\` does not wait for`,
    name: `Nothing here says that \`${callee}\` waits for`,
    type: `By its type \`${callee}\` does not wait for`,
  };
  return { callee, said: said[knownBy] };
}

/** `picker.onDidAccept(…)`, `stream.on('data', …)`: an event that may come more than once. */
function isRepeated(method: string | undefined): boolean {
  return (
    method !== undefined && /^(on(?![a-z])|addEventListener$|addListener$|subscribe$)/.test(method)
  );
}
