// Whether a promise may be awaited where it stands, asked by every rule that offers `await`. An offer
// that does harm is worse than none.
//
//   validate();              // shows a warning: a person answers it, or never does
//   applySettings();
//
//   store.get(page);         // the test sets off what it waits for, below
//   store.set(id, 2);
import type { TSESTree } from '@typescript-eslint/utils';

import { waitsFor } from '../flow/promises/waits-for.js';
import { enclosingRun } from '../syntax/enclosing.js';
import { isMade } from '../syntax/floating-places.js';
import { isAwaitedToo, isDoneIn, isSteppedIn, receiverOf } from '../syntax/later-lines.js';
import { calledFunction } from '../syntax/own-method.js';
import { chainOf } from '../syntax/promise-chain.js';
import { type RestOfRun, restOfRun } from '../syntax/rest-of-run.js';
import { isBlockSaidAside, isSaidAside } from '../syntax/said-aside.js';
import { hasFakeTimers, isInTest } from '../syntax/test-code.js';
import { rootVariable, type SourceCode } from '../syntax/variable.js';
import { waitsIn } from '../syntax/waits-in.js';
import { isInterface } from '../syntax/where-nobody-waits.js';
import type { Place } from './place.js';

/**
 * - `aside`: it is said to be meant so, or what is given back is there already
 * - `clock`: the clock of a test stands still
 * - `event`: it waits for something that happens elsewhere, or for the end of a service
 * - `later`: a later line may be what it waits for
 * - `meant`: its author does not wait here, and more comes below
 * - `order`: a later line should not come later than it does
 * - `person`: it waits for somebody's answer
 */
export type Harm = 'aside' | 'clock' | 'event' | 'later' | 'meant' | 'order' | 'person';

/** What an `await` would do harm by; `isMarked` where `void` says that nobody waits here. */
export function harmOfAwait(work: TSESTree.Node, place: Place, isMarked = false): Harm | undefined {
  const { sourceCode } = place;
  const rest = restOfRun(work);
  if (isAside(work, rest, sourceCode)) return 'aside';
  const waiting =
    waitsFor(work, place) ?? (isNextRound(work, rest, sourceCode) ? 'event' : undefined);
  if (waiting !== undefined) return waiting;
  if (hasFakeTimers(sourceCode)) return 'clock';
  const later = harmToRest(work, rest, place);
  if (later !== undefined) return later;
  const isOwn = !isMarked && isMade(chainOf(work).root);
  return isOwn || isInTest(work, place) || !isFollowedBy(rest, work, sourceCode)
    ? undefined
    : 'meant';
}

/** What the later lines of a run would suffer if it came to a halt at a node. */
export function harmOfHalt(node: TSESTree.Node, place: Place): Harm | undefined {
  return harmToRest(node, restOfRun(node), place);
}

/** Whether anything of account comes after a node in its run, or the node once more. */
export function isFollowed(node: TSESTree.Node, { sourceCode }: Place): boolean {
  return isFollowedBy(restOfRun(node), node, sourceCode);
}

function isFollowedBy(rest: RestOfRun, node: TSESTree.Node, sourceCode: SourceCode): boolean {
  return rest.isRepeated || isDoneIn(rest, 'acts', node, sourceCode);
}

function harmToRest(
  node: TSESTree.Node,
  rest: RestOfRun,
  place: Place,
): 'later' | 'order' | undefined {
  const { file, sourceCode } = place;
  const isLater = (doing: Parameters<typeof isDoneIn>[1]): boolean =>
    isDoneIn(rest, doing, node, sourceCode);
  if (isLater('listens') || isLater('settles') || isLater('waits')) return 'later';
  if (isLater('hides') || (isInterface(file) && isLater('shows'))) return 'order';
  if (!isInTest(node, place)) return undefined;
  const receiver = receiverOf(chainOf(node).root);
  const isStirred = isLater('stirs') || (receiver && isSteppedIn(rest, receiver, node, sourceCode));
  return isStirred ? 'later' : undefined;
}

function isAside(work: TSESTree.Node, rest: RestOfRun, sourceCode: SourceCode): boolean {
  if (isSaidAside(work, sourceCode) || isBlockSaidAside(work, sourceCode)) return true;
  return isRefresh(work, rest, sourceCode);
}

/** `if (isStale) { load(id).then(keep); } return cached;`: what is given back was there before. */
function isRefresh(work: TSESTree.Node, rest: RestOfRun, sourceCode: SourceCode): boolean {
  const { leaving } = rest;
  const given = leaving?.type === 'ReturnStatement' ? leaving.argument : undefined;
  if (given == null || isFollowedBy(rest, work, sourceCode)) return false;
  const variable = rootVariable(given, sourceCode);
  const [definition] = variable?.defs ?? [];
  const isOwn =
    definition?.type === 'Variable' && enclosingRun(definition.name) === enclosingRun(work);
  if (!isOwn || definition.name.range[0] > work.range[0]) return false;
  return isAwaitedToo(work, sourceCode) || /cache|memo|previous|stale/i.test(variable!.name);
}

/** `async function poll() { await check(); poll(); }`: to wait for the next round is to wait for all. */
function isNextRound(work: TSESTree.Node, rest: RestOfRun, sourceCode: SourceCode): boolean {
  const run = enclosingRun(work);
  if (calledFunction(chainOf(work).root, sourceCode) !== run) return false;
  return !isFollowedBy(rest, work, sourceCode) && waitsIn(run, sourceCode);
}
