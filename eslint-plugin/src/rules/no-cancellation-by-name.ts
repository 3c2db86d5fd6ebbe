import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { runtimeNames } from '../edits/runtime-import.js';
import {
  type NamedCancellation,
  namedCancellation,
} from '../flow/cancellation/named-cancellation.js';
import { type ReachableScope, scopesInReach } from '../flow/scopes/scope-in-reach.js';
import { isFunction, isInside } from '../syntax/enclosing.js';
import { RUNTIME } from '../vocabulary.js';

/**
 * Finds cancellation that is recognised by what an error is called, where a scope is at hand whose
 * cancellation it could be compared with.
 *
 * Every client that is aborted by anybody throws an error of that name: a caller's own controller,
 * a library's inner deadline, the server's reset of the stream.
 */
export default defineRule({
  name: 'no-cancellation-by-name',
  docs: {
    description: 'cancellation that is recognised by the name of an error',
    preset: 'strict',
    types: 'required',
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    byName:
      'An error of this name is not always the cancellation of `{{scope}}`: whatever else was aborted throws one too, and what is called otherwise is missed. Ask `isCancellation({{error}}, {{scope}})`.',
    useIdentity: 'Ask `isCancellation({{error}}, {{scope}})`.',
  },
  defaultOptions: {},
  create({ context, sourceCode, types, place }) {
    const found = new Map<TSESTree.Node, NamedCancellation>();

    function add(node: TSESTree.BinaryExpression): void {
      const named = namedCancellation(node, place);
      if (named !== undefined) found.set(named.test, named);
    }

    function check({ test, error, isNegated }: NamedCancellation): void {
      const nearest = nearestScope(test);
      if (nearest === undefined) return;
      const data = { error: sourceCode.getText(error), scope: nearest.scope };
      const runtime = runtimeNames([RUNTIME.isCancellation], test, place);
      const text = `${isNegated ? '!' : ''}${runtime?.names[0]}(${data.error}, ${data.scope})`;
      context.report({
        node: test,
        messageId: 'byName',
        data,
        suggest: runtime
          ? [
              {
                messageId: 'useIdentity',
                data,
                fix: (fixer) => [
                  fixer.replaceText(test, text),
                  ...runtime.edits.map((edit) =>
                    fixer.replaceTextRange([...edit.range], edit.text),
                  ),
                ],
              },
            ]
          : [],
      });
    }

    /** Of those that the `try` has to do with, where it is one. */
    function nearestScope(test: TSESTree.Node): ReachableScope | undefined {
      const work = tryAround(test);
      for (const scope of scopesInReach(test, place, types)) {
        const isOfWork = scope.variable.references.some(
          ({ identifier }) => work === undefined || isInside(identifier, work),
        );
        if (isOfWork) return scope;
      }
      return undefined;
    }

    return {
      BinaryExpression: add,
      'Program:exit'() {
        for (const named of found.values()) check(named);
      },
    };
  },
});

/** The block whose error a `catch` around the node has. */
function tryAround(node: TSESTree.Node): TSESTree.BlockStatement | undefined {
  for (let around = node.parent; around != null && !isFunction(around); around = around.parent) {
    if (around.type === 'CatchClause') return around.parent.block;
  }
  return undefined;
}
