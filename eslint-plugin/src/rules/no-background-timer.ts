import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { fixOf } from '../edits/fix-of.js';
import { timerAsTask } from '../edits/timer-as-task.js';
import { enclosingRun } from '../syntax/enclosing.js';
import { executorAround } from '../syntax/executor.js';
import { isHandleLost, startsWork, timerName, tooLongDelay } from '../syntax/timer-work.js';

/**
 * Finds timers that start work which no group has, and that nobody can clear.
 *
 * What a timer starts has left its caller: no `join` waits for it, no cancellation reaches it, and
 * an interval goes on after whoever wanted it has ended.
 */
export default defineRule({
  name: 'no-background-timer',
  docs: {
    description: 'timers that start work which nobody waits for and nobody can stop',
    preset: 'strict',
    types: 'none',
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    repeated:
      'Nothing here can stop this: no name has the timer, and it starts its work again and again. Make it a task with a loop around `await sleep(ms, scope)`, which ends with its group.',
    once: 'No group has the work that this `{{timer}}` starts, and no name has the timer: nothing can clear it, and the code that sets it cannot wait for the work. Make it a task that begins with `await sleep(ms, scope)`.',
    atOnce:
      'No group has the work that this `{{timer}}` starts, and the code around it cannot wait for the work. Make it a task of a group.',
    tooLong:
      'A timer holds no more than 2147483647 ms (24.8 days): this one fires at once. Wait in shorter steps, or use a scheduler.',
    asTask: 'Make it a task of `{{group}}`.',
  },
  defaultOptions: {},
  create({ context, sourceCode, place }) {
    function check(call: TSESTree.CallExpression): void {
      const timer = timerName(call, sourceCode);
      const [callback, delay] = call.arguments;
      if (timer === undefined || callback === undefined) return;
      if (hasDelay(timer) && tooLongDelay(delay, sourceCode) !== undefined) {
        return context.report({ node: delay!, messageId: 'tooLong' });
      }
      // What the top level of a module starts lives as long as the process, and so may it.
      if (enclosingRun(call).type === 'Program' || executorAround(call)) return;
      if (!isHandleLost(call, sourceCode)) return;
      const isRepeated = timer === 'setInterval';
      if (!startsWork(callback, isRepeated, sourceCode)) return;
      const messageId = isRepeated ? 'repeated' : hasDelay(timer) ? 'once' : 'atOnce';
      const task = timerAsTask(call, { hasDelay: hasDelay(timer), isRepeated }, place);
      const fix = fixOf(task?.edits);
      context.report({
        node: call.callee,
        messageId,
        data: { timer },
        suggest: task && fix ? [{ messageId: 'asTask', data: { group: task.group }, fix }] : [],
      });
    }

    return { CallExpression: check };
  },
});

function hasDelay(timer: string): boolean {
  return timer === 'setTimeout' || timer === 'setInterval';
}
