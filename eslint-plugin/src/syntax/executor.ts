// The function that `new Promise` is given. Where code stands in one goes by the name alone: the
// promises of bluebird, which is called `Promise` where it is imported, and those of a class that is
// named for them, `new LazyPromise(…)`, are made by hand as well.
import type { TSESTree } from '@typescript-eslint/utils';

import { PLATFORM } from '../vocabulary.js';
import { enclosingFunction, type FunctionNode, isFunction } from './enclosing.js';
import { isGlobalName } from './mooring-reference.js';
import { propertyName } from './property-name.js';
import { functionOf, type SourceCode } from './variable.js';
import { outermost } from './wrappers.js';

export function isExecutor(node: FunctionNode): boolean {
  const given = outermost(node);
  const made = given.parent;
  if (made?.type !== 'NewExpression' || made.arguments[0] !== given) return false;
  const { callee } = made;
  if (callee.type === 'Identifier') return isNamedForPromises(callee.name);
  return callee.type === 'MemberExpression' && isNamedForPromises(propertyName(callee));
}

function isNamedForPromises(name: string | undefined): boolean {
  return name?.endsWith(PLATFORM.promise) === true;
}

/** The executor that runs a node: no function in it is around the node. */
export function executorAround(node: TSESTree.Node): FunctionNode | undefined {
  const around = enclosingFunction(node);
  return around !== undefined && isExecutor(around) ? around : undefined;
}

/** Whether a function around a node, within `run`, is one. */
export function isInExecutor(node: TSESTree.Node, run: TSESTree.Node): boolean {
  for (let around = node.parent; around != null && around !== run; around = around.parent) {
    if (isFunction(around) && isExecutor(around)) return true;
  }
  return false;
}

/** What the platform's own `new Promise` is given, also by a name: `new Promise(start)`. */
export function executorOf(made: TSESTree.Node, sourceCode: SourceCode): FunctionNode | undefined {
  if (made.type !== 'NewExpression' || made.arguments[0] === undefined) return undefined;
  const isOfPlatform = isGlobalName(made.callee, PLATFORM.promise, sourceCode);
  return isOfPlatform ? functionOf(made.arguments[0], sourceCode) : undefined;
}
