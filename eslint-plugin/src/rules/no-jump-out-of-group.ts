import type { TSESLint } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { insertBeforeJump } from '../edits/insert-statement.js';
import { earlyReturns } from '../flow/scopes/jumps-out.js';
import { isFunction } from '../syntax/enclosing.js';
import { groupStatic } from '../syntax/mooring-reference.js';
import { variableOf } from '../syntax/variable.js';
import { MEMBER } from '../vocabulary.js';

/**
 * Finds early returns out of the body of `TaskGroup.run` while its tasks run.
 *
 * Such a `return` looks like the end of the function, and is none: the group waits for every task
 * first, also for one that never ends. Jumps out of the block of an `await using` group cancel the
 * tasks instead; those are `require-join`'s.
 */
export default defineRule({
  name: 'no-jump-out-of-group',
  docs: {
    description: 'early returns out of the body of a group whose tasks still run',
    preset: 'strict',
    types: 'none',
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    waits:
      'This `return` does not leave yet: the group waits for the tasks that run. Call `{{group}}.cancel()` first if they are to end, or `await {{group}}.join()` if they are to be waited for.',
    cancelFirst: 'Cancel the tasks first.',
    joinFirst: 'Wait for the tasks first.',
  },
  defaultOptions: {},
  create(input) {
    const { context, sourceCode } = input;
    return {
      CallExpression(call) {
        const [body] = call.arguments;
        if (groupStatic(call, input) !== MEMBER.run || !isFunction(body)) return;
        const [parameter] = body.params;
        if (parameter?.type !== 'Identifier') return;
        const group = variableOf(parameter, sourceCode);
        if (group === undefined) return;
        const data = { group: parameter.name };
        for (const node of earlyReturns(group, body, input)) {
          const before = (statement: string): TSESLint.ReportFixFunction | undefined =>
            node.type === 'ReturnStatement'
              ? (fixer) => insertBeforeJump(node, statement, sourceCode, fixer)
              : undefined;
          const cancel = before(`${parameter.name}.${MEMBER.cancel}();`);
          const join = body.async ? before(`await ${parameter.name}.${MEMBER.join}();`) : undefined;
          context.report({
            node,
            messageId: 'waits',
            data,
            suggest: [
              ...(cancel ? [{ messageId: 'cancelFirst' as const, fix: cancel }] : []),
              ...(join ? [{ messageId: 'joinFirst' as const, fix: join }] : []),
            ],
          });
        }
      },
    };
  },
});
