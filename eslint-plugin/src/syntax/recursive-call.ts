import type { TSESTree } from '@typescript-eslint/utils';

import { isFunction } from './enclosing.js';
import { calledMember, propertyName } from './property-name.js';
import { functionOf, type SourceCode } from './variable.js';

/** Whether a function is called in its own body: `load()` in `load`, `this.get()` in `get`. */
export function isRecursive(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  sourceCode: SourceCode,
): boolean {
  const called = functionOf(call.callee, sourceCode);
  const member = calledMember(call);
  const method = member?.object.type === 'ThisExpression' ? member.name : undefined;
  if (called === undefined && method === undefined) return false;
  for (let around = call.parent as TSESTree.Node | undefined; around; around = around.parent) {
    if (isFunction(around) && around === called) return true;
    if (around.type !== 'MethodDefinition') continue;
    if (method !== undefined && propertyName(around) === method) return true;
  }
  return false;
}
