// Which of the functions that calls are handed give a promise that the callee may drop. The checker is
// asked in three steps, each about less: the callees that many calls share, what the functions
// give, and, by who reads the answer, which overloads the calls took.
import type { TSESTree } from '@typescript-eslint/utils';

import type { Settings } from '../../settings.js';
import type { CallbackArgument } from '../../syntax/callback-arguments.js';
import type { SourceCode } from '../../syntax/variable.js';
import type { Types, ValueFacts } from '../../types/types.js';
import { calleeFacts } from './by-callee.js';

interface Asking {
  readonly sourceCode: SourceCode;
  readonly settings: Settings;
  readonly types: Types;
}

export function givingCallbacks(
  candidates: readonly CallbackArgument[],
  asking: Asking,
): readonly CallbackArgument[] {
  const callees = calleeFacts(
    candidates.map(({ call }) => call),
    asking,
  );
  const open = candidates.filter(
    ({ call, index, isAsync }) =>
      // An assertion takes a promise, and does not look at it: `expect(async () => { … }).toThrow()`.
      (isAsync && index === 0) || callees.get(call)?.couldDrop(index) !== false,
  );
  const isGiving = givesPromise(open, asking);
  return open.filter((argument) => argument.isAsync || isGiving.has(argument));
}

function givesPromise(
  candidates: readonly CallbackArgument[],
  { settings, types }: Asking,
): ReadonlySet<CallbackArgument> {
  const asked = candidates.filter(({ isAsync }) => !isAsync);
  const values = types.values(asked.map(({ node }) => givenBy(node) ?? node));
  return new Set(
    asked.filter(({ node }, index) => {
      const value = values[index]!;
      const returns: readonly ValueFacts[] = givenBy(node) ? [value] : value.returns;
      const isGiving = returns.length > 0 && returns.every(({ promise }) => promise === 'yes');
      return isGiving && !returns.some((result) => result.matches(settings.safePromises));
    }),
  );
}

/** Of `() => save()` what it gives: each function has a type of its own, and many give the same. */
function givenBy(node: TSESTree.Node): TSESTree.Expression | undefined {
  // In oxlint there is a `null` where there is none.
  if (node.type !== 'ArrowFunctionExpression' || node.returnType != null) return undefined;
  return node.body.type === 'BlockStatement' ? undefined : node.body;
}
