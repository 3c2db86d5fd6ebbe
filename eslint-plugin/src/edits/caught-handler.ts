// A function that may become async although its callers drop what it gives: the `await` stands in a
// `try` whose `catch` takes the error, so that a promise which nobody takes has nothing to tell.
//
//   const toggle = () => {
//     try { page.addToFavorites(); } catch { toast('Some error occurred'); }
//   };
//   <Button onClick={toggle} />
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../syntax/consumers.js';
import type { FunctionNode } from '../syntax/enclosing.js';
import { outermost } from '../syntax/wrappers.js';
import type { Place } from './place.js';

/** Whether each place that has the function takes one that gives a promise, and drops it. */
export function isDroppedEverywhere(node: FunctionNode, place: Place): boolean {
  const { parent } = node;
  const isDeclared = node.type === 'FunctionDeclaration';
  const isConstant = parent.type === 'VariableDeclarator' && parent.parent.kind === 'const';
  if (!isDeclared && !isConstant) return isDropping(node, place);
  const named = isDeclared ? node : parent;
  return place.sourceCode
    .getDeclaredVariables(named)
    .filter(({ identifiers }) => identifiers[0] === (named as { id?: unknown }).id)
    .flatMap(({ references }) => references)
    .every(({ identifier, init }) => init === true || isDropping(identifier, place));
}

/** `onClick={toggle}`, `button.on('click', toggle)`, `toggle();` */
function isDropping(node: TSESTree.Node, { types }: Place): boolean {
  const value = outermost(node);
  const { parent } = value;
  if (parent?.type === 'JSXExpressionContainer') {
    const attribute = parent.parent;
    return attribute.type === 'JSXAttribute' && isHandlerName(attribute.name.name);
  }
  if (parent?.type !== 'CallExpression') return false;
  if (parent.callee === value) return consumerOf(parent).kind === 'dropped';
  const argument = parent.arguments.findIndex((each) => each === value);
  const result = types?.call(parent).callbackResult(argument);
  return result === 'dropped' || result === 'taken';
}

function isHandlerName(name: TSESTree.JSXIdentifier | string): boolean {
  return typeof name === 'string' && /^on[A-Z]/.test(name);
}
