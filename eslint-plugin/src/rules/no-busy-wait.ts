import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { descendants } from '../syntax/descendants.js';
import { propertyName } from '../syntax/property-name.js';
import { timerPromise } from '../syntax/timer-promise.js';
import { unwrapped } from '../syntax/wrappers.js';

/**
 * Finds loops that do nothing but sleep until a condition holds.
 *
 * Somebody makes the condition true, and can say so: an event, a promise, a queue. Polling is late by
 * half of its interval, and costs a turn of the loop each time.
 */
export default defineRule({
  name: 'no-busy-wait',
  docs: {
    description: 'loops that sleep until a condition holds',
    preset: 'opt-in',
    types: 'none',
  },
  kind: 'suggestion',
  messages: {
    polls:
      'This loop asks again and again. Let whoever changes `{{condition}}` say so: with an event, a promise that it resolves, or a queue.',
  },
  defaultOptions: {},
  create({ context, sourceCode, settings }) {
    const file = { sourceCode, settings };

    function check({ test, body }: TSESTree.DoWhileStatement | TSESTree.WhileStatement): void {
      if (isOther(test)) return;
      const [statement, ...others] = body.type === 'BlockStatement' ? body.body : [body];
      if (statement?.type !== 'ExpressionStatement' || others.length > 0) return;
      const { expression } = statement;
      if (expression.type !== 'AwaitExpression') return;
      if (timerPromise(expression.argument, file) === undefined) return;
      const data = { condition: sourceCode.getText(test) };
      context.report({ node: test, messageId: 'polls', data });
    }

    /** A heartbeat, a bounded number of times, or what only a question to somebody else can tell. */
    function isOther(test: TSESTree.Expression): boolean {
      if (unwrapped(test).type === 'Literal') return true;
      return [...descendants(test, sourceCode)].some(
        (node) =>
          COUNTING.has(node.type) ||
          (node.type === 'MemberExpression' && propertyName(node) === 'aborted') ||
          (node.type === 'BinaryExpression' && /^[<>]/.test(node.operator)),
      );
    }

    return { DoWhileStatement: check, WhileStatement: check };
  },
});

const COUNTING: ReadonlySet<string> = new Set([
  'AssignmentExpression',
  'AwaitExpression',
  'UpdateExpression',
]);
