import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import type { Edit } from '../edits/edit.js';
import { fixOf } from '../edits/fix-of.js';
import { wholeLines } from '../edits/remove-statement.js';
import { withoutImport } from '../edits/unused-import.js';
import { workItself, workOfRun } from '../edits/work-itself.js';
import { uselessness } from '../flow/scopes/useless-group.js';
import { blockGroup, type BlockResource } from '../syntax/block-resource.js';
import { enclosingRun, isFunction } from '../syntax/enclosing.js';
import { groupStatic, isNewGroup } from '../syntax/mooring-reference.js';
import { variableOf } from '../syntax/variable.js';
import { unwrapped } from '../syntax/wrappers.js';
import { MEMBER } from '../vocabulary.js';

/**
 * Finds groups that add nothing to an `await`.
 *
 * A group says that several things happen at a time. Where there is one thing, it makes a reader
 * look for the others, and wraps the error of the one in a `TaskGroupError`.
 */
export default defineRule({
  name: 'no-useless-group',
  docs: {
    description: 'groups with no task, or with a single one that is only awaited',
    preset: 'strict',
    types: 'none',
  },
  kind: 'suggestion',
  hasSuggestions: true,
  messages: {
    empty: 'No task is created in this group. Remove the group.',
    remove: 'Remove the group.',
    one: 'This group has one task, and nothing happens beside it. Await the work itself.',
    await: 'Await the work itself, whose error then comes as it is.',
  },
  defaultOptions: {},
  create(input) {
    const { context, sourceCode } = input;
    return {
      VariableDeclarator(declarator) {
        const group = blockGroup(declarator, input);
        if (group === undefined || !isPlainGroup(group.value)) return;
        const run = enclosingRun(group.name);
        const found = uselessness(group.variable, run, undefined);
        if (found?.kind === 'one') {
          const edits = workItself(found.task, declarator, group.variable, sourceCode);
          report(group.name, 'one', 'await', edits);
        } else if (found !== undefined) {
          reportEmpty(declarator, group);
        }
      },
      CallExpression(call) {
        const [body, options] = call.arguments;
        if (groupStatic(call, input) !== MEMBER.run || options !== undefined) return;
        if (body === undefined || !isFunction(body)) return;
        const [parameter] = body.params;
        if (parameter?.type !== 'Identifier') return;
        const group = variableOf(parameter, sourceCode);
        const found = group && uselessness(group, body, body.body);
        if (found?.kind === 'one') {
          const edits = workOfRun(found.task, call, body, sourceCode);
          report(parameter, 'one', 'await', edits);
        } else if (found !== undefined) {
          context.report({ node: parameter, messageId: 'empty' });
        }
      },
    };

    function reportEmpty(
      declarator: TSESTree.VariableDeclarator,
      { variable, value }: BlockResource,
    ): void {
      const isOnlyDeclared = variable.references.every(({ init }) => init === true);
      const { parent: declaration } = declarator;
      const isAlone = declaration.declarations.length === 1 && isOnlyDeclared;
      const lines = isAlone ? wholeLines(declaration, sourceCode) : undefined;
      const { callee } = unwrapped(value) as TSESTree.NewExpression;
      const edits = lines && [
        ...withoutImport(callee, declaration, sourceCode),
        { range: lines, text: '' },
      ];
      report(declarator.id, 'empty', 'remove', edits);
    }

    function report(
      node: TSESTree.Node,
      messageId: 'empty' | 'one',
      adviceId: 'await' | 'remove',
      edits: readonly Edit[] | undefined,
    ): void {
      const fix = fixOf(edits);
      context.report({
        node,
        messageId,
        suggest: fix ? [{ messageId: adviceId, fix }] : [],
      });
    }

    /** `new TaskGroup()`: with a signal, a limit or a name it may be there for them. */
    function isPlainGroup(value: TSESTree.Node): boolean {
      const made = unwrapped(value);
      return isNewGroup(made, input) && (made as TSESTree.NewExpression).arguments.length === 0;
    }
  },
});
