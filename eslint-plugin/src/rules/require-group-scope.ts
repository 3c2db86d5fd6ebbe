import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import type { Place } from '../edits/place.js';
import { type Keeping, keepingOf } from '../flow/scopes/group-keeper.js';
import { isAwaitAllowed } from '../syntax/await-allowed.js';
import { type FunctionNode } from '../syntax/enclosing.js';
import { isNewGroup } from '../syntax/mooring-reference.js';
import { isReassigned, onlyDefinition, type SourceCode } from '../syntax/variable.js';
import { outermost, unwrapped } from '../syntax/wrappers.js';

type Declaration = TSESTree.VariableDeclaration;

/**
 * Finds groups that nothing ends: neither a block, nor a stack, nor the class that holds them.
 *
 * A group counts where the file makes it: `new`, and calls of a factory that the file declares.
 * Who calls a factory of another file may own the group or borrow it; of that nothing is said.
 */
export default defineRule({
  name: 'require-group-scope',
  docs: {
    description: 'groups that no block, stack or class ends',
    preset: 'recommended',
    types: 'required',
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    stored:
      'Nothing ends this group when the code around it returns or throws: its tasks run on, and their errors go to no one. Declare it with `await using`, or give the work to `TaskGroup.run`.',
    dropped:
      'Nobody keeps this group, so nothing can wait for its tasks. Declare it with `await using`, or give the work to `TaskGroup.run`.',
    syncUsing:
      '`using` cannot wait: the block would end before the tasks of this group do. Declare it with `await using`.',
    awaitUsing: 'Declare it with `await using`.',
  },
  defaultOptions: {},
  create({ context, sourceCode, settings, types, place }) {
    const created: TSESTree.NewExpression[] = [];
    const disposed: TSESTree.Expression[] = [];

    /** A queue that the settings name may have no end: there is nothing to declare it with. */
    function isGroup(node: TSESTree.Expression): boolean {
      const facts = types.value(node);
      if (settings.groups.length > 0 && facts.isAsyncDisposable === false) return false;
      return facts.is('group') === 'yes' || isNewGroup(node, { sourceCode, settings });
    }

    function check(first: TSESTree.Expression, seen: Set<FunctionNode>): void {
      const made = [first]; // The loop goes on over what is added to it meanwhile.
      for (const each of made) {
        const { keeping, factory } = keepingOf(each, { sourceCode, types });
        if (keeping !== 'kept') report(each, keeping);
        if (factory === undefined || seen.has(factory)) continue;
        seen.add(factory);
        made.push(...callsOf(factory, sourceCode));
      }
    }

    function report(node: TSESTree.Expression, keeping: Exclude<Keeping, 'kept'>): void {
      const messageId = keeping === 'sync-using' ? 'syncUsing' : keeping;
      const declaration = declarationOf(node);
      const first = declaration && sourceCode.getFirstToken(declaration);
      const isFixable = first && couldAwaitUsing(declaration, place);
      context.report({
        node,
        messageId,
        suggest: isFixable
          ? [{ messageId: 'awaitUsing', fix: (fixer) => fixer.replaceText(first, 'await using') }]
          : [],
      });
    }

    return {
      NewExpression(node) {
        if (node.parent.type !== 'ThrowStatement') created.push(node);
      },
      VariableDeclaration(node) {
        if (node.kind !== 'using') return;
        for (const { init } of node.declarations) {
          if (init && unwrapped(init).type !== 'NewExpression') disposed.push(init);
        }
      },
      'Program:exit'() {
        types.values([...created, ...disposed]);
        const seen = new Set<FunctionNode>();
        for (const node of created.filter(isGroup)) check(node, seen);
        for (const node of disposed.filter(isGroup)) report(node, 'sync-using');
      },
    };
  },
});

/** The declaration that is to be an `await using`, when the group stands alone in it. */
function declarationOf(node: TSESTree.Expression): Declaration | undefined {
  const value = outermost(node);
  const of = value.parent?.type === 'AwaitExpression' ? outermost(value.parent) : value;
  return of.parent?.type === 'VariableDeclarator' ? of.parent.parent : undefined;
}

/** `await using` has one name, for good, and stands in an async block: not in the head of a loop. */
function couldAwaitUsing(declaration: Declaration, { sourceCode, module }: Place): boolean {
  const [declarator] = declaration.declarations;
  if (declaration.declarations.length !== 1 || declarator?.id.type !== 'Identifier') return false;
  const { type } = declaration.parent;
  const isInBlock = type === 'BlockStatement' || type === 'Program';
  if (!isInBlock || declaration.kind === 'var') return false;
  const variables = sourceCode.getDeclaredVariables(declarator);
  return !variables.some(isReassigned) && isAwaitAllowed(declaration, module);
}

/** The calls of a function by its name: `makeGroup()`. */
function callsOf(
  factory: FunctionNode,
  sourceCode: SourceCode,
): readonly TSESTree.CallExpression[] {
  const { parent } = factory;
  const declared = parent.type === 'VariableDeclarator' ? parent : factory;
  return sourceCode
    .getDeclaredVariables(declared)
    .filter((variable) => onlyDefinition(variable)?.name === declared.id)
    .flatMap((variable) => variable.references)
    .flatMap(({ identifier: { parent: call }, identifier }) =>
      call.type === 'CallExpression' && call.callee === identifier ? [call] : [],
    );
}
