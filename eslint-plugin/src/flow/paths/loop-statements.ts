// How loops pass the states of a walk on: round by round, until the head has seen every state.
import type { TSESTree } from '@typescript-eslint/utils';

import { isLeftInLastRound, labelsOf } from '../../syntax/loops.js';
import { split } from './conditions.js';
import type { Handler, Walker } from './handler.js';
import type { States } from './states.js';
import type { Kind, Way } from './ways-out.js';

type Loop =
  | TSESTree.DoWhileStatement
  | TSESTree.ForInStatement
  | TSESTree.ForOfStatement
  | TSESTree.ForStatement
  | TSESTree.WhileStatement;

export const LOOP_STATEMENTS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['DoWhileStatement', doWhileStatement],
  ['ForInStatement', forEachStatement],
  ['ForOfStatement', forEachStatement],
  ['ForStatement', forStatement],
  ['WhileStatement', whileStatement],
]);

function whileStatement(node: TSESTree.WhileStatement, states: States, walk: Walker): States {
  return loop(node, states, walk, (head, bodyOf) => {
    const { holds, fails } = split(node.test, head, walk);
    const { round, broken } = bodyOf(holds);
    return { round, out: fails | broken };
  });
}

function doWhileStatement(node: TSESTree.DoWhileStatement, states: States, walk: Walker): States {
  return loop(node, states, walk, (head, bodyOf) => {
    const { round, broken } = bodyOf(head);
    const { holds, fails } = split(node.test, round, walk);
    return { round: holds, out: fails | broken };
  });
}

function forStatement(node: TSESTree.ForStatement, states: States, walk: Walker): States {
  const before = walk.node(node.init, states);
  const isLeft = isLeftInLastRound(node);
  return loop(node, before, walk, (head, bodyOf) => {
    const { holds, fails } = node.test ? split(node.test, head, walk) : { holds: head, fails: 0 };
    const { round, broken } = bodyOf(holds);
    const ended = isLeft ? fails & before : fails;
    return { round: walk.node(node.update, round), out: ended | broken };
  });
}

/** `for … in` and `for … of`: the next value is asked for at the head, and may be the end. */
function forEachStatement(
  node: TSESTree.ForInStatement | TSESTree.ForOfStatement,
  states: States,
  walk: Walker,
): States {
  return loop(node, walk.node(node.right, states), walk, (head, bodyOf) => {
    const asked = node.type === 'ForOfStatement' ? walk.evaluated(node, head) : head;
    const { round, broken } = bodyOf(walk.node(node.left, asked));
    return { round, out: asked | broken };
  });
}

/**
 * Goes round until the head of the loop has seen every state. States are only ever added there,
 * so two rounds are enough, or three when one comes in doubt.
 */
function loop(
  node: Loop,
  states: States,
  walk: Walker,
  once: (
    head: States,
    bodyOf: (states: States) => { round: States; broken: States },
  ) => { round: States; out: States },
): States {
  const labels = labelsOf(node);
  const belongs = (wanted: Kind) => (way: Way) =>
    way.kind === wanted && (way.label === undefined || labels.includes(way.label));
  const bodyOf = (before: States) => {
    const { result: after, leaving } = walk.apart(() => walk.node(node.body, before));
    const round = after | leaving.take(belongs('continue'));
    const broken = leaving.take(belongs('break'));
    walk.leaving.join(leaving);
    return { round, broken };
  };
  for (let head = states; ;) {
    const { result, leaving } = walk.apart(() => once(head, bodyOf));
    if ((head | result.round) === head) {
      walk.leaving.join(leaving);
      return result.out;
    }
    head |= result.round;
  }
}
