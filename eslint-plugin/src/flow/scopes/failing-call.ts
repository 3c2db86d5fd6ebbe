// Calls after which the function that makes them does not go on: they throw, or give a promise that
// only rejects, and the function waits for it or gives it to its caller.
//
//   return Promise.reject(error);      await fail(socket);      panic('no port');
//
// By the type of what they give, `never` or `Promise<never>`, or, where no type says so, by a
// function of this file that has no other end than a `throw`.
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import type { FunctionNode } from '../../syntax/enclosing.js';
import { isGlobalName } from '../../syntax/mooring-reference.js';
import { functionOf, type SourceCode } from '../../syntax/variable.js';
import type { Types, ValueFacts } from '../../types/types.js';
import { PLATFORM } from '../../vocabulary.js';
import { pathEnds } from '../paths/all-paths.js';

/** Those that the function makes itself, closures in it left out. */
export function failingCalls(
  work: FunctionNode,
  sourceCode: SourceCode,
  types: Types,
): ReadonlySet<TSESTree.Node> {
  const calls = [...descendants(work.body, sourceCode, 'own')].filter(
    (node) => node.type === 'CallExpression',
  );
  const facts = types.calls(calls);
  return new Set(
    calls.filter((call, index) => {
      const { result } = facts[index]!;
      const called = functionOf(call.callee, sourceCode);
      const isThrower = called !== undefined && alwaysThrows(called, sourceCode);
      const isAtOnce = result.isNever || (isThrower && !called.async && !called.generator);
      const isRejecting = isThrower || onlyRejects(result) || isRejection(call, sourceCode);
      return isAtOnce || (isRejecting && isTaken(call));
    }),
  );
}

/** Its type is that of what is waited for, where the code around says so: `Promise<string>`. */
function isRejection({ callee }: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  return isGlobalName(callee, `${PLATFORM.promise}.reject`, sourceCode);
}

function onlyRejects({ results }: ValueFacts): boolean {
  return results.length > 0 && results.every(({ isNever }) => isNever);
}

function isTaken(call: TSESTree.Node): boolean {
  const { kind } = consumerOf(call);
  return kind === 'awaited' || kind === 'returned';
}

/** Each call of a function asks this of it. */
const throwers = new WeakMap<FunctionNode, boolean>();

function alwaysThrows(called: FunctionNode, sourceCode: SourceCode): boolean {
  const known = throwers.get(called) ?? hasNoOtherEnd(called, sourceCode);
  throwers.set(called, known);
  return known;
}

function hasNoOtherEnd(called: FunctionNode, sourceCode: SourceCode): boolean {
  if (called.generator || called.body.type !== 'BlockStatement') return false;
  const ends = pathEnds({ sourceCode, within: called, isOpen: true, event: () => undefined });
  return ends.length > 0 && ends.every(({ kind }) => kind === 'throw');
}
