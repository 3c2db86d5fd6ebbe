import { defineRule } from '../define-rule.js';
import { combineTasks } from '../edits/combine-tasks.js';
import {
  combiningCall,
  type CombiningCall,
  leavesWorkBehind,
  partsOf,
} from '../flow/promises/combined-work.js';
import { isInTest } from '../syntax/test-code.js';
import { timerPromise } from '../syntax/timer-promise.js';
import { RUNTIME } from '../vocabulary.js';

/**
 * Finds `Promise.all`, `any` and `race` that start work: the first failure, or the winner, leaves
 * the others running. `Promise.allSettled` waits for all, and a race against a timer is left to
 * no-race-timeout. What a test starts ends with it, and nobody pays for what runs on: there the
 * first failure is all that anybody wants to know.
 */
export default defineRule({
  name: 'prefer-task-group',
  docs: {
    description: '`Promise.all`, `any` and `race` that leave the work running that they start',
    preset: 'structured',
    types: 'required',
  },
  kind: 'suggestion',
  hasSuggestions: true,
  messages: {
    all: 'If one of these fails, `Promise.all` neither stops the others nor waits for them. Make them tasks of a group: it cancels the others, and waits for their end.{{install}}',
    race: 'When one of these is there, `Promise.{{combinator}}` neither stops the others nor waits for them. Make them tasks of a group: it cancels the others, and waits for their end.{{install}}',
    combineTasks:
      'Use `{{name}}`, which makes each a task. Their errors come out in a `TaskGroupError` then.',
    mapTasks:
      'Use `TaskGroup.map`, which makes each call a task. Their errors come out in a `TaskGroupError` then.',
  },
  defaultOptions: {},
  create({ context, sourceCode, settings, types, place }) {
    const calls: CombiningCall[] = [];

    /** That is what no-race-timeout has a look at. */
    function isAgainstTimer(combining: CombiningCall): boolean {
      return partsOf(combining).some((part) => timerPromise(part, place) !== undefined);
    }

    return {
      CallExpression(node) {
        const combining = combiningCall(node, sourceCode);
        if (combining !== undefined && !isInTest(node, place)) calls.push(combining);
      },
      'Program:exit'() {
        types.values(calls.flatMap(partsOf));
        const install = place.module.isInstalled(RUNTIME.package)
          ? ''
          : ` Groups come with the package \`${RUNTIME.package}\`, which is not installed here.`;
        for (const combining of calls) {
          const { call, combinator } = combining;
          if (!leavesWorkBehind(combining, { ...place, settings, types })) continue;
          if (combinator === 'race' && isAgainstTimer(combining)) continue;
          context.report({
            node: call.callee,
            messageId: combinator === 'all' ? 'all' : 'race',
            data: { combinator, install },
            suggest: combineTasks(combining, place),
          });
        }
      },
    };
  },
});
