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

import { enclosingRun, isInside, type RunNode } from '../syntax/enclosing.js';
import type { SourceCode } from '../syntax/variable.js';
import { type PathEnd, pathEnds, type PathEvent } from './all-paths.js';
import { loopDoubts } from './loop-doubts.js';
import { isAwaitOfOther } from './meanwhile.js';
import { presenceIn } from './promise-presence.js';
import type { LiteralStore, NameStore } from './promise-store.js';
import { isTaken } from './promise-use.js';
import { usesOf } from './uses-of.js';

interface Question {
  /** The expression that starts the promise. */
  readonly started: TSESTree.Node;
  /** To await something else meanwhile does no harm. */
  readonly mayWait: boolean;
  readonly sourceCode: SourceCode;
}

/** In a name of the same function, or of the module. */
export function untakenInName(store: NameStore, question: Question): PathEnd | undefined {
  const { started, sourceCode } = question;
  const run = enclosingRun(started);
  const uses = usesOf(store.variable, run, sourceCode).filter(({ name }) =>
    isTaken(name, store, sourceCode),
  );
  // A closure that has it already may be called at any time, also by the call that starts it.
  const isCaptured = uses.some(({ at, name }) => at !== name && at.range[0] < started.range[1]);
  if (isCaptured) return undefined;
  const takers = new Set(uses.map(({ at }) => at));
  const doubts = loopDoubts(takers, started);
  const replaced = replacementsOf(store, started);
  return firstEnd(
    run,
    question,
    (node) => {
      if (node === started) return store.isContainer ? 'open' : 'restart';
      if (takers.has(node)) return 'close';
      if (doubts.has(node)) return 'doubt';
      return replaced.has(node) ? 'offence' : undefined;
    },
    (test) => presenceIn(test, store, takers),
  );
}

/** In a literal that is handed on as soon as it is complete. */
export function untakenInLiteral(
  { literal }: LiteralStore,
  question: Question,
): PathEnd | undefined {
  return firstEnd(literal, question, (node) => {
    if (node === question.started) return 'open';
    return node === literal ? 'close' : undefined;
  });
}

function firstEnd(
  within: RunNode,
  { mayWait, sourceCode, started }: Question,
  eventOf: (node: TSESTree.Node) => PathEvent | undefined,
  assume?: (test: TSESTree.Node) => boolean | undefined,
): PathEnd | undefined {
  const ends = pathEnds({
    sourceCode,
    within,
    event: (node) =>
      eventOf(node) ?? (!mayWait && isAwaitOfOther(node, sourceCode) ? 'offence' : undefined),
    mayThrow: () => 'no',
    ...(assume ? { assume } : {}),
  }).filter(({ certain }) => certain);
  return ends.find(({ node }) => node.range[0] > started.range[0]) ?? ends[0];
}

/** Assignments that put something else into the name. */
function replacementsOf(
  { variable }: NameStore,
  started: TSESTree.Node,
): ReadonlySet<TSESTree.Node> {
  const others = variable.references.filter(
    ({ writeExpr, init }) => init !== true && writeExpr && !isInside(started, writeExpr),
  );
  return new Set(
    others
      .map(({ identifier }) => identifier as TSESTree.Node)
      .filter(({ parent }) => parent?.type === 'AssignmentExpression' && parent.operator === '='),
  );
}
