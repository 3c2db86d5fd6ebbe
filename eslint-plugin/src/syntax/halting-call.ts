// Calls after which nothing of this program runs, or nothing of this function: no path goes on.
import type { TSESTree } from '@typescript-eslint/utils';

import { HALTING_CALLS } from '../vocabulary.js';
import { calledMember, calledName } from './property-name.js';
import type { SourceCode } from './variable.js';
import { functionOf } from './variable.js';
import { unwrapped } from './wrappers.js';

/**
 * - `yes`: `process.exit()` and its like, and functions of this file that return `never`
 * - `unknown`: a call whose name says that it is not come to (`assertNever(kind)`); only its type
 *   could settle it
 */
export function haltsHere(
  expression: TSESTree.Node,
  sourceCode: SourceCode,
): 'no' | 'unknown' | 'yes' {
  const call = unwrapped(expression);
  if (call.type !== 'CallExpression') return 'no';
  const callee = unwrapped(call.callee);
  const member = calledMember(call);
  if (member?.object.type === 'Identifier') {
    if (HALTING_CALLS.has(`${member.object.name}.${member.name}`)) return 'yes';
  }
  const returned = functionOf(callee, sourceCode)?.returnType?.typeAnnotation;
  if (returned !== undefined) return returned.type === 'TSNeverKeyword' ? 'yes' : 'no';
  const name = calledName(call);
  return name !== undefined && NEVER_COME_TO.test(name) ? 'unknown' : 'no';
}

const NEVER_COME_TO = /never|unreachable|exhaust|^fail$|^panic$/i;
