import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { moveBefore } from '../edits/move-declaration.js';
import { openScopes } from '../flow/scopes/open-scopes.js';
import type { OpenScope } from '../flow/scopes/openings.js';
import { isUsedInTask, taskThatOutlives } from '../flow/scopes/task-resource.js';
import { blockGroup, blockResource, type BlockResource } from '../syntax/block-resource.js';
import type { FileNames } from '../syntax/mooring-reference.js';

/**
 * Finds `using` resources that are disposed before the group whose tasks use them: declared after
 * it in its block, or in a block or function inside of it.
 *
 * A join at the end of the block is not enough: an error before it skips the join, and then the
 * resource is closed under tasks that still run.
 */
export default defineRule({
  name: 'no-resource-after-group',
  docs: {
    description: '`using` resources that are disposed before the tasks that use them have ended',
    preset: 'recommended',
    types: 'none',
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    afterGroup:
      "'{{resource}}' is disposed before '{{group}}' has ended, because it is declared after it: a task that still runs is left with a closed resource. Declare '{{resource}}' before '{{group}}'.",
    insideGroup:
      "'{{resource}}' is disposed at the end of its block, and a task of '{{group}}' that uses it may run on. Await the task in the block, open '{{resource}}' in the task, or open it before '{{group}}'.",
    moveBefore: "Declare '{{resource}}' before '{{group}}'.",
  },
  defaultOptions: {},
  create(input) {
    const { context, sourceCode } = input;
    return {
      VariableDeclarator(declarator) {
        const resource = blockResource(declarator, input);
        const outlived = resource && groupOutlived(resource, declarator, input);
        if (outlived === undefined) return;
        const { groupOwner } = outlived;
        const data = { resource: resource!.name.name, group: outlived.name };
        const move = groupOwner && {
          messageId: 'moveBefore' as const,
          data,
          fix: (fixer: TSESLint.RuleFixer) =>
            moveBefore(resource!.owner, groupOwner, sourceCode, fixer),
        };
        context.report({
          node: resource!.name,
          messageId: move ? 'afterGroup' : 'insideGroup',
          data,
          suggest: move ? [move] : [],
        });
      },
    };
  },
});

interface OutlivedGroup {
  readonly name: string;
  /** The declaration by which the group is disposed, when the resource is of the same block. */
  readonly groupOwner: TSESTree.VariableDeclaration | undefined;
}

/** A group that ends after the resource, with a task that uses it. */
function groupOutlived(
  resource: BlockResource,
  declarator: TSESTree.VariableDeclarator,
  file: FileNames,
): OutlivedGroup | undefined {
  if (!isUsedInTask(resource, file)) return undefined;
  for (const scope of openScopes(file).at(declarator)) {
    if (scope.kind !== 'group' || scope.certain !== 'yes' || scope.held === 'variable') continue;
    const owner = ownerOf(scope, file);
    const endsFirst = owner !== undefined && owner.range[0] > resource.owner.range[0];
    const name = scope.variable?.name;
    if (name === undefined || endsFirst) continue;
    const groupOwner = owner?.parent === resource.owner.parent ? owner : undefined;
    if (taskThatOutlives(resource, scope, groupOwner !== undefined, file)) {
      return { name, groupOwner };
    }
  }
  return undefined;
}

function ownerOf(
  { isNested, opener }: OpenScope,
  file: FileNames,
): TSESTree.VariableDeclaration | undefined {
  if (isNested || opener.type !== 'VariableDeclarator') return undefined;
  return blockGroup(opener, file)?.owner;
}
