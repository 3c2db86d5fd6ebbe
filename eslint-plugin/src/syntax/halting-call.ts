// Calls after which nothing of this program runs, or nothing of this function: no path goes on.
import type { TSESTree } from '@typescript-eslint/utils';

import { HALTING_CALLS } from '../vocabulary.js';
import { descendants } from './descendants.js';
import { calledMember, calledName } from './property-name.js';
import type { SourceCode } from './variable.js';
import { functionOf } from './variable.js';
import { unwrapped } from './wrappers.js';

/**
 * - `yes`: `process.exit()` and its like, and functions of this file that return `never`
 * - `unknown`: a call whose name says that it is not come to (`assertNever(kind)`); only its type
 *   could settle it
 */
export function haltsHere(expression: TSESTree.Node, sourceCode: SourceCode): Halts {
  const call = unwrapped(expression);
  if (call.type !== 'CallExpression') return 'no';
  const answer = known.get(call) ?? doesHalt(call, sourceCode);
  known.set(call, answer);
  return answer;
}

type Halts = 'no' | 'unknown' | 'yes';

/** Each walk comes by, and each time the name would be looked for in all that is around. */
const known = new WeakMap<TSESTree.Node, Halts>();

function doesHalt(call: TSESTree.CallExpression, sourceCode: SourceCode): Halts {
  if (isHaltingCall(call)) return 'yes';
  const returned = functionOf(unwrapped(call.callee), sourceCode)?.returnType?.typeAnnotation;
  if (returned !== undefined) return returned.type === 'TSNeverKeyword' ? 'yes' : 'no';
  const name = calledName(call);
  return name !== undefined && NEVER_COME_TO.test(name) ? 'unknown' : 'no';
}

const NEVER_COME_TO = /never|unreachable|exhaust|^fail$|^panic$|^(raise|(re)?throw)(?![a-z])/i;

/**
 * Whether the process ends: `process.exit()` and its like, and functions of this file that call one
 * and return `never`. Most others that return it throw.
 */
export function endsProcess(expression: TSESTree.Node, sourceCode: SourceCode): boolean {
  const call = unwrapped(expression);
  if (call.type !== 'CallExpression') return false;
  if (isHaltingCall(call)) return true;
  const called = functionOf(unwrapped(call.callee), sourceCode);
  if (called?.returnType?.typeAnnotation.type !== 'TSNeverKeyword') return false;
  return [...descendants(called.body, sourceCode, 'own')].some(
    (node) => node.type === 'CallExpression' && isHaltingCall(node),
  );
}

function isHaltingCall(call: TSESTree.CallExpression): boolean {
  const member = calledMember(call);
  if (member?.object.type !== 'Identifier') return false;
  return HALTING_CALLS.has(`${member.object.name}.${member.name}`);
}
