import type { TSESTree } from '@typescript-eslint/utils';

import { outermost } from './wrappers.js';

/** The call that a value is an argument of, as it stands, and which of them: 1 for `page` of `load(url, page!)`. */
export function handedArgument(
  value: TSESTree.Node,
): { readonly call: TSESTree.CallExpression; readonly argument: number } | undefined {
  const given = outermost(value);
  const { parent: call } = given;
  if (call?.type !== 'CallExpression') return undefined;
  const argument = call.arguments.findIndex((each) => each === given);
  return argument === -1 ? undefined : { call, argument };
}
