// A function in the definition of a thing that hands the thing to what it is called with:
//
//   const count = atom(0, async (get, set) => {
//     set(count, get(count) + 1);
//   });
//
// The store of such an atom keeps the value then. It does not run the function once more, though its
// type says that a promise is given.
import type { TSESTree } from '@typescript-eslint/utils';

import { isFunction } from './enclosing.js';
import { constantInit, onlyDefinition, type SourceCode, variableOf } from './variable.js';
import { unwrapped } from './wrappers.js';

export function isSetInDefinition(value: TSESTree.Node, sourceCode: SourceCode): boolean {
  const call = unwrapped(value);
  if (call.type !== 'CallExpression' || call.callee.type !== 'Identifier') return false;
  const [thing] = call.arguments;
  if (thing?.type !== 'Identifier') return false;
  const setter = variableOf(call.callee, sourceCode);
  const definition = setter && onlyDefinition(setter);
  const variable = variableOf(thing, sourceCode);
  const made = variable && constantInit(variable);
  if (definition?.type !== 'Parameter' || made?.type !== 'CallExpression') return false;
  const { node } = definition;
  return isFunction(node) && made.arguments.some((argument) => unwrapped(argument) === node);
}
