// Which of the values that float are promises that somebody should have taken, and how they float.
// Types are asked twice for a file: about all values, and about the calls of those that are
// promises. On doubt a value is none: `any` may be a promise, and a thenable of another library
// may start nothing until somebody awaits it.
import type { TSESTree } from '@typescript-eslint/utils';

import { projectFunction } from '../../project/project-function.js';
import { handlesRejections } from '../../project/rejection-handler.js';
import type { ReportsOption } from '../../reports-option.js';
import { callsBareMock } from '../../syntax/bare-mock.js';
import { consumerOf } from '../../syntax/consumers.js';
import { isEndedByEffect } from '../../syntax/ended-by-effect.js';
import { enclosingRun } from '../../syntax/enclosing.js';
import { expectsResult, isExpectedToThrow } from '../../syntax/expected-throw.js';
import { type FloatingPlace, type FloatingValue, isMade } from '../../syntax/floating-places.js';
import { outcomeOf } from '../../syntax/function-outcome.js';
import { isAsyncIife } from '../../syntax/async-iife.js';
import { isBeforeExit } from '../../syntax/mistaken-drop.js';
import { chainOf } from '../../syntax/promise-chain.js';
import { calledMember } from '../../syntax/property-name.js';
import { isSetInDefinition } from '../../syntax/set-in-definition.js';
import { resolved } from '../../syntax/variable.js';
import { outermost, unwrapped } from '../../syntax/wrappers.js';
import type { ValueFacts } from '../../types/types.js';
import { LISTENER_METHODS } from '../../vocabulary.js';
import { calleeFacts } from './by-callee.js';
import { givesNothing, isOfMadeFunction, tellsCallback } from './by-product.js';
import {
  type CountedBy,
  holdsPromises,
  isPromise,
  isSafeBeforeFinally,
} from './counted-promise.js';
import { isOverAtOnce } from './ended-at-once.js';
import { isErrorHandled, type TypedPlace } from './error-handling.js';
import { needsNoWaiting } from './needs-no-waiting.js';
import { LAZY_PROMISES } from './odd-promises.js';
import { callsAsked, isTakenElsewhere } from './taken-elsewhere.js';

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

export interface FloatingInput extends CountedBy, ReportsOption, TypedPlace {}

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
  const likely = candidates.filter(({ node }) => isPromise(input.types.value(node), input));
  input.types.calls(likely.flatMap(callsAsked));
  const found = candidates.flatMap((value): FloatingPromise[] => {
    const floating = howItFloats(value, input);
    return floating === undefined ? [] : [{ value, floating }];
  });
  input.types.calls(found.flatMap(({ value }) => callsAsked(value)));
  // `await Promise.all([ids.map(load)])` gives a list that floats, and is wrong further inside.
  const around = new Set(found.flatMap(({ floating, value }) => awaitAround(floating, value)));
  return found.filter(({ value }) => !around.has(value.node) && !isTakenElsewhere(value, input));
}

function awaitAround(floating: Floating, { by }: FloatingValue): readonly TSESTree.Node[] {
  const taken = floating === 'nested' ? consumerOf(by) : undefined;
  return taken?.kind === 'awaited' ? [outermost(taken.by)] : [];
}

function howItFloats(value: FloatingValue, input: FloatingInput): Floating | undefined {
  const { node, place, whole } = value;
  const isDropped = isDroppedIn(place);
  const facts = input.types.value(node);
  if (place === 'nested') return isNested(value, facts, input) ? 'nested' : undefined;
  // `never && load()` has the type of its left side: what stands right never runs.
  if (isPartOfDropped(value) && input.types.value(whole).isPlain) return undefined;
  if (isDropped && holdsPromises(facts, input)) return 'array';
  if (isDropped && facts.elements.some((list) => holdsPromises(list, input))) return 'lists';
  // Of `await p` the type may still be a promise: that of `Promise<1> & 1` stays as it is.
  if (unwrapped(node).type === 'AwaitExpression' || !isPromise(facts, input)) return undefined;
  if (isSafeBeforeFinally(node, input)) return undefined;
  if (!isDropped) return isForResult(facts, place) || isWritten(value) ? undefined : place;
  if (facts.matches(LAZY_PROMISES)) return 'lazy';
  if (isListening(node, input) || isOfItself(node, input)) return undefined;
  if (isExpectedToThrow(node) || expectsResult(node)) return undefined;
  if (isSetInDefinition(node, input.sourceCode)) return undefined;
  const { root } = chainOf(node);
  if (callsBareMock(root, input.sourceCode) || isOfMadeFunction(root, input)) return undefined;
  // That is what no-detached-iife says, also where there are no types.
  if (isAsyncIife(root)) return undefined;
  // `task.then(show)`: the group waits for the task, and keeps its error.
  if (root !== unwrapped(node) && input.types.value(root).is('task') === 'yes') return undefined;
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
  const call = unwrapped(node);
  if (call.type !== 'CallExpression' || !mayGiveNothing(value, call, input)) return 'floating';
  return givesNothing(call, input) ? undefined : 'maybe';
}

/** By the type of the callee. That there may be no session says nothing of what `session?.end()` gives. */
function mayGiveNothing(
  { node }: FloatingValue,
  call: TSESTree.CallExpression,
  input: FloatingInput,
): boolean {
  if (node === call) return input.types.value(node).insteadOfPromise !== undefined;
  const callee = input.types.value(call.callee);
  return callee.returns.some(({ insteadOfPromise }) => insteadOfPromise !== undefined);
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

/** `isObject(new Promise(() => {}))`: whoever writes it there means the promise. */
function isWritten({ node, place }: FloatingValue): boolean {
  return place === 'argument' && unwrapped(node).type === 'NewExpression';
}

const GIVING_ITSELF: ReadonlySet<string> = new Set([...LISTENER_METHODS, 'off', 'removeListener']);

/**
 * `download.on('progress', show)`: a promise that is an emitter too gives itself. One that has a promise for
 * any name at all, `{ [command: string]: () => Promise<Reply> }`, means no listener by that.
 */
function isListening(node: TSESTree.Node, input: FloatingInput): boolean {
  const call = unwrapped(node);
  const member = calledMember(call);
  if (member?.name === undefined || !GIVING_ITSELF.has(member.name)) return false;
  if (input.types.call(call as TSESTree.CallExpression).origin?.name !== member.name) return true;
  return !isMade(member.object) && isPromise(input.types.value(member.object), input);
}

/** `const pages = find(); pages.limit(5); return pages;`, where `limit` ends with `return this`. */
function isOfItself(node: TSESTree.Node, input: FloatingInput): boolean {
  const call = unwrapped(node);
  const object = calledMember(call)?.object;
  if (object === undefined || isMade(object)) return false;
  const called = projectFunction(call, input);
  if (called === undefined || called.node.async || called.node.generator) return false;
  const { sourceCode } = called.place;
  const { returned } = outcomeOf(called.node, sourceCode);
  const isThis = (value: TSESTree.Node): boolean =>
    resolved(value, sourceCode).type === 'ThisExpression';
  return returned.length > 0 && returned.every(isThis);
}
