// Where a stored promise is left alone: the first place, on some path from its start, where the
// code awaits something else, returns, throws, or puts something else in its place, before
// anybody has taken it.
//
//   const user = loadUser();
//   const posts = loadPosts();
//   await user;                 // ← `posts` is left alone here
//   await posts;
//
// That a plain call may throw is no such place: nearly every call may, and nearly none does.
import type { TSESTree } from '@typescript-eslint/utils';

import { enclosingRun, isInside, type RunNode } from '../../syntax/enclosing.js';
import type { SourceCode } from '../../syntax/variable.js';
import { hasEnds, pathEnds } from '../paths/all-paths.js';
import { isDoubt } from '../paths/loop-doubts.js';
import type { PathEnd, PathEvent, PathQuestion } from '../paths/path-question.js';
import { isAwaitOfOther, isAwaitOfTwin } from './meanwhile.js';
import type { Mentions } from './promise-owner.js';
import { placeOfMentions, placeOfName, type PromisePlace, replaces } from './promise-place.js';
import { presenceIn } from './promise-presence.js';
import type { Holding, NameStore } from './promise-store.js';

export interface Question {
  /** The expression that starts the promise. */
  readonly started: TSESTree.Node;
  /** To await something else meanwhile does no harm. */
  readonly mayWait: boolean;
  /** What it waits for happens elsewhere. */
  readonly isEvent: boolean;
  readonly sourceCode: SourceCode;
}

/** In a name of the same function, or of the module. */
export function untakenInName(store: NameStore, question: Question): PathEnd | undefined {
  const { started, sourceCode } = question;
  const place = placeOfName(store, enclosingRun(started), sourceCode);
  // A closure that has it already may be called at any time, also by the call that starts it.
  if (place.captured < started.range[1]) return undefined;
  const paths = pathsIn(place, question);
  const block = blockOf(store, started);
  // As a rule it is taken in the block that has its name, and never seen outside of it.
  if (block !== undefined && !hasEnds({ ...paths, within: block })) return undefined;
  const end = firstEnd(paths, started);
  return (
    end && (exitThrough(place, end, question) ?? (block && jumpOut(block, paths, started)) ?? end)
  );
}

/** The exit of a loop that would have awaited all, where the path that ends comes from there. */
function exitThrough(
  { loops }: PromisePlace,
  { node }: PathEnd,
  { mayWait, started }: Question,
): PathEnd | undefined {
  if (!mayWait) return undefined;
  for (const [at, exit] of loops) {
    if (exit === undefined || at.range[0] < started.range[1] || node.range[1] < at.range[0])
      continue;
    return { kind: EXITS[exit.type], node: exit, certain: true };
  }
  return undefined;
}

const EXITS = {
  BreakStatement: 'break',
  ContinueStatement: 'continue',
  ReturnStatement: 'return',
  ThrowStatement: 'throw',
} as const;

/** Out of the block nobody sees the name any more: what comes later leaves nothing alone. */
function jumpOut(
  block: TSESTree.Node,
  paths: PathQuestion,
  started: TSESTree.Node,
): PathEnd | undefined {
  const end = firstEnd({ ...paths, within: block }, started);
  return end?.kind === 'break' || end?.kind === 'continue' ? end : undefined;
}

/** The block that a name belongs to, where that is less than a whole function. */
function blockOf({ variable }: NameStore, started: TSESTree.Node): TSESTree.Node | undefined {
  const { block, type } = variable.scope;
  return type === 'block' && isInside(started, block) ? block : undefined;
}

/** In a field, or in a name of the code around, where nobody but this function takes it. */
export function untakenByMentions(
  holding: Holding,
  mentions: Mentions,
  question: Question,
): PathEnd | undefined {
  return firstEnd(pathsIn(placeOfMentions(holding, mentions), question), question.started);
}

function pathsIn(place: PromisePlace, question: Question): PathQuestion {
  const { at, doubts, isContainer, loops, takers } = place;
  const { mayWait, started } = question;
  return pathsOf(
    enclosingRun(started),
    question,
    (node) => {
      if (node === started) return isContainer ? 'open' : 'restart';
      if (takers.has(node)) return 'close';
      if (mayWait && loops.has(node) && loops.get(node) === undefined) return 'close';
      if (isDoubt(node, { doubts, from: started })) return 'doubt';
      return replaces(node, started, place) ? 'offence' : undefined;
    },
    at,
    (test) => presenceIn(test, place),
  );
}

/** In a literal that is handed on as soon as it is complete, or in the arguments of a call. */
export function untakenUntil(whole: TSESTree.Node, question: Question): PathEnd | undefined {
  const { started } = question;
  const eventOf = (node: TSESTree.Node): PathEvent | undefined => {
    if (node === started) return 'open';
    return node === whole ? 'close' : undefined;
  };
  return firstEnd(pathsOf(whole, question, eventOf, [whole.range[0]]), started);
}

function pathsOf(
  within: RunNode,
  { isEvent, mayWait, sourceCode, started }: Question,
  eventOf: (node: TSESTree.Node) => PathEvent | undefined,
  whileOpen: readonly number[],
  assume?: (test: TSESTree.Node) => boolean | undefined,
): PathQuestion {
  const isLost = (node: TSESTree.Node): boolean =>
    isEvent ? isAwaitOfTwin(node, started, sourceCode) : isAwaitOfOther(node, sourceCode);
  return {
    sourceCode,
    within,
    only: { always: [started.range[0]], whileOpen, withWaits: true },
    event: (node) => eventOf(node) ?? (!mayWait && isLost(node) ? 'offence' : undefined),
    mayThrow: () => 'no',
    ...(assume ? { assume } : {}),
  };
}

function firstEnd(paths: PathQuestion, { range }: TSESTree.Node): PathEnd | undefined {
  const ends = pathEnds(paths).filter(({ certain }) => certain);
  return ends.find(({ node }) => node.range[0] > range[0]) ?? ends[0];
}
