import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { createTask } from '../edits/create-task.js';
import { removed } from '../edits/remove-statement.js';
import { readyFaults } from '../flow/scopes/ready-calls.js';
import { calledMember } from '../syntax/property-name.js';
import { functionOf } from '../syntax/variable.js';
import { MEMBER } from '../vocabulary.js';

/**
 * Finds functions given to `group.start` that can end without having called `ready`, or call it
 * again.
 *
 * `start` rejects when its task ends and was never up, and a second call throws in the task. By
 * paths: errors are no ends, and a `ready` that is handed on may be called there.
 */
export default defineRule({
  name: 'require-ready',
  docs: {
    description: 'tasks of `group.start` that can end without calling `ready`, or call it twice',
    preset: 'recommended',
    types: 'required',
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    never:
      'The task can end in line {{line}} without having called `ready`, and `start` rejects then. Call `ready` on every path that ends without an error, or throw what is wrong.',
    twice: 'A path comes here that has called `ready` before: the second call throws.',
    createTask: 'Create the task, and do not wait until it is up.',
    remove: 'Remove the second call.',
  },
  defaultOptions: {},
  create({ context, sourceCode, types }) {
    const calls: TSESTree.CallExpression[] = [];

    function check(call: TSESTree.CallExpression): void {
      const work = functionOf(call.arguments[0]!, sourceCode);
      if (work === undefined) return;
      const faults = readyFaults(work, sourceCode, types);
      const never = faults.find(({ kind }) => kind === 'never');
      if (never !== undefined) {
        const line = String(lineOf(never.node, work));
        const fix = createTask(call, work, sourceCode);
        context.report({
          node: call.callee,
          messageId: 'never',
          data: { line },
          suggest: fix ? [{ messageId: 'createTask', fix }] : [],
        });
      }
      for (const { kind, node } of faults) {
        if (kind !== 'twice') continue;
        const { parent } = node;
        const isStatement = parent?.type === 'ExpressionStatement';
        const fix = isStatement ? removed(parent, sourceCode) : undefined;
        context.report({
          node,
          messageId: 'twice',
          suggest: fix ? [{ messageId: 'remove', fix }] : [],
        });
      }
    }

    function lineOf(node: TSESTree.Node, work: TSESTree.Node): number {
      return node === work ? work.loc.end.line : node.loc.start.line;
    }

    return {
      CallExpression(node) {
        if (calledMember(node)?.name !== MEMBER.start) return;
        const [work] = node.arguments;
        if (work && functionOf(work, sourceCode) !== undefined) calls.push(node);
      },
      'Program:exit'() {
        const facts = types.values(calls.map((call) => calledMember(call)!.object));
        for (const [index, call] of calls.entries()) {
          if (facts[index]!.is('group') === 'yes') check(call);
        }
      },
    };
  },
});
