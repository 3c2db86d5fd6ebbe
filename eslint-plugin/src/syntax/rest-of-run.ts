// What comes after a node in its run: the parts of the text that may run once its statement has.
//
//   if (isStale) {
//     refresh();          // after it: the rest of this block, and what stands below the `if`
//   }
//   return page;          // here the run is over
import type { TSESTree } from '@typescript-eslint/utils';

import { enclosingRun } from './enclosing.js';
import { isLoop, labelsOf } from './loops.js';

type Part = readonly [start: number, end: number];

export interface RestOfRun {
  /** Where the rest stands, in the order in which it may run; of a loop, the rest of this round. */
  readonly parts: readonly Part[];
  /** The node is in a loop, which may come by it again. */
  readonly isRepeated: boolean;
  /** The statement that surely leaves the run, if one does. */
  readonly leaving: TSESTree.Statement | undefined;
}

/** How the list of statements around is left: at its end, by a jump in the run, or out of the run. */
type Leaving = Jump | 'end' | 'run';
type Jump = TSESTree.BreakStatement | TSESTree.ContinueStatement;

export function restOfRun(node: TSESTree.Node): RestOfRun {
  const run = enclosingRun(node);
  const parts: Part[] = [];
  let leaving: TSESTree.Statement | undefined;
  let isRepeated = false;
  let how: Leaving = 'end';
  let child = node;
  for (let at = node.parent; at != null && child !== run; child = at, at = at.parent) {
    const list: readonly TSESTree.Statement[] | undefined = how === 'end' ? listOf(at) : undefined;
    const place: number = list?.indexOf(child as TSESTree.Statement) ?? -1;
    if (list !== undefined && place !== -1) {
      const jump: TSESTree.Statement | undefined = list[nextJump(list, place + 1)];
      parts.push([child.range[1], (jump ?? at).range[1]]);
      how = jump === undefined ? 'end' : howLeft(jump);
      if (how === 'run') leaving = jump;
    }
    if (at.type === 'SwitchCase' && how === 'end') parts.push([at.range[1], at.parent.range[1]]);
    if (isBrokenOutOf(at, how)) how = 'end';
    else if (isLoop(at) && goesRound(at, how)) {
      isRepeated = true;
      how = 'end';
    }
    if (at.type === 'TryStatement' && at.finalizer !== null && at.finalizer !== child) {
      parts.push([...at.finalizer.range]);
    }
  }
  return { parts, isRepeated, leaving };
}

function listOf(node: TSESTree.Node): readonly TSESTree.Statement[] | undefined {
  switch (node.type) {
    case 'BlockStatement':
    case 'StaticBlock':
    case 'Program':
      return node.body;
    case 'SwitchCase':
      return node.consequent;
    default:
      return undefined;
  }
}

function howLeft(jump: TSESTree.Statement): Leaving {
  return jump.type === 'BreakStatement' || jump.type === 'ContinueStatement' ? jump : 'run';
}

/** Whether a jump leads to what comes after a statement: `break;` in a loop, `break all;` in `all: …`. */
function isBrokenOutOf(node: TSESTree.Node, how: Leaving): boolean {
  if (typeof how === 'string' || how.type !== 'BreakStatement') return false;
  if (node.type === 'LabeledStatement') return how.label?.name === node.label.name;
  return how.label === null && (node.type === 'SwitchStatement' || isLoop(node));
}

/** Whether what comes next is another round of a loop. */
function goesRound(loop: TSESTree.Node, how: Leaving): boolean {
  if (typeof how === 'string') return how === 'end';
  if (how.type !== 'ContinueStatement') return false;
  return how.label === null || labelsOf(loop).includes(how.label.name);
}

const JUMP = /^(Break|Continue|Return|Throw)Statement$/;

const jumps = new WeakMap<readonly TSESTree.Statement[], readonly number[]>();

/** The place of the first jump in a list from a place on. Each promise that is dropped in it asks. */
function nextJump(list: readonly TSESTree.Statement[], from: number): number {
  let found = jumps.get(list);
  if (found === undefined) {
    const next: number[] = [];
    for (let at = list.length - 1; at >= 0; at--) {
      next[at] = JUMP.test(list[at]!.type) ? at : (next[at + 1] ?? list.length);
    }
    found = next;
    jumps.set(list, found);
  }
  return found[from] ?? list.length;
}
