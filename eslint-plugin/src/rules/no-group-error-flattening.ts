import { defineRule } from '../define-rule.js';
import { type FlattenedError, flattenedError } from '../flow/cancellation/flattened-error.js';
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
  messages: {
    first:
      'The other errors of the group are lost here. Throw the group error itself, or take out what you handle with `split` and throw the rest.',
    text: 'The errors of the tasks are lost here: the new error has a text of them only. Give it `{ cause: {{error}} }`.',
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
          context.report({ node: statement.argument, messageId: kind, data });
        }
      },
    };
  },
});
