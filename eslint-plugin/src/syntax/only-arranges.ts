// Whether a function does nothing but arrange for other functions to be called later, which is
// nothing that fails:
//
//   new Promise(async (resolve) => { setTimeout(() => resolve(page), 100); })
//   new Promise(async (resolve, reject) => { socket.once('open', resolve); socket.once('error', reject); })
import type { TSESTree } from '@typescript-eslint/utils';

import { LATER_FUNCTIONS, LISTENER_METHODS } from '../vocabulary.js';
import { descendants } from './descendants.js';
import type { FunctionNode } from './enclosing.js';
import { calledName } from './property-name.js';
import { isSettler } from './settlers.js';
import type { SourceCode } from './variable.js';
import { isWait } from './waits-in.js';
import { unwrapped } from './wrappers.js';

export function onlyArranges({ body }: FunctionNode, sourceCode: SourceCode): boolean {
  const steps = [...descendants(body, sourceCode, 'own')];
  const calls = steps.filter(({ type }) => FAILING.has(type));
  if (calls.length === 0 || steps.some(isWait)) return false;
  return calls.every((call) => isArranging(call, sourceCode));
}

const FAILING: ReadonlySet<string> = new Set([
  'CallExpression',
  'NewExpression',
  'TaggedTemplateExpression',
  'ThrowStatement',
  'YieldExpression',
]);

function isArranging(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  if (node.type !== 'CallExpression') return false;
  const name = calledName(node);
  if (name !== undefined && (LATER_FUNCTIONS.has(name) || LISTENER_METHODS.has(name))) return true;
  return isSettler(unwrapped(node.callee), sourceCode);
}
