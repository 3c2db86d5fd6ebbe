// A function that a hook of a component gives back as it was handed, so that to call what it gave is
// to call the function:
//
//   const save = useCallback(async () => { … }, []);
//   save();
import type { TSESTree } from '@typescript-eslint/utils';

import { type FunctionNode, isFunction } from './enclosing.js';
import { calledName } from './property-name.js';
import { constantInit, functionOf, type SourceCode, variableOf } from './variable.js';
import { unwrapped } from './wrappers.js';

/** `useCallback`, `useEffectEvent`, `useMemoizedFn`, `useStableCallback`. */
const HOLDING = /^use(\w*Callback|\w*Event|\w*Fn)$/;

/** A function, or the one that a hook is handed to hold. */
export function heldCallback(value: TSESTree.Node | null): FunctionNode | undefined {
  const node = value && unwrapped(value);
  if (node == null || isFunction(node)) return node ?? undefined;
  if (node.type !== 'CallExpression' || !HOLDING.test(calledName(node) ?? '')) return undefined;
  const held = node.arguments[0] && unwrapped(node.arguments[0]);
  return isFunction(held) ? held : undefined;
}

/** As `functionOf`, also of a name for what a hook holds. */
export function heldFunctionOf(
  expression: TSESTree.Node,
  sourceCode: SourceCode,
): FunctionNode | undefined {
  const direct = functionOf(expression, sourceCode);
  if (direct !== undefined) return direct;
  const node = unwrapped(expression);
  const variable = node.type === 'Identifier' ? variableOf(node, sourceCode) : undefined;
  return heldCallback((variable && constantInit(variable)) ?? node);
}
