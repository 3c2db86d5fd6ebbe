// How a test splits the paths that come to it: those on which it holds, and those on which it
// does not. `&&`, `||` and `!` are taken apart, so that each part splits on its own.
import type { TSESTree } from '@typescript-eslint/utils';

import { unwrapped } from '../../syntax/wrappers.js';
import type { Walker } from './handler.js';
import { membershipOf, sinceWhen } from './membership.js';
import { type States, WAITING } from './states.js';

export interface Split {
  readonly holds: States;
  readonly fails: States;
}

export function split(test: TSESTree.Node, states: States, walk: Walker): Split {
  const node = unwrapped(test);
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    const { holds, fails } = split(node.argument, states, walk);
    return { holds: fails, fails: holds };
  }
  if (node.type === 'LogicalExpression' && node.operator === '&&') {
    const left = split(node.left, states, walk);
    const right = split(node.right, left.holds, walk);
    return { holds: right.holds, fails: left.fails | right.fails };
  }
  if (node.type === 'LogicalExpression' && node.operator === '||') {
    const left = split(node.left, states, walk);
    const right = split(node.right, left.fails, walk);
    return { holds: left.holds | right.holds, fails: right.fails };
  }
  return splitLeaf(node, walk.node(test, states), walk);
}

function splitLeaf(node: TSESTree.Node, states: States, walk: Walker): Split {
  if (node.type === 'Literal') return when(Boolean(node.value), states, 0);
  const { text, isNegated } = comparable(node, walk);
  const { always, whileOpen } = walk.assumption(node, text);
  if (always !== undefined) return when(always !== isNegated, states, 0);
  if (whileOpen !== undefined) return when(whileOpen, states, states & WAITING);
  return { holds: states, fails: states };
}

function when(value: boolean, expected: States, other: States): Split {
  return value ? { holds: expected, fails: other } : { holds: other, fails: expected };
}

const EQUALITY = new Set(['!=', '!==', '==', '===']);

/**
 * The text of a test that gives the same wherever it stands, as long as nobody assigns: names,
 * members and literals, compared or not. `a !== b` is the same test as `a === b`, negated. That of
 * `seen.has(a)` tells since when it does.
 */
function comparable(
  test: TSESTree.Node,
  walk: Walker,
): { readonly text: string | undefined; readonly isNegated: boolean } {
  const { sourceCode } = walk.question;
  const asked = membershipOf(test);
  if (asked !== undefined && isPlain(asked.collection) && isPlain(asked.asked)) {
    const text = `${sourceCode.getText(test)} since ${sinceWhen(test, asked, sourceCode)}`;
    return { text, isNegated: false };
  }
  if (!isPlain(test)) return { text: undefined, isNegated: false };
  if (test.type !== 'BinaryExpression' || !EQUALITY.has(test.operator)) {
    return { text: sourceCode.getText(test), isNegated: false };
  }
  const sides = `${sourceCode.getText(test.left)} == ${sourceCode.getText(test.right)}`;
  return { text: sides, isNegated: test.operator.startsWith('!') };
}

function isPlain(node: TSESTree.Node): boolean {
  switch (node.type) {
    case 'Identifier':
    case 'Literal':
    case 'ThisExpression':
      return true;
    case 'MemberExpression':
      return isPlain(node.object) && (!node.computed || isPlain(node.property));
    case 'UnaryExpression':
      return node.operator !== 'delete' && isPlain(node.argument);
    case 'BinaryExpression':
      return isPlain(node.left) && isPlain(node.right);
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
      return isPlain(node.expression);
    default:
      return false;
  }
}
