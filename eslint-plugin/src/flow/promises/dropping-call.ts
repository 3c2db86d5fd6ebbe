// Which calls drop the promise of a function that they are handed, and as what.
import type { TSESTree } from '@typescript-eslint/utils';

import { projectFunction } from '../../project/project-function.js';
import type { ReportsOption } from '../../reports-option.js';
import type { Settings } from '../../settings.js';
import type { CallbackArgument, CallbackCall } from '../../syntax/callback-arguments.js';
import { sourcesOf } from '../../syntax/consumers.js';
import { isFunction } from '../../syntax/enclosing.js';
import { isMade } from '../../syntax/floating-places.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { CallFacts, Origin } from '../../types/types.js';
import {
  LATER_FUNCTIONS,
  LISTENER_METHODS,
  PLATFORM,
  PREDICATE_METHODS,
  PROMISE_METHOD,
} from '../../vocabulary.js';
import {
  isListenerByName,
  isUntypedCall,
  leavesUnsettled,
  looksForThrow,
} from './doubtful-caller.js';
import type { TypedPlace } from './error-handling.js';
import { collectionGiven, isAnyTakenOf } from './kept-function.js';
import { dropsListeners, givesOwned, isMadeByLibrary, looksAtCallbacks } from './library-owner.js';
import { takesResult } from './taken-result.js';

/**
 * - `executor`: of `new Promise`
 * - `loop`: `forEach` of an array or a set, which ends before the work does
 * - `predicate`: `filter`, `some` …, which take the promise itself for the answer
 * - `throw`: an assertion that looks at what the function throws
 * - `settler`: somebody unknown, of a function that settles the promise around it
 * - `callback`: any other function that is called by somebody who takes nothing back
 */
export type Dropping = 'callback' | 'executor' | 'loop' | 'predicate' | 'settler' | 'throw';

/** By its type, by what is known of its code, or by no more than its name. */
export type KnownBy = 'code' | 'name' | 'type';

export interface DroppingInput extends ReportsOption, TypedPlace {
  readonly settings: Settings;
}

/** `emitter.off('data', save)` compares the function and does not call it. */
const REMOVING =
  /^(clear|delete|detach|disconnect|has|off|remove|un(bind|hook|listen|register|subscribe|watch))/;

export function droppingOf(
  argument: CallbackArgument,
  facts: CallFacts,
  input: DroppingInput,
): Dropping | undefined {
  const { call, index, node } = argument;
  if (looksForThrow(argument, facts)) return 'throw';
  const result = facts.callbackResult(index);
  const isTyped = result !== 'no-callback' || !argument.isAsync || !isUntypedCall(argument, input);
  if (result === 'taken' || (result === 'no-callback' && isTyped)) return undefined;
  const { origin } = facts;
  if (facts.matches(input.settings.safeCalls) || REMOVING.test(origin?.name ?? '')) {
    return undefined;
  }
  if (isOfLibrary(call, node, input)) return undefined;
  if (result === 'unknown' || result === 'no-callback') {
    const dropping = knownDropping(origin, index) ?? unknownDropping(argument, facts, input);
    return dropping === 'predicate' && isLookedUp(node) ? undefined : dropping;
  }
  if (call.type === 'NewExpression') {
    if (facts.result.promise === 'yes' && index === 0) return 'executor';
    return isTakenAllTheSame(call, index, input) ? undefined : 'callback';
  }
  // The promise that `finally` gives waits for what its callback gives.
  if (origin?.name === PROMISE_METHOD.finally && isOf(origin, PROMISES)) return undefined;
  const isLoop = origin?.name === 'forEach' && isOf(origin, LISTS);
  if (isLoop) return 'loop';
  return isTakenAllTheSame(call, index, input) ? undefined : 'callback';
}

/** Of `stream.on('close', async …)`, where `stream` is `any`, no type says what becomes of the promise. */
export function knownBy(
  { call, index }: CallbackArgument,
  facts: CallFacts,
  input: DroppingInput,
): KnownBy {
  if (facts.callbackResult(index) === 'dropped') return 'type';
  const isKnown = knownDropping(facts.origin, index) !== undefined || dropsListeners(call, input);
  return isKnown ? 'code' : 'name';
}

/**
 * A function of the project may await what its parameter is not declared to give, and so may code
 * that calls what is in a collection: `jobs.push(async () => …)`.
 */
function isTakenAllTheSame(call: CallbackCall, index: number, input: DroppingInput): boolean {
  const collection = collectionGiven({ kind: 'handed-over', by: call, argument: index });
  if (collection !== undefined && isAnyTakenOf(collection, input.sourceCode)) return true;
  const called = projectFunction(call, input);
  return called !== undefined && takesResult(called, index);
}

/** The library looks at what the function gives, made the function, or owns what it gives. */
function isOfLibrary(call: CallbackCall, node: TSESTree.Node, input: DroppingInput): boolean {
  return looksAtCallbacks(call, input) || isMadeByLibrary(node, input) || givesOwned(node, input);
}

function unknownDropping(
  argument: CallbackArgument,
  facts: CallFacts,
  input: DroppingInput,
): Dropping | undefined {
  if (leavesUnsettled(argument, input)) return 'settler';
  if (input.reports === 'mistakes') return undefined;
  const isDropped =
    dropsListeners(argument.call, input) || isListenerByName(argument, facts, input);
  return isDropped ? 'callback' : undefined;
}

/** Functions of the platform that say `any` of a result, and take nothing. */
function knownDropping(origin: Origin | undefined, index: number): Dropping | undefined {
  if (origin?.from !== 'lib') return undefined;
  const { name, parents } = origin;
  if (LISTENER_METHODS.has(name) && index === 1) return 'callback';
  if (LATER_FUNCTIONS.has(name) && index === 0) return 'callback';
  const isPredicate = PREDICATE_METHODS.has(name) && /Array$/.test(parents[0] ?? '') && index === 0;
  return isPredicate ? 'predicate' : undefined;
}

const LISTS: ReadonlySet<string | undefined> = new Set([
  'Array',
  'ReadonlyArray',
  'ReadonlySet',
  'Set',
]);
const PROMISES: ReadonlySet<string | undefined> = new Set([PLATFORM.promise]);

/** `pages.filter((page) => page.loading)` asks whether there is a promise, and started none. */
function isLookedUp(node: TSESTree.Node): boolean {
  const callback = unwrapped(node);
  if (!isFunction(callback) || callback.async || callback.body.type === 'BlockStatement') {
    return false;
  }
  return !sourcesOf(callback.body).some(isMade);
}

function isOf(origin: Origin, types: ReadonlySet<string | undefined>): boolean {
  return origin.from === 'lib' && types.has(origin.parents[0]);
}
