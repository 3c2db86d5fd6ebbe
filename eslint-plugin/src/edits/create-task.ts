import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { FunctionNode } from '../syntax/enclosing.js';
import type { SourceCode } from '../syntax/variable.js';
import { outermost, unwrapped } from '../syntax/wrappers.js';
import { MEMBER } from '../vocabulary.js';

/**
 * `await group.start(work);` as `group.createTask(work);`: of a function that takes no `ready`, where
 * nobody takes what `start` gives.
 */
export function createTask(
  call: TSESTree.CallExpression,
  work: FunctionNode,
  sourceCode: SourceCode,
): TSESLint.ReportFixFunction | undefined {
  const callee = unwrapped(call.callee);
  // What else `start` takes, `createTask` may not: a signal.
  if (call.arguments.length > 1 || work.params.length > 1) return undefined;
  if (callee.type !== 'MemberExpression' || callee.computed) return undefined;
  const { parent: awaiting } = outermost(call);
  const isStatement =
    awaiting?.type === 'AwaitExpression' && awaiting.parent.type === 'ExpressionStatement';
  if (!isStatement || call.typeArguments !== undefined) return undefined;
  const before = sourceCode.getFirstToken(awaiting)!;
  const next = sourceCode.getTokenAfter(before)!;
  return (fixer) => [
    fixer.removeRange([before.range[0], next.range[0]]),
    fixer.replaceText(callee.property, MEMBER.createTask),
  ];
}
