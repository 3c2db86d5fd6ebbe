import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { timeoutInstead } from '../edits/timeout-instead.js';
import { type RaceWithTimer, raceWithTimer } from '../flow/promises/race-with-timer.js';
import { isGlobalName } from '../syntax/mooring-reference.js';
import { calledMember } from '../syntax/property-name.js';
import { timedExecutor } from '../syntax/timed-promise.js';
import { PLATFORM } from '../vocabulary.js';

const RACE = `${PLATFORM.promise}.race`;

/**
 * Finds deadlines that are made by hand, of a promise and a timer.
 *
 * A promise counts as a timer when the file shows that it is one, or when every word of its name
 * says so (`rejectAfter`, `createTimeoutPromise`). Work of which a timer is only the beginning
 * (`sleep(100).then(() => fetch(mirror))`) is no timer.
 */
export default defineRule({
  name: 'no-race-timeout',
  docs: {
    description: 'deadlines that are made of a race against a timer',
    preset: 'structured',
    types: 'optional',
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    race: 'This race is a deadline made by hand: when the timer wins, nothing here waits for the other any more. Use `timeout`: its signal can stop the work, and it waits for its end.',
    stopped:
      'This race is a deadline made by hand: when the timer wins, something is stopped, and nothing here waits for the end of the work. Use `timeout`: its signal can stop the work, and it waits for its end.',
    event:
      'This race is a deadline made by hand, of a timer and of the wait for an event. Use `timeout`: it clears its timer, and its signal can end the wait.',
    executor:
      'This promise is a deadline made by hand: when the timer fires first, nothing here waits for the work any more. Use `timeout`: its signal can stop the work, and it waits for its end.',
    useTimeout:
      'Use `timeout`, and hand its signal to `{{call}}`. What is thrown at the deadline is its `TimeoutError` then.',
    useAbandon:
      'Use `timeout`, and stop waiting for the work at the deadline. What is thrown then is its `TimeoutError`.',
  },
  defaultOptions: {},
  create({ context, sourceCode, place }) {
    const races: TSESTree.CallExpression[] = [];

    return {
      CallExpression(node) {
        const isNamed = node.callee.type === 'Identifier' || calledMember(node)?.name === 'race';
        if (isNamed && isGlobalName(node.callee, RACE, sourceCode)) races.push(node);
      },
      NewExpression(node) {
        const timed = timedExecutor(node, sourceCode);
        if (timed?.other !== 'promise') return;
        const loc = { start: node.loc.start, end: node.callee.loc.end };
        context.report({ node, loc, messageId: 'executor' });
      },
      'Program:exit'() {
        for (const node of races) {
          const race = raceWithTimer(node, place);
          if (race === undefined) continue;
          const instead = timeoutInstead(race, place);
          context.report({
            node: node.callee,
            messageId: messageOf(race),
            suggest: instead
              ? [
                  {
                    messageId: instead.call === undefined ? 'useAbandon' : 'useTimeout',
                    data: { call: instead.call },
                    fix: instead.fix,
                  },
                ]
              : [],
          });
        }
      },
    };
  },
});

function messageOf({ isForEvent, loser }: RaceWithTimer): 'event' | 'race' | 'stopped' {
  if (isForEvent) return 'event';
  return loser === 'stopped' ? 'stopped' : 'race';
}
