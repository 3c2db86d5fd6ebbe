import type { TSESTree } from '@typescript-eslint/utils';

import { defineRule } from '../define-rule.js';
import { type FlattenedError, flattenedError } from '../flow/cancellation/flattened-error.js';
import { isGlobalName } from '../syntax/mooring-reference.js';
import { RUNTIME } from '../vocabulary.js';

const GROUP_ERROR = [
  { from: 'package', package: RUNTIME.package, name: RUNTIME.groupError },
] as const;

/**
 * Finds errors thrown in place of a `TaskGroupError` that no longer hold what it holds.
 *
 * Several tasks can fail at a time. The first error alone, or a text, hides the others from whoever
 * has to find out what happened.
 */
export default defineRule({
  name: 'no-group-error-flattening',
  docs: {
    description: 'errors thrown in place of that of a group which lose the errors of its tasks',
    preset: 'strict',
    types: 'required',
  },
  kind: 'problem',
  hasSuggestions: true,
  messages: {
    first:
      'The other errors of the group are lost here. Throw the group error itself, or take out what you handle with `split` and throw the rest.',
    text: 'The errors of the tasks are lost here: the new error has a text of them only. Give it `{ cause: {{error}} }`.',
    throwWhole: 'Throw `{{error}}` itself.',
    giveCause: 'Give it `{ cause: {{error}} }`.',
  },
  defaultOptions: {},
  create({ context, sourceCode, types }) {
    const found: FlattenedError[] = [];
    return {
      ThrowStatement(statement) {
        const flattened = flattenedError(statement, sourceCode);
        if (flattened !== undefined) found.push(flattened);
      },
      'Program:exit'() {
        types.values(found.flatMap(({ errors }) => errors));
        for (const { kind, statement, errors } of found) {
          const facts = types.values(errors);
          const error = errors.find((_, index) => facts[index]!.matches(GROUP_ERROR));
          if (error === undefined) continue;
          const data = { error: sourceCode.getText(error) };
          const node = statement.argument;
          const text = kind === 'first' ? data.error : withCause(node, data.error);
          const messageId = kind === 'first' ? ('throwWhole' as const) : ('giveCause' as const);
          context.report({
            node,
            messageId: kind,
            data,
            suggest: text
              ? [{ messageId, data, fix: (fixer) => fixer.replaceText(node, text) }]
              : [],
          });
        }
      },
    };

    /** An error of the language takes one beside its text; of another class nobody knows. */
    function withCause(thrown: TSESTree.Node, error: string): string | undefined {
      if (thrown.type !== 'NewExpression' || thrown.callee.type !== 'Identifier') return undefined;
      const { name } = thrown.callee;
      if (!ERRORS.has(name) || !isGlobalName(thrown.callee, name, sourceCode)) return undefined;
      const [message] = thrown.arguments;
      const cause = error === 'cause' ? error : `cause: ${error}`;
      return message && `new ${name}(${sourceCode.getText(message)}, { ${cause} })`;
    }
  },
});

const ERRORS: ReadonlySet<string> = new Set(['Error', 'RangeError', 'TypeError']);
