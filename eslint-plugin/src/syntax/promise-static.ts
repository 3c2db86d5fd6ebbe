import type { TSESTree } from '@typescript-eslint/utils';

import { PLATFORM } from '../vocabulary.js';
import { isGlobalName } from './mooring-reference.js';
import { calledMember } from './property-name.js';
import type { SourceCode } from './variable.js';

const STATICS = [
  'all',
  'allSettled',
  'any',
  'race',
  'reject',
  'resolve',
  'try',
  'withResolvers',
] as const;

/** The static method of the platform in `Promise.all(…)`, `Promise.resolve(…)`. */
export function promiseStatic(
  call: TSESTree.Node,
  sourceCode: SourceCode,
): (typeof STATICS)[number] | undefined {
  const member = calledMember(call);
  // Nearly every call has another name, and what its object is need not be looked up.
  const method = member && STATICS.find((name) => name === member.name);
  if (method === undefined) return undefined;
  return isGlobalName(member!.object, PLATFORM.promise, sourceCode) ? method : undefined;
}

/** `Promise.resolve(…)` and `Promise.reject(…)` start no work that anybody could wait for. */
export function isSettledPromise(call: TSESTree.Node, sourceCode: SourceCode): boolean {
  const method = promiseStatic(call, sourceCode);
  return method === 'resolve' || method === 'reject';
}
