// Whether a stored promise is left alone, and by what.
//
// In a name of the same function every path is followed (untaken-paths.ts). A field, a name of the
// code around, and a name of the module that closures share outlive the function: who takes it from
// there, and when, no path can tell, and that somebody does is enough. Only where nobody but the
// same function does are its paths followed again.
import type { TSESTree } from '@typescript-eslint/utils';

import type { Place } from '../../project/project-place.js';
import { enclosingRun, isInside } from '../../syntax/enclosing.js';
import type { PathEnd } from '../paths/path-question.js';
import { isErrorHandled } from './error-handling.js';
import { isBareDeferred, isEventOfLaterLines } from './event-of-call.js';
import { isKeptByCallee } from './kept-by-callee.js';
import { isEvent } from './meanwhile.js';
import { type Mentions, mentionsOfField, mentionsOfName } from './promise-owner.js';
import type { FieldStore, NameStore } from './promise-store.js';
import type { ReturnStore } from './stores-of.js';
import { untakenInLoop } from './untaken-in-loop.js';
import type { StoredPromise } from './started-promise.js';
import { type Question, untakenByMentions, untakenInName, untakenUntil } from './untaken-paths.js';

/** The place where a path leaves it, or the name that nobody ever takes it from. */
export type LeftAlone =
  | { readonly by: 'disposal'; readonly name: string }
  | { readonly by: 'nobody'; readonly name: string }
  | { readonly by: 'path'; readonly end: PathEnd };

export function leftAlone({ started, store }: StoredPromise, place: Place): LeftAlone | undefined {
  const { sourceCode } = place;
  if (isBareDeferred(started, place) || isKeptByCallee(started, place)) return undefined;
  const question = {
    started,
    mayWait: isErrorHandled(started, place),
    isEvent: isEvent(started) || isEventOfLaterLines(started, place),
    sourceCode,
  };
  switch (store.kind) {
    case 'literal':
      return path(untakenUntil(store.literal, question));
    case 'argument':
      return path(untakenUntil(store.call, question));
    case 'loop':
      return question.mayWait ? undefined : path(untakenInLoop(store, sourceCode));
    case 'returned':
      return question.mayWait || question.isEvent ? undefined : leftByReturn(store);
    case 'field':
      return inLonger(store, `this.${store.name}`, mentionsOfField(store, sourceCode), question);
    case 'name': {
      const { variable } = store;
      const mentions = mentionsOfName(store, sourceCode);
      const run = runOf(store);
      if (run !== enclosingRun(started)) return inLonger(store, variable.name, mentions, question);
      const isShared =
        run?.type === 'Program' && mentions !== undefined && hasOther(mentions.runsOfTaken, run);
      return mentions === undefined || isShared ? undefined : path(untakenInName(store, question));
    }
  }
}

function inLonger(
  store: FieldStore | NameStore,
  name: string,
  mentions: Mentions | undefined,
  question: Question,
): LeftAlone | undefined {
  if (mentions === undefined) return undefined;
  const { all, takers, runsOfTakers } = mentions;
  const { started } = question;
  // `this.tail = this.tail.then(work)` hands the tail to itself.
  const isOther = (mention: TSESTree.Node | undefined): boolean =>
    mention !== undefined && !isInside(mention, started);
  if (!isOther(takers[0]) && !isOther(takers.at(-1))) return { by: 'nobody', name };
  if (hasOther(runsOfTakers, enclosingRun(started))) {
    const awaited = question.mayWait ? undefined : awaitedMeanwhile(store, takers, started);
    return path(awaited && { kind: 'event', node: awaited, certain: true });
  }
  // A memo, `if (!this.page) this.page = load();`, or a queue, `this.last = this.last.then(work);`.
  const isReadBefore = all
    .slice(0, 2) // The first that is not the collection.
    .some((mention) => mention !== store.collection && mention.range[0] < started.range[1]);
  return isReadBefore ? undefined : path(untakenByMentions(store, mentions, question));
}

function leftByReturn({ awaited, disposed }: ReturnStore): LeftAlone | undefined {
  if (disposed !== undefined) return { by: 'disposal', name: disposed };
  return path(awaited && { kind: 'event', node: awaited, certain: true });
}

/**
 * What the code around awaits while a listener of its own puts promises into a collection, and
 * before anybody takes them out of it:
 *
 *     await new Promise((resolve) => stream.on('data', (data) => pending.push(write(data))));
 *     await Promise.all(pending);
 */
function awaitedMeanwhile(
  store: FieldStore | NameStore,
  takers: readonly TSESTree.Node[],
  started: TSESTree.Node,
): TSESTree.AwaitExpression | undefined {
  const run = store.kind === 'name' && store.isContainer ? runOf(store) : undefined;
  if (run === undefined) return undefined;
  const awaited = outermostAwait(started, run);
  const isLater = (taker: TSESTree.Node): boolean =>
    isInside(taker, started) || (enclosingRun(taker) === run && taker.range[0] > awaited!.range[1]);
  return awaited !== undefined && takers.every(isLater) ? awaited : undefined;
}

function outermostAwait(
  node: TSESTree.Node,
  run: TSESTree.Node,
): TSESTree.AwaitExpression | undefined {
  let found: TSESTree.AwaitExpression | undefined;
  for (let around = node.parent; around != null && around !== run; around = around.parent) {
    if (around.type === 'AwaitExpression') found = around;
  }
  return found !== undefined && enclosingRun(found) === run ? found : undefined;
}

function path(end: PathEnd | undefined): LeftAlone | undefined {
  return end && { by: 'path', end };
}

function hasOther(runs: ReadonlySet<TSESTree.Node>, run: TSESTree.Node): boolean {
  return runs.size > (runs.has(run) ? 1 : 0);
}

function runOf({ variable }: NameStore): TSESTree.Node | undefined {
  const definition = variable.defs[0];
  return definition && enclosingRun(definition.name);
}
