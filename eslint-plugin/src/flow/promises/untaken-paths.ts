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

import { enclosingRun, type RunNode } from '../../syntax/enclosing.js';
import type { SourceCode } from '../../syntax/variable.js';
import { pathEnds } from '../paths/all-paths.js';
import { isDoubt } from '../paths/loop-doubts.js';
import type { PathEnd, PathEvent } from '../paths/path-question.js';
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
  return place.captured < started.range[1] ? undefined : untakenIn(place, question);
}

/** In a field, or in a name of the code around, where nobody but this function takes it. */
export function untakenByMentions(
  holding: Holding,
  mentions: Mentions,
  question: Question,
): PathEnd | undefined {
  return untakenIn(placeOfMentions(holding, mentions), question);
}

function untakenIn(place: PromisePlace, question: Question): PathEnd | undefined {
  const { at, doubts, isContainer, takers } = place;
  const { started } = question;
  return firstEnd(
    enclosingRun(started),
    question,
    (node) => {
      if (node === started) return isContainer ? 'open' : 'restart';
      if (takers.has(node)) return 'close';
      if (isDoubt(node, { doubts, from: started })) return 'doubt';
      return replaces(node, started, place) ? 'offence' : undefined;
    },
    at,
    (test) => presenceIn(test, place),
  );
}

/** In a literal that is handed on as soon as it is complete, or in the arguments of a call. */
export function untakenUntil(whole: TSESTree.Node, question: Question): PathEnd | undefined {
  const eventOf = (node: TSESTree.Node): PathEvent | undefined => {
    if (node === question.started) return 'open';
    return node === whole ? 'close' : undefined;
  };
  return firstEnd(whole, question, eventOf, [whole.range[0]]);
}

function firstEnd(
  within: RunNode,
  { isEvent, mayWait, sourceCode, started }: Question,
  eventOf: (node: TSESTree.Node) => PathEvent | undefined,
  whileOpen: readonly number[],
  assume?: (test: TSESTree.Node) => boolean | undefined,
): PathEnd | undefined {
  const isLost = (node: TSESTree.Node): boolean =>
    isEvent ? isAwaitOfTwin(node, started, sourceCode) : isAwaitOfOther(node, sourceCode);
  const ends = pathEnds({
    sourceCode,
    within,
    only: { always: [started.range[0]], whileOpen, withWaits: true },
    event: (node) => eventOf(node) ?? (!mayWait && isLost(node) ? 'offence' : undefined),
    mayThrow: () => 'no',
    ...(assume ? { assume } : {}),
  }).filter(({ certain }) => certain);
  return ends.find(({ node }) => node.range[0] > started.range[0]) ?? ends[0];
}
