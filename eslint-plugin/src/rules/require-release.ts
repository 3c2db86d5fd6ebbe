import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { waysHeld } from '../flow/scopes/held-permit.js';
import { enclosingBlock } from '../syntax/enclosing.js';
import { calledMember } from '../syntax/property-name.js';
import { isReassigned, variableOf } from '../syntax/variable.js';
import { outermost } from '../syntax/wrappers.js';
import type { CallFacts } from '../types/types.js';
import { PERMIT_MAKERS } from '../vocabulary.js';

type Call = TSESTree.CallExpression;

/** Each goes through its block. No file that somebody has written has more. */
const MOST = 100;

/**
 * Finds permits of a limiter that some way out of their block leaves held.
 *
 * A permit that is lost is never given to anybody again: after as many of them as the limiter has,
 * everybody waits. By paths, errors among them. A permit that is handed on is somebody else's.
 */
export default defineRule({
  name: 'require-release',
  docs: {
    description: 'permits of a limiter that are not released on every path',
    preset: 'recommended',
    types: 'required',
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    dropped:
      'Nobody keeps this permit, so nothing can give it back: the limiter has one less for good. Declare it with `using`.',
    error:
      'An error in line {{line}} leaves `{{name}}` held, and the limiter has one permit less for good. Declare it with `using`, which releases it on every path.',
    path: 'The path that ends in line {{line}} leaves `{{name}}` held, and the limiter has one permit less for good. Declare it with `using`, which releases it on every path.',
    declareUsing: 'Declare it with `using`.',
  },
  defaultOptions: {},
  create({ context, sourceCode, types }) {
    const calls: Call[] = [];

    function check(call: Call, { result }: CallFacts): void {
      if (![result, ...result.results].some((value) => value.is('permit') === 'yes')) return;
      const own = outermost(call);
      const isAwaited = own.parent?.type === 'AwaitExpression';
      const value = own.parent?.type === 'AwaitExpression' ? outermost(own.parent) : own;
      // Of a promise that nobody awaits another rule speaks.
      if (!isAwaited && result.promise !== 'no') return;
      const { parent } = value;
      if (parent?.type === 'ExpressionStatement') {
        context.report({ node: call, messageId: 'dropped' });
      } else if (parent?.type === 'VariableDeclarator') checkDeclared(parent);
    }

    function checkDeclared(declarator: TSESTree.VariableDeclarator): void {
      const { id, parent: declaration } = declarator;
      const isUsing = declaration.kind === 'using' || declaration.kind === 'await using';
      if (id.type !== 'Identifier' || isUsing) return;
      const variable = variableOf(id, sourceCode);
      const block = enclosingBlock(declaration);
      const isInBlock = block?.type === 'BlockStatement' || block?.type === 'Program';
      if (variable === undefined || !isInBlock || isReassigned(variable)) return;
      const [first] = waysHeld(variable, declarator, block, sourceCode);
      if (first === undefined) return;
      const { node, kind } = first;
      const line = String(kind === 'end' ? node.loc.end.line : node.loc.start.line);
      context.report({
        node: id,
        messageId: kind === 'event' ? 'error' : 'path',
        data: { line, name: id.name },
        suggest: suggestUsing(declaration),
      });
    }

    function suggestUsing(
      declaration: TSESTree.VariableDeclaration,
    ): TSESLint.SuggestionReportDescriptor<'declareUsing'>[] {
      if (declaration.declarations.length > 1) return [];
      const keyword = sourceCode.getFirstToken(declaration)!;
      const isExported = declaration.parent.type === 'ExportNamedDeclaration';
      return isExported
        ? []
        : [{ messageId: 'declareUsing', fix: (fixer) => fixer.replaceText(keyword, 'using') }];
    }

    return {
      CallExpression(node) {
        if (PERMIT_MAKERS.has(calledMember(node)?.name)) calls.push(node);
      },
      'Program:exit'() {
        // All questions of the file at once; `check` finds them answered.
        const some = calls.slice(0, MOST);
        const facts = types.calls(some);
        some.forEach((call, index) => check(call, facts[index]!));
      },
    };
  },
});
