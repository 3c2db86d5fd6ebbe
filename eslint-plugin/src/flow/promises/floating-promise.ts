// Which of the values that float are promises that somebody should have taken, and how they float.
// Types are asked twice for a file: about all values, and about the calls of those that are
// promises. On doubt a value is none: `any` may be a promise, and a thenable of another library
// may start nothing until somebody awaits it.
import type { TSESTree } from '@typescript-eslint/utils';

import { projectFunction } from '../../project/project-function.js';
import { handlesRejections } from '../../project/rejection-handler.js';
import type { ReportsOption } from '../../reports-option.js';
import type { Settings } from '../../settings.js';
import { consumerOf, sourcesOf } from '../../syntax/consumers.js';
import { isEndedByEffect } from '../../syntax/ended-by-effect.js';
import { enclosingRun } from '../../syntax/enclosing.js';
import { isExpectedToThrow } from '../../syntax/expected-throw.js';
import { type FloatingPlace, type FloatingValue, isMade } from '../../syntax/floating-places.js';
import { outcomeOf } from '../../syntax/function-outcome.js';
import { isAsyncIife } from '../../syntax/async-iife.js';
import { isBeforeExit } from '../../syntax/mistaken-drop.js';
import { isGlobalName } from '../../syntax/mooring-reference.js';
import { beforeFinally, chainOf } from '../../syntax/promise-chain.js';
import { calledMember } from '../../syntax/property-name.js';
import { isSetInDefinition } from '../../syntax/set-in-definition.js';
import type { SourceCode } from '../../syntax/variable.js';
import { outermost, unwrapped } from '../../syntax/wrappers.js';
import type { CallNode, Types, ValueFacts } from '../../types/types.js';
import { LISTENER_METHODS, PLATFORM } from '../../vocabulary.js';
import { asksOfPromise, tellsDouble } from './asked-of-promise.js';
import { calleeFacts } from './by-callee.js';
import { givesNothing, tellsCallback } from './by-product.js';
import { isOverAtOnce } from './ended-at-once.js';
import { isErrorHandled } from './error-handling.js';
import { isKnownSafe } from './known-safe-call.js';
import { isOwnedByLibrary } from './library-owner.js';
import { needsNoWaiting } from './needs-no-waiting.js';
import { LAZY_PROMISES } from './odd-promises.js';
import { startsWork } from './promise-onlooker.js';

/**
 * How a promise floats: its place; `chain` where its error is handled; `maybe` where the type of a
 * call says that there may be none; `lazy` where it starts nothing before it is awaited.
 */
export type Floating =
  Exclude<FloatingPlace, 'statement'> | 'array' | 'chain' | 'floating' | 'lazy' | 'lists' | 'maybe';

export interface FloatingPromise {
  readonly value: FloatingValue;
  readonly floating: Floating;
}

export interface FloatingInput extends ReportsOption {
  readonly types: Types;
  readonly settings: Settings;
  readonly sourceCode: SourceCode;
  readonly cwd: string;
  readonly file: string;
  /** Whether every thenable counts, also those that may start only when they are awaited. */
  readonly checkThenables: boolean;
}

export function floatingPromises(
  places: readonly FloatingValue[],
  input: FloatingInput,
): readonly FloatingPromise[] {
  const callees = calleeFacts(
    places.flatMap(({ node }) => (node.type === 'CallExpression' ? [node] : [])),
    input,
  );
  const candidates = places.filter(
    ({ node }) => callees.get(node as TSESTree.CallExpression)?.couldGivePromise() !== false,
  );
  input.types.values(
    candidates.flatMap((value) =>
      isPartOfDropped(value) ? [value.node, value.whole] : value.node,
    ),
  );
  const likely = candidates.filter(({ node }) => isPromise(factsOf(node, input), input));
  input.types.calls(likely.flatMap(callsOf));
  const found = candidates.flatMap((value): FloatingPromise[] => {
    const floating = howItFloats(value, input);
    return floating === undefined ? [] : [{ value, floating }];
  });
  input.types.calls(found.flatMap(({ value }) => callsOf(value)));
  // `await Promise.all([ids.map(load)])` gives a list that floats, and is wrong further inside.
  const around = new Set(found.flatMap(({ floating, value }) => awaitAround(floating, value)));
  return found.filter(({ value }) => !around.has(value.node) && isReported(value, input));
}

function awaitAround(floating: Floating, { by }: FloatingValue): readonly TSESTree.Node[] {
  const taken = floating === 'nested' ? consumerOf(by) : undefined;
  return taken?.kind === 'awaited' ? [outermost(taken.by)] : [];
}

function howItFloats(value: FloatingValue, input: FloatingInput): Floating | undefined {
  const { node, place, whole } = value;
  const isDropped = isDroppedIn(place);
  const facts = factsOf(node, input);
  if (place === 'nested') return isNested(value, facts, input) ? 'nested' : undefined;
  // `never && load()` has the type of its left side: what stands right never runs.
  if (isPartOfDropped(value) && factsOf(whole, input).isPlain) return undefined;
  if (isDropped && holdsPromises(facts, input)) return 'array';
  if (isDropped && facts.elements.some((list) => holdsPromises(list, input))) return 'lists';
  // Of `await p` the type may still be a promise: that of `Promise<1> & 1` stays as it is.
  if (unwrapped(node).type === 'AwaitExpression' || !isPromise(facts, input)) return undefined;
  if (isSafeBeforeFinally(node, input)) return undefined;
  if (!isDropped) return isForResult(facts, place) ? undefined : place;
  if (facts.matches(LAZY_PROMISES)) return 'lazy';
  if (isListening(node, input) || isExpectedToThrow(node)) return undefined;
  if (isSetInDefinition(node, input.sourceCode)) return undefined;
  const { root } = chainOf(node);
  // That is what no-detached-iife says, also where there are no types.
  if (isAsyncIife(root)) return undefined;
  // `task.then(show)`: the group waits for the task, and keeps its error.
  if (root !== unwrapped(node) && factsOf(root, input).is('task') === 'yes') return undefined;
  if (needsNoWaiting(node, input) || tellsCallback(node, input)) return undefined;
  const handled = isErrorHandled(node, input);
  // Where a program starts nobody is there who could wait, and an effect can only end what it starts.
  if (enclosingRun(node).type === 'Program' && (handled || isTakenByProgram(node, input))) {
    return undefined;
  }
  if (handled && isEndedByEffect(node, input.sourceCode)) return undefined;
  if (place === 'void') return 'void';
  // Nothing fails, and nothing runs on.
  if (handled) return isOverAtOnce(node, input) ? undefined : 'chain';
  if (facts.insteadOfPromise === undefined || node.type !== 'CallExpression') return 'floating';
  return givesNothing(node, input) ? undefined : 'maybe';
}

/** A program that listens for rejections takes this one, unless it ends before. */
function isTakenByProgram(node: TSESTree.Node, input: FloatingInput): boolean {
  return handlesRejections(input) && !isBeforeExit(node, input.sourceCode);
}

function isDroppedIn(place: FloatingPlace): place is 'statement' | 'void' {
  return place === 'statement' || place === 'void';
}

/** `load()` of `ready && load();`. Of each part of a long test the checker would look at all of it. */
function isPartOfDropped({ node, place, whole }: FloatingValue): boolean {
  return isDroppedIn(place) && node !== whole;
}

function holdsPromises({ elements }: ValueFacts, input: FloatingInput): boolean {
  return elements.some((element) => isPromise(element, input));
}

/** Whether one of the values to wait for is a list of promises, and no promise. */
function isNested({ by, whole }: FloatingValue, facts: ValueFacts, input: FloatingInput): boolean {
  // `ids?.map(load) ?? []` is the whole list as well.
  const isWhole = by.type === 'CallExpression' && unwrapped(by.arguments[0]!) === whole;
  const values = isWhole ? facts.elements : [facts];
  return values.some((value) => value.thenable === 'no' && holdsPromises(value, input));
}

/**
 * Of a `T | Promise<T>` the code may know that it is a result; `if (p)` may ask for `undefined`, and
 * so may `assert.equal(waiting.get(id), undefined)`.
 */
function isForResult({ insteadOfPromise }: ValueFacts, place: FloatingPlace): boolean {
  if (insteadOfPromise === 'result') return place !== 'default' && place !== 'exported';
  return insteadOfPromise === 'nothing' && (place === 'tested' || place === 'argument');
}

const GIVING_ITSELF: ReadonlySet<string> = new Set([...LISTENER_METHODS, 'off', 'removeListener']);

/** `download.on('progress', show)`: a promise that is an emitter too gives itself. */
function isListening(node: TSESTree.Node, input: FloatingInput): boolean {
  const member = calledMember(unwrapped(node));
  if (member?.name === undefined || !GIVING_ITSELF.has(member.name)) return false;
  return !isMade(member.object) && isPromise(factsOf(member.object, input), input);
}

function isPromise(facts: ValueFacts, { settings, checkThenables }: FloatingInput): boolean {
  const isLazy = (): boolean => facts.lazyThenable === 'yes' && facts.is('task') !== 'yes';
  if (facts.promise !== 'yes' && !(checkThenables && isLazy())) return false;
  return !facts.matches(settings.safePromises);
}

function factsOf(node: TSESTree.Node, { types }: FloatingInput): ValueFacts {
  return types.values([node])[0]!;
}

/** `safe().finally(close)` gives a plain promise, and is as safe as what it was called on. */
function isSafeBeforeFinally(node: TSESTree.Node, input: FloatingInput): boolean {
  const { safePromises } = input.settings;
  if (safePromises.length === 0) return false;
  const before = beforeFinally(node);
  return before !== unwrapped(node) && factsOf(before, input).matches(safePromises);
}

function callsOf({ by, node, place }: FloatingValue): readonly CallNode[] {
  const nodes = place === 'argument' ? [by, unwrapped(node)] : [unwrapped(node)];
  return nodes.filter(isCallNode);
}

function isReported(value: FloatingValue, input: FloatingInput): boolean {
  const { settings, sourceCode, types } = input;
  const made = unwrapped(value.node);
  if (isCallNode(made)) {
    const [call] = types.calls([made]);
    if (call!.matches(settings.safeCalls) || isKnownSafe(call!, made)) return false;
    if (isOwned(made, input)) return false;
  }
  if (value.place !== 'argument') return true;
  return !isSettled(made, sourceCode) && isSwallowed(value, input);
}

/**
 * `router.push('/')`, `queryClient.refetchQueries().then(() => close())`: a library has it.
 * `group.createTask(load).then(show)`: its group has it.
 */
function isOwned(made: CallNode, input: FloatingInput): boolean {
  if (isOwnedByLibrary(made, input)) return true;
  const { links, root } = chainOf(made);
  const isTask = factsOf(root, input).is('task') === 'yes' || givesTask(root, input);
  if (links.length === 0) return isTask;
  if (!isTask && (!isCallNode(root) || !isOwnedByLibrary(root, input))) return false;
  const handlers = links.flatMap(({ fulfilled, rejected }) => [fulfilled, rejected]);
  return handlers.every((handler) => handler === undefined || !startsWork(handler, input.types));
}

/** `spawn(): Promise<void> { return this.group.createTask(load); }`, in the same file. */
function givesTask(call: TSESTree.Node, input: FloatingInput): boolean {
  const called = projectFunction(call, input);
  if (called === undefined || called.node.async || called.place.types === undefined) return false;
  const given = outcomeOf(called.node, called.place.sourceCode).returned.flatMap(sourcesOf);
  return given.length > 0 && given.every((value) => factsOf(value, input).is('task') === 'yes');
}

/** Whether the call takes anything, and what it gives cannot have the promise in it. */
function isSwallowed({ by, node }: FloatingValue, { settings, types }: FloatingInput): boolean {
  const consumer = consumerOf(node);
  if (consumer.kind !== 'handed-over') return false;
  const [call] = types.calls([consumer.by]);
  const { result } = call!;
  if (call!.takesPromise(consumer.argument) === 'yes') return false;
  if (result.isUntyped || call!.matches(settings.safeCalls)) return false;
  if (asksOfPromise(consumer.by, node, types) || tellsDouble(consumer.by)) return false;
  const isDropped = consumerOf(by).kind === 'dropped' && result.thenable === 'no';
  return result.isPlain || isDropped;
}

/** `Promise.resolve(…)` and `Promise.reject(…)` start no work that anybody could wait for. */
function isSettled(made: TSESTree.Node, sourceCode: SourceCode): boolean {
  const member = calledMember(made);
  if (member?.name !== 'resolve' && member?.name !== 'reject') return false;
  return isGlobalName(member.object, PLATFORM.promise, sourceCode);
}

function isCallNode(node: TSESTree.Node): node is CallNode {
  return isMade(node) && node.type !== 'ImportExpression';
}
