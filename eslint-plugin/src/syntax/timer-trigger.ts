// What makes something happen after a while: `setTimeout(…, ms)`, and a listener to
// `AbortSignal.timeout(ms)`.
import type { TSESTree } from '@typescript-eslint/utils';

import { LISTENER_METHODS, PLATFORM } from '../vocabulary.js';
import { isGlobalName } from './mooring-reference.js';
import { platformTimer } from './platform-timer.js';
import { calledMember, propertyName } from './property-name.js';
import { resolved, type SourceCode } from './variable.js';

export function isTimer(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const delay = delayOf(node, sourceCode);
  // Without a delay it waits for one turn of the timers, which is no deadline.
  return delay !== undefined && !(delay.type === 'Literal' && delay.value === 0);
}

/** Of `setTimeout(…, delay)`, and of what listens to an `AbortSignal.timeout(delay)`. */
export function delayOf(node: TSESTree.Node, sourceCode: SourceCode): TSESTree.Node | undefined {
  if (node.type === 'AssignmentExpression') {
    const { left } = node;
    const isListener = left.type === 'MemberExpression' && propertyName(left) === 'onabort';
    return isListener ? timeoutSignal(left.object, sourceCode) : undefined;
  }
  if (node.type !== 'CallExpression') return undefined;
  if (isSetTimeout(node.callee, sourceCode)) return node.arguments[1];
  const member = calledMember(node);
  const isListener = member?.name !== undefined && LISTENER_METHODS.has(member.name);
  return isListener ? timeoutSignal(member.object, sourceCode) : undefined;
}

/** `setTimeout` of the platform, the one that takes a callback. */
export function isSetTimeout(callee: TSESTree.Node, sourceCode: SourceCode): boolean {
  return platformTimer(callee, sourceCode) === 'setTimeout';
}

/** The delay of `AbortSignal.timeout(delay)`. */
export function timeoutSignal(
  signal: TSESTree.Node,
  sourceCode: SourceCode,
): TSESTree.Node | undefined {
  const made = resolved(signal, sourceCode);
  if (made.type !== 'CallExpression') return undefined;
  const isTimeout = isGlobalName(made.callee, `${PLATFORM.abortSignal}.timeout`, sourceCode);
  return isTimeout ? made.arguments[0] : undefined;
}
