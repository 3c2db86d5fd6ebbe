// Does clean-up know whether it runs after a cancellation?
//
//   if (!signal.aborted) await release({ signal });               no cancellation: 'excluded'
//   if (isCancellation(error, scope)) throw error;
//   await release({ signal });                                    no cancellation: 'excluded'
//   if (signal.aborted) await release({ signal });                after one: 'certain'
//   await release({ signal });                                    perhaps: 'open'
//
// A test before the call in the same clean-up is taken to be about the call, whatever it leads to.
import type { TSESTree } from '@typescript-eslint/utils';

import { isInside } from '../../syntax/enclosing.js';
import { propertyName } from '../../syntax/property-name.js';
import type { SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { RUNTIME } from '../../vocabulary.js';

export function cancellationAt(
  call: TSESTree.Node,
  code: TSESTree.Node,
  { text }: SourceCode,
): 'certain' | 'excluded' | 'open' {
  if (!TEST.test(text.slice(code.range[0], call.range[0]))) return 'open';
  return isInPositiveBranch(call, code) ? 'certain' : 'excluded';
}

const TEST =
  /\b(ABORT_ERR|AbortError|CancelledError|aborted|expired|isCancellation|throwIfAborted)\b/;

function isInPositiveBranch(call: TSESTree.Node, code: TSESTree.Node): boolean {
  for (let node = call.parent; node !== undefined && node !== code; node = node.parent) {
    if (node.type !== 'IfStatement' && node.type !== 'ConditionalExpression') continue;
    if (isInside(call, node.consequent) && isPositive(node.test)) return true;
  }
  return false;
}

/** `signal.aborted`, `deadline.expired && …`, `isCancellation(error, scope)`. */
function isPositive(test: TSESTree.Node): boolean {
  const node = unwrapped(test);
  switch (node.type) {
    case 'LogicalExpression':
      return node.operator === '&&' && (isPositive(node.left) || isPositive(node.right));
    case 'MemberExpression':
      return propertyName(node) === 'aborted' || propertyName(node) === 'expired';
    case 'CallExpression':
      return node.callee.type === 'Identifier' && node.callee.name === RUNTIME.isCancellation;
    default:
      return false;
  }
}
