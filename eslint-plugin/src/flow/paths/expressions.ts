// How expressions and patterns pass the states of a walk on, where that is not simply one child
// after the other.
import type { TSESTree } from '@typescript-eslint/utils';

import { split } from './conditions.js';
import type { Handler, Walker } from './handler.js';
import { type States, WAITING } from './states.js';

const nothing: Handler = (_node, states) => states;

export const EXPRESSIONS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['ArrowFunctionExpression', nothing],
  ['AssignmentExpression', assignment],
  ['AssignmentPattern', assignmentPattern],
  ['CallExpression', call],
  ['ChainExpression', chain],
  ['ConditionalExpression', conditional],
  ['FunctionExpression', nothing],
  ['Identifier', nothing],
  ['Literal', nothing],
  ['LogicalExpression', logical],
  ['MemberExpression', member],
  ['MetaProperty', nothing],
  ['Property', property],
]);

function conditional(node: TSESTree.ConditionalExpression, states: States, walk: Walker): States {
  const { holds, fails } = split(node.test, states, walk);
  return walk.node(node.consequent, holds) | walk.node(node.alternate, fails);
}

function logical(node: TSESTree.LogicalExpression, states: States, walk: Walker): States {
  if (node.operator === '??') return nullish(node, walk.node(node.left, states), walk);
  const { holds, fails } = split(node.left, states, walk);
  return node.operator === '&&'
    ? fails | walk.node(node.right, holds)
    : holds | walk.node(node.right, fails);
}

/** `a ?? b`, `a ??= b`: `b` is not evaluated while `a` is known to be there. */
function nullish(
  node: TSESTree.AssignmentExpression | TSESTree.LogicalExpression,
  states: States,
  walk: Walker,
): States {
  const isThere = walk.question.assume?.(node.left) === true;
  return states | walk.node(node.right, isThere ? states & WAITING : states);
}

function assignment(node: TSESTree.AssignmentExpression, states: States, walk: Walker): States {
  const { left, right, operator } = node;
  switch (operator) {
    case '??=':
      return nullish(node, walk.node(left, states), walk);
    case '&&=':
    case '||=': {
      const { holds, fails } = split(left, states, walk);
      return operator === '&&=' ? fails | walk.node(right, holds) : holds | walk.node(right, fails);
    }
    case '=':
      // The object and key of a member come first, a name or a pattern is bound last.
      if (left.type === 'MemberExpression') break;
      return walk.node(left, walk.node(right, states));
  }
  return walk.node(right, walk.node(left, states));
}

function assignmentPattern(node: TSESTree.AssignmentPattern, states: States, walk: Walker): States {
  return walk.node(node.left, states | walk.node(node.right, states));
}

function property(node: TSESTree.Property, states: States, walk: Walker): States {
  return walk.node(node.value, node.computed ? walk.node(node.key, states) : states);
}

function call(node: TSESTree.CallExpression, states: States, walk: Walker): States {
  const callee = walk.node(node.callee, states);
  return walk.nodes(node.arguments, node.optional ? goOn(node.callee, callee, walk) : callee);
}

function member(node: TSESTree.MemberExpression, states: States, walk: Walker): States {
  const object = walk.node(node.object, states);
  const found = node.optional ? goOn(node.object, object, walk) : object;
  return node.computed ? walk.node(node.property, found) : found;
}

/** The states that get past a `?.`. The others go to the end of the chain. */
function goOn(before: TSESTree.Node, states: States, walk: Walker): States {
  const isThere = walk.question.assume?.(before) === true;
  walk.stopped |= isThere ? states & WAITING : states;
  return states;
}

function chain(node: TSESTree.ChainExpression, states: States, walk: Walker): States {
  const outer = walk.stopped;
  walk.stopped = 0;
  const out = walk.node(node.expression, states) | walk.stopped;
  walk.stopped = outer;
  return out;
}
