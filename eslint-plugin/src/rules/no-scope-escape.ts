import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { groupHomes } from '../flow/scopes/group-homes.js';
import { escapesFrom, type PartKind } from '../flow/scopes/scope-escapes.js';
import { calledMember } from '../syntax/property-name.js';
import { MEMBER } from '../vocabulary.js';

/**
 * Finds what outlives the block of its group: the group, its signal, a task, a callback with one
 * of them. Followed are names, fields, collections and returns in this file; a call may be given
 * anything.
 */
export default defineRule({
  name: 'no-scope-escape',
  docs: {
    description: 'groups, their signals and their tasks that are kept longer than their block',
    preset: 'recommended',
    types: 'required',
  },
  kind: 'problem',
  messages: {
    group:
      'This group is closed when its block ends, and {{to}} keeps it longer: from then on it takes no task. Keep it in the block, and give results out.',
    signal:
      'This signal belongs to a group, and {{to}} keeps it longer than the block of the group: from then on nothing aborts it. Give out a signal that lives as long as what listens to it.',
    task: 'This task ends with the block of its group, and {{to}} keeps the handle longer. Await the task in the block, and give its result out.',
    callback:
      'This callback uses `{{group}}`, which ends with its block, and {{to}} keeps it longer: called later, it finds the group closed. Remove it before the block ends, or let a task of the group do its work.',
  },
  defaultOptions: {},
  create({ context, sourceCode, settings, types }) {
    const declarators: TSESTree.VariableDeclarator[] = [];
    const runs: TSESTree.CallExpression[] = [];
    return {
      VariableDeclarator(node) {
        const isOwn = node.parent.kind === 'await using';
        if (isOwn || (node.init !== null && isStackUse(node.init))) declarators.push(node);
      },
      CallExpression(node) {
        if (calledMember(node)?.name === MEMBER.run) runs.push(node);
      },
      'Program:exit'() {
        const reported = new Set<TSESTree.Node>();
        const homes = groupHomes({ declarators, runs }, { sourceCode, settings }, types);
        for (const home of homes) {
          for (const { kind, node, to } of escapesFrom(home, { sourceCode, types })) {
            if (reported.has(node)) continue;
            reported.add(node);
            report(node, kind, { to, group: home.variable.name });
          }
        }
      },
    };

    function report(node: TSESTree.Node, messageId: PartKind, data: Record<string, string>): void {
      context.report({ node, messageId, data });
    }
  },
});

/** `const group = stack.use(new TaskGroup())` */
function isStackUse(init: TSESTree.Expression): boolean {
  return calledMember(init)?.name === MEMBER.use;
}
