import { relative } from 'node:path';

import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { groupInstead } from '../edits/group-instead.js';
import { isErrorHandled } from '../flow/promises/error-handling.js';
import { type LeftAlone, leftAlone } from '../flow/promises/left-alone.js';
import { isOneByOne } from '../flow/promises/one-by-one.js';
import {
  startedPromises,
  type StartingCall,
  type StoredPromise,
} from '../flow/promises/started-promise.js';
import { serviceOf } from '../flow/promises/service.js';
import { storesOf } from '../flow/promises/stores-of.js';
import { isTakenNext } from '../flow/promises/taken-next.js';
import { AwaitsWithin } from '../syntax/awaits-within.js';
import { enclosingRun } from '../syntax/enclosing.js';
import { REPORTS_ALL, REPORTS_MISTAKES, REPORTS_SCHEMA } from '../reports-option.js';
import { calleeText } from '../syntax/callee-text.js';
import { isInTest } from '../syntax/test-code.js';

/** Longer texts of an expression make a message hard to read. */
const LONGEST_TEXT = 40;

/**
 * Finds promises that are started, stored, and left alone on some path before anybody has them.
 * On doubt it says nothing: a promise that is handed to any call, or moved anywhere, is taken.
 */
export default defineRule({
  name: 'no-ungrouped-task',
  docs: {
    description: 'promises that are started, stored and left alone: tasks outside a group',
    preset: 'recommended',
    types: 'required',
    milder: { recommended: REPORTS_MISTAKES, structured: REPORTS_ALL },
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    meanwhile:
      'This is a task outside a group: while `{{other}}` is awaited, nobody handles its error or waits for it. Create it in a group, or await it first.',
    oneByOne:
      'These are tasks outside a group: while one of them is awaited, nobody handles the errors of the others. Await all of them at once, or create them with `TaskGroup.map`.',
    disposed:
      'This work is still running when it is returned, and `{{name}}`, which it uses, is disposed first. Await it before it is returned.',
    left: 'This is a task outside a group: {{exit}} leaves it running, and its error goes to no one. Create it in a group, or await it on every path.',
    leftHandled:
      'This is a task outside a group: {{exit}} leaves it running, and nobody waits for it. Create it in a group, or await it on every path.',
    ownerless:
      'This is a task outside a group: nothing here ever awaits `{{name}}`, so nobody waits for the work and its error goes to no one. Create it in a group, or await it where its owner ends.',
    ownerlessHandled:
      'This is a task outside a group: nothing here ever awaits `{{name}}`, so nobody waits for the work. Create it in a group, or await it where its owner ends.',
    service:
      'This is a task outside a group: `{{service}}` runs until `{{end}}`, and until then nobody handles its error. Create it in a group, or list it in `settings.mooring.safeCalls` where `{{end}}` waits for its end.',
    createTask: 'Create it in the group `{{group}}`.',
    awaitHere: 'Await it here.',
    restInGroup:
      'Run the rest of the block in a group, with this as a task of it. An error comes out in a `TaskGroupError` then.',
  },
  optionSchemas: { reports: REPORTS_SCHEMA },
  defaultOptions: REPORTS_ALL,
  create({ context, sourceCode, options, settings, types, place }) {
    const starting: StartingCall[] = [];
    const reading = {
      awaits: new AwaitsWithin(),
      withResources: new Set<TSESTree.Node>(),
      sourceCode,
    };

    function candidatesIn(started: StartingCall): StoredPromise[] {
      return storesOf(started, reading)
        .map((store) => ({ started, store }))
        .filter((stored) => !isTakenNext(stored, sourceCode));
    }

    function report(stored: StoredPromise, by: LeftAlone): void {
      const suggest = groupInstead(stored, place);
      context.report({ node: stored.started, ...messageOf(by, stored), suggest });
    }

    /** A test starts something, sets it off, and awaits it. */
    function isStepOfTest({ started }: StoredPromise, left: LeftAlone): boolean {
      const isWaiting = left.by === 'path' && left.end.node.type === 'AwaitExpression';
      return isWaiting && isInTest(started, relative(context.cwd, context.filename));
    }

    /** Where its error is handled, it is only that nobody waits. */
    function isMistake({ started }: StoredPromise, left: LeftAlone): boolean {
      const isWaited = left.by === 'path' && left.end.node.type === 'AwaitExpression';
      return isWaited || !isErrorHandled(started, place);
    }

    function messageOf(left: LeftAlone, stored: StoredPromise) {
      const { started } = stored;
      const isHandled = isErrorHandled(started, place);
      if (left.by === 'disposal') {
        return { messageId: 'disposed', data: { name: left.name } } as const;
      }
      if (left.by === 'nobody') {
        const messageId = isHandled ? 'ownerlessHandled' : 'ownerless';
        return { messageId, data: { name: left.name } } as const;
      }
      const service = isHandled ? undefined : serviceOf(started, sourceCode);
      if (service !== undefined) {
        const { run, end } = service;
        const data = { service: calleeText(run, sourceCode), end: calleeText(end, sourceCode) };
        return { messageId: 'service', data } as const;
      }
      const { kind, node } = left.end;
      if (isOneByOne(stored, left.end)) return { messageId: 'oneByOne', data: {} } as const;
      if (kind === 'event' && (node.type === 'AwaitExpression' || node.type === 'ForOfStatement')) {
        const other = textOf(node.type === 'ForOfStatement' ? node.right : node.argument);
        return { messageId: 'meanwhile', data: { other } } as const;
      }
      const exit = node === started ? 'the next round of the loop' : exitText(kind, node);
      return { messageId: isHandled ? 'leftHandled' : 'left', data: { exit } } as const;
    }

    function textOf(node: TSESTree.Node): string {
      const text = sourceCode.getText(node).replace(/\s+/g, ' ');
      return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
    }

    return {
      AwaitExpression: (node) => reading.awaits.add(node),
      CallExpression: (node) => starting.push(node),
      TaggedTemplateExpression: (node) => starting.push(node),
      VariableDeclaration(node) {
        const isResource = node.kind === 'using' || node.kind === 'await using';
        if (isResource) reading.withResources.add(enclosingRun(node));
      },
      'Program:exit'() {
        const candidates = starting.flatMap(candidatesIn);
        const asked = { ...options, sourceCode, settings };
        const reported = new Set<TSESTree.Node>(); // One call can be put in several places.
        for (const stored of startedPromises(candidates, types, asked)) {
          const left = reported.has(stored.started) ? undefined : leftAlone(stored, place);
          if (left === undefined || isStepOfTest(stored, left)) continue;
          if (options.reports === 'mistakes' && !isMistake(stored, left)) continue;
          reported.add(stored.started);
          report(stored, left);
        }
      },
    };
  },
});

function exitText(kind: string, node: TSESTree.Node): string {
  if (node.type === 'ForOfStatement') return 'the loop';
  if (kind === 'end') return node.type === 'Program' ? 'the module' : 'the end of the function';
  const event = node.type === 'YieldExpression' ? 'the `yield`' : 'the assignment';
  const what = kind === 'event' ? event : `the \`${kind}\``;
  return `${what} in line ${node.loc.start.line}`;
}
