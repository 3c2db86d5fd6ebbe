import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { groupInstead } from '../edits/group-instead.js';
import { type LeftAlone, leftAlone } from '../flow/promises/left-alone.js';
import { isMistake, storyOf } from '../flow/promises/left-story.js';
import {
  startedPromises,
  type StartingCall,
  type StoredPromise,
} from '../flow/promises/started-promise.js';
import { storesOf } from '../flow/promises/stores-of.js';
import { isTakenNext } from '../flow/promises/taken-next.js';
import { AwaitsWithin } from '../syntax/awaits-within.js';
import { enclosingRun } from '../syntax/enclosing.js';
import { REPORTS_ALL, REPORTS_MISTAKES, REPORTS_SCHEMA } from '../reports-option.js';
import { isInTest } from '../syntax/test-code.js';

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
      'This is a task outside a group: while `{{other}}` is awaited, nothing here waits for it or would handle its error. Create it in a group, or await it first.',
    oneByOne:
      'These are tasks outside a group: while one of them is awaited, nothing here would handle the error of another. Await all of them at once, or create them with `TaskGroup.map`.',
    disposed:
      'Nothing awaits this promise before it is returned, and `{{name}}`, which it is made with, is disposed first. Await it before it is returned.',
    left: 'This is a task outside a group: {{exit}} leaves it, and if it rejects, nothing here handles the error. Create it in a group, or await it on every path.',
    leftHandled:
      'This is a task outside a group: {{exit}} leaves it before it is awaited. Create it in a group, or await it on every path.',
    ownerless:
      'This is a task outside a group: nothing here awaits `{{name}}`, and if it rejects, nothing here handles the error. Create it in a group, or await it where its owner ends.',
    ownerlessHandled:
      'This is a task outside a group: nothing here awaits `{{name}}`. Create it in a group, or await it where its owner ends.',
    tail: 'This is a queue outside a group: each link of `{{name}}` waits for the one before, and nothing here awaits the last one. Await it where its owner ends.',
    service:
      'This is a task outside a group: `{{end}}` may be what ends `{{service}}`, and until then nothing here handles its error. Create it in a group, or list it in `settings.mooring.safeCalls` where `{{end}}` waits for its end.',
    createTask: 'Create it in the group `{{group}}`.',
    awaitHere: 'Await it here.',
    restInGroup:
      'Run the rest of the block in a group, with this as a task of it. An error comes out in a `TaskGroupError` then.',
  },
  optionSchemas: { reports: REPORTS_SCHEMA },
  defaultOptions: REPORTS_ALL,
  create({ context, sourceCode, options, settings, types, place }) {
    const typed = { ...place, types };
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
      context.report({ node: stored.started, ...storyOf(by, stored, typed), suggest });
    }

    function isReported(stored: StoredPromise, left: LeftAlone): boolean {
      const isTest = isInTest(stored.started, place);
      if (isTest && isStep(left)) return false;
      return options.reports === 'all' || (!isTest && isMistake(stored, left, typed));
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
          if (left === undefined || !isReported(stored, left)) continue;
          reported.add(stored.started);
          report(stored, left);
        }
      },
    };
  },
});

/** A test starts something, sets it off, and awaits it. */
function isStep(left: LeftAlone): boolean {
  return left.by === 'path' && left.end.node.type === 'AwaitExpression';
}
