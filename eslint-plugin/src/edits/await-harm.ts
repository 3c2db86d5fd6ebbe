// Whether a promise may be awaited where it stands, asked by every rule that offers `await`. An offer
// that does harm is worse than none.
//
//   validate();              // shows a warning: a person answers it, or never does
//   applySettings();
//
//   store.get(page);         // the test sets off what it waits for, below
//   store.set(id, 2);
import type { TSESTree } from '@typescript-eslint/utils';

import { isMeantAside } from '../flow/promises/meant-aside.js';
import { isSetOffLater } from '../flow/promises/set-off-later.js';
import { waitsFor } from '../flow/promises/waits-for.js';
import { isAwaitedOtherwise } from '../syntax/awaited-otherwise.js';
import { consumerOf } from '../syntax/consumers.js';
import { descendants } from '../syntax/descendants.js';
import { enclosingRun, isFunction, isInside } from '../syntax/enclosing.js';
import { isMade } from '../syntax/floating-places.js';
import { type Doing, isAwaitedToo, isDoneIn } from '../syntax/later-lines.js';
import { calledFunction } from '../syntax/own-method.js';
import { chainOf, linkOf, type PromiseChain } from '../syntax/promise-chain.js';
import { isLeftMethod } from '../syntax/other-awaits.js';
import { calledMember, calledName } from '../syntax/property-name.js';
import { holdsUpReading, isLeftInReading } from '../syntax/reading-loop.js';
import { type RestOfRun, restOfRun } from '../syntax/rest-of-run.js';
import { isLookedAtLater, isWaitedForLater } from '../flow/promises/looked-at-later.js';
import { hasFakeTimers, isInTest, testAround } from '../syntax/test-code.js';
import { resolved, rootVariable, type SourceCode } from '../syntax/variable.js';
import { isTelemetry } from '../syntax/telemetry.js';
import { catchAround } from '../syntax/tries-around.js';
import { waitsIn } from '../syntax/waits-in.js';
import { isInterface } from '../syntax/interface-file.js';
import { CLEANUP_VERBS } from '../vocabulary.js';
import type { Place } from './place.js';
import { isLoop } from '../syntax/loops.js';

/**
 * - `aside`: it is said to be meant so, or what is given back is there already
 * - `clock`: the clock of a test stands still
 * - `event`: it waits for something that happens elsewhere, or for the end of a service
 * - `later`: a later line may be what it waits for
 * - `meant`: its author does not wait here, and more comes below
 * - `order`: a later line should not come later than it does
 * - `person`: it waits for somebody's answer
 * - `reading`: the loop around it would not read on
 */
export type Harm = 'aside' | 'clock' | 'event' | 'later' | 'meant' | 'order' | 'person' | 'reading';

/** What an `await` would do harm by; `isMarked` where `void` says that nobody waits here. */
export function harmOfAwait(work: TSESTree.Node, place: Place, isMarked = false): Harm | undefined {
  const { sourceCode } = place;
  const rest = restOfRun(work);
  if (isWaitedForLater(work, sourceCode) || isLookedAtLater(work, rest, sourceCode)) return 'later';
  if (isWritingAhead(work, place)) return 'later';
  if (isMeantAside(work, place) || isAside(work, rest, sourceCode)) return 'aside';
  const waiting =
    waitsFor(work, place) ?? (isNextRound(work, rest, sourceCode) ? 'event' : undefined);
  if (waiting !== undefined) return waiting;
  if (hasFakeTimers(sourceCode) && isTestItself(work)) return 'clock';
  const later = harmToRest(work, rest, place);
  if (later !== undefined) return later;
  if (isMarked && isOfHeldChain(work)) return 'meant';
  if (isHandedOn(work) && !isInTest(work, place) && isFollowedBy(rest, work, sourceCode))
    return 'meant';
  if (isLeftInReading(chainOf(work).root, sourceCode, listIn(place))) return 'meant';
  const isOwn = !isMarked && (isMadeHere(chainOf(work).root) || isInTest(work, place));
  return isOwn || !isFollowedBy(rest, work, sourceCode) ? undefined : 'meant';
}

/** `load().then(show);` before more: what is to be done with the result is said, and the rest is not of it. */
function isHandedOn(work: TSESTree.Node): boolean {
  return chainOf(work).links.some(
    ({ fulfilled, isFinally }) => !isFinally && isFunction(fulfilled),
  );
}

/**
 * `const started = start().catch(() => { void stop(); });`: all that wait for `started` would wait for
 * this too, and it may be for one of them that it waits.
 */
function isOfHeldChain(work: TSESTree.Node): boolean {
  let taken = consumerOf(enclosingRun(work));
  if (taken.kind !== 'handed-over' || linkOf(taken.by) === undefined) return false;
  do taken = consumerOf(taken.by);
  while (taken.kind === 'chained');
  return taken.kind === 'stored';
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
): 'later' | 'order' | 'reading' | undefined {
  const { file, sourceCode } = place;
  const isLater = (doing: Doing): boolean => isDoneIn(rest, doing, node, sourceCode);
  if (isLater('listens') || isLater('settles')) return 'later';
  if (isLater('waits') && !CLEANUP_VERBS.has(calledName(chainOf(node).root) ?? '')) return 'later';
  if (isInCaughtRound(node) || isBeforeRethrow(node, rest)) return 'order';
  if (holdsUpReading(node, sourceCode, listIn(place))) return 'reading';
  if (isLater('hides') || (isInterface(file, sourceCode) && isLater('shows'))) return 'order';
  return isInTest(node, place) && isSetOffLater(node, rest, place) ? 'later' : undefined;
}

function listIn({ types }: Place): (value: TSESTree.Node) => boolean {
  return (value) => (types?.value(value).elements.length ?? 0) > 0;
}

/** The test goes on while a function in it waits, unless it waits for the function at once. */
function isTestItself(work: TSESTree.Node): boolean {
  const run = enclosingRun(work);
  const test = testAround(work);
  if (test === undefined || test === run || !isFunction(run)) return true;
  const { by, kind } = consumerOf(run);
  return kind !== 'handed-over' || consumerOf(by).kind === 'awaited';
}

/** `req.getPromise()` gives what is there already. */
function isMadeHere(root: TSESTree.Node): boolean {
  return isMade(root) && !/promise$/i.test(calledName(root) ?? '');
}

/** `writer.write(file); writer.close();`, of `gzip.writable.getWriter()`, before a later line reads the other end. */
function isWritingAhead(work: TSESTree.Node, place: Place): boolean {
  const { sourceCode } = place;
  const object = calledMember(chainOf(work).root)?.object;
  const writer = object === undefined ? undefined : resolved(object, sourceCode);
  return writer !== undefined && calledName(writer) === 'getWriter' && isFollowed(work, place);
}

/** In the `catch` of a loop, whose other rounds an error of it would end. */
function isInCaughtRound(node: TSESTree.Node): boolean {
  const run = enclosingRun(node);
  let isCaught = false;
  for (let at = node.parent; at != null && at !== run; at = at.parent) {
    if (at.type === 'TryStatement' && at.handler !== null && isInside(node, at.block)) return false;
    if (at.type === 'CatchClause') isCaught = true;
    if (isCaught && isLoop(at)) return true;
  }
  return false;
}

/** `catch (error) { logout(); throw error; }`: an error of it would take the place of the other, which waits for it. */
function isBeforeRethrow(node: TSESTree.Node, { leaving }: RestOfRun): boolean {
  const name = calledName(chainOf(node).root) ?? '';
  if (leaving?.type !== 'ThrowStatement' || CLEANUP_VERBS.has(name) || UNDOING.test(name))
    return false;
  const around = catchAround(node, enclosingRun(node));
  return around !== undefined && isInside(leaving, around);
}

const UNDOING = /^_?(clean|delete|remove|restore|revert|roll_?back|undo|unlock)/i;

function isAside(work: TSESTree.Node, rest: RestOfRun, sourceCode: SourceCode): boolean {
  const { links, root } = chainOf(work);
  if (links.length > 0 && PUT_OFF.test(calledName(root) ?? '')) return true;
  if (AHEAD.test(calledName(root) ?? '') || isTelemetry(root, sourceCode)) return true;
  if (isLeftMethod(root, sourceCode)) return true;
  if (isAwaitedOtherwise(work, sourceCode)) return true;
  return isTracked(links, sourceCode) || isRefresh(work, rest, sourceCode);
}

/** `sleep(1000).then(() => reboot())`: it is for the others that it comes later. */
const PUT_OFF = /^(delay|pause|setTimeout|sleep|wait)$/;

/** `preloadPage()`, `syncInBackground()`: by its name it runs beside what its caller does. */
const AHEAD = /^_?(prefetch|preload|prewarm|warm)(?![a-z])|InBackground$/;

/** `sync(id).finally(() => this.running.delete(id))`: it is kept somewhere for as long as it runs. */
function isTracked(links: PromiseChain['links'], sourceCode: SourceCode): boolean {
  const last = links.at(-1);
  if (last?.isFinally !== true || last.fulfilled === undefined) return false;
  return [...descendants(last.fulfilled, sourceCode)].some(
    (node) =>
      calledMember(node)?.name === 'delete' ||
      (node.type === 'UnaryExpression' && node.operator === 'delete'),
  );
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
