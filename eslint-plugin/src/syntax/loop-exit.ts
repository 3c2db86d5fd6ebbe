// The first statement by which a loop is left before it has gone through all: `break`, `return`, `throw`.
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from './descendants.js';
import { isLoop, labelsOf } from './loops.js';
import { isCaught } from './tries-around.js';
import type { SourceCode } from './variable.js';

export type LoopExit =
  | TSESTree.BreakStatement
  | TSESTree.ContinueStatement
  | TSESTree.ReturnStatement
  | TSESTree.ThrowStatement;

export function exitOf(
  loop: TSESTree.ForOfStatement,
  sourceCode: SourceCode,
): LoopExit | undefined {
  for (const node of descendants(loop.body, sourceCode, 'own')) {
    if (isJump(node) && leaves(node, loop)) return node;
  }
  return undefined;
}

function isJump(node: TSESTree.Node): node is LoopExit {
  return /^(Break|Continue|Return|Throw)Statement$/.test(node.type);
}

function leaves(jump: LoopExit, loop: TSESTree.ForOfStatement): boolean {
  switch (jump.type) {
    case 'ReturnStatement':
      return true;
    case 'ThrowStatement':
      return !isCaught(jump, loop);
    default:
      return jumpsOut(jump, loop);
  }
}

/** Whether it is of the loop itself, or of a label that does not stand in it; `continue` goes on with its own. */
function jumpsOut(
  { label, parent, type }: TSESTree.BreakStatement | TSESTree.ContinueStatement,
  loop: TSESTree.ForOfStatement,
): boolean {
  for (let at = parent; at !== loop; at = at.parent!) {
    if (label !== null && at.type === 'LabeledStatement' && at.label.name === label.name) {
      return false;
    }
    const isOwn = isLoop(at) || (at.type === 'SwitchStatement' && type === 'BreakStatement');
    if (label === null && isOwn) return false;
  }
  if (type === 'BreakStatement') return true;
  return label !== null && !labelsOf(loop).includes(label.name);
}
