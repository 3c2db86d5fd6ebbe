// Which calls drop the promise of a function that they are handed, and as what.
import type { TSESTree } from '@typescript-eslint/utils';

import { projectFunction } from '../../project/project-function.js';
import type { ReportsOption } from '../../reports-option.js';
import type { Settings } from '../../settings.js';
import type { CallbackArgument, CallbackCall } from '../../syntax/callback-arguments.js';
import { sourcesOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import { type FunctionNode, isFunction } from '../../syntax/enclosing.js';
import { isMade } from '../../syntax/floating-places.js';
import { outcomeOf } from '../../syntax/function-outcome.js';
import { heldFunctionOf } from '../../syntax/held-callback.js';
import { ownMethod } from '../../syntax/own-method.js';
import { onlyArranges } from '../../syntax/only-arranges.js';
import { calledMember } from '../../syntax/property-name.js';
import { tellsItsOutcome } from '../../syntax/told-end.js';
import { settlesLast, tellsTest } from '../../syntax/told-last.js';
import { waitsIn } from '../../syntax/waits-in.js';
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
import { handlesErrors, type TypedPlace } from './error-handling.js';
import { givingCallbacks } from './giving-callback.js';
import { collectionGiven, isAnyTakenOf } from './kept-function.js';
import { dropsListeners, givesOwned, isMadeByLibrary, looksAtCallbacks } from './library-owner.js';
import { needsNoWaiting } from './needs-no-waiting.js';
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

export interface DroppedCallback {
  readonly argument: CallbackArgument;
  readonly dropping: Dropping;
  /** By its type, by what is known of its code, or by no more than its name. */
  readonly knownBy: 'code' | 'name' | 'type';
  /** The function handles its errors itself: it is only that nobody waits. */
  readonly isHandled: boolean;
  /** The function is async, and has nothing to wait for. */
  readonly isNeedless: boolean;
  /** Its last step settles a promise: somebody waits for that. */
  readonly isTelling: boolean;
}

export interface DroppingInput extends ReportsOption, TypedPlace {
  readonly settings: Settings;
}

/** The arguments whose promise is dropped. */
export function droppedCallbacks(
  candidates: readonly CallbackArgument[],
  input: DroppingInput,
): readonly DroppedCallback[] {
  const { types } = input;
  const giving = givingCallbacks(candidates, input);
  const calls = types.calls(giving.map(({ call }) => call));
  return giving.flatMap((argument, position): DroppedCallback[] => {
    const dropping = droppingOf(argument, calls[position]!, input);
    return dropping === undefined || tellsOnItsOwn(argument.node, dropping, input)
      ? []
      : [
          {
            argument,
            dropping,
            get knownBy() {
              return knownBy(argument, calls[position]!, input);
            },
            get isHandled() {
              return isHandledInside(argument.node, input) || isCaptured(argument.call, input);
            },
            get isNeedless() {
              return isNeedlesslyAsync(argument.node, input);
            },
            get isTelling() {
              return isTelling(argument.node, input);
            },
          },
        ];
  });
}

/** Of `stream.on('close', async …)`, where `stream` is `any`, no type says what becomes of the promise. */
function knownBy(
  { call, index }: CallbackArgument,
  facts: CallFacts,
  input: DroppingInput,
): DroppedCallback['knownBy'] {
  if (facts.callbackResult(index) === 'dropped') return 'type';
  const isKnown = knownDropping(facts.origin, index) !== undefined || dropsListeners(call, input);
  return isKnown ? 'code' : 'name';
}

/** `emitter.off('data', save)` compares the function and does not call it. */
const REMOVING =
  /^(clear|delete|detach|disconnect|has|off|remove|un(bind|hook|listen|register|subscribe|watch))/;

function droppingOf(
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

/**
 * `new Promise((resolve, reject) => load().then(resolve, reject))`, and an async function that
 * tells somebody on both ways: its `resolve` and `reject`, a callback, the stream it feeds; or, in
 * the end, the test.
 */
function tellsOnItsOwn(node: TSESTree.Node, dropping: Dropping, input: DroppingInput): boolean {
  const callback = functionBehind(node, input);
  if (callback === undefined) return false;
  const { sourceCode } = input;
  if (dropping === 'callback' && tellsTest(callback, input)) return true;
  if (dropping === 'executor' && cannotFail(callback, input)) return true;
  if (callback.async) return tellsItsOutcome(callback, sourceCode);
  const { returned } = outcomeOf(callback, sourceCode);
  return returned.length > 0 && returned.every((promise) => needsNoWaiting(promise, input));
}

/** `new Promise(async (resolve) => { await sleep(1); resolve(); })`: a `catch` might settle nothing. */
function cannotFail(executor: FunctionNode, input: DroppingInput): boolean {
  if (onlyArranges(executor, input.sourceCode)) return true;
  if (!handlesErrors({ node: executor, place: input })) return false;
  return ![...descendants(executor.body, input.sourceCode, 'own')].some(
    ({ type }) => type === 'CatchClause',
  );
}

/** `() => save().catch(report)`, `save` and `this.save.bind(this)` that are one `try`. */
function isHandledInside(argument: TSESTree.Node, input: DroppingInput): boolean {
  const node = functionBehind(argument, input);
  return node !== undefined && handlesErrors({ node, place: input });
}

/** `new EventEmitter({ captureRejections: true })` gives the errors of its listeners to that of `error`. */
function isCaptured(call: CallbackCall, { sourceCode }: DroppingInput): boolean {
  const name = calledMember(call)?.name;
  return (
    name !== undefined &&
    LISTENER_METHODS.has(name) &&
    /captureRejection|nodejs\.rejection/.test(sourceCode.text)
  );
}

function isTelling(argument: TSESTree.Node, input: DroppingInput): boolean {
  const called = functionBehind(argument, input);
  return called !== undefined && settlesLast(called, input.sourceCode);
}

/** `async () => { count++; }`: without `async` there would be no promise. */
function isNeedlesslyAsync(argument: TSESTree.Node, input: DroppingInput): boolean {
  const called = functionBehind(argument, input);
  if (called?.async !== true) return false;
  const { sourceCode, types } = input;
  if (waitsIn(called.body, sourceCode)) return false;
  return types
    .values(outcomeOf(called, sourceCode).returned)
    .every(({ promise, isUntyped }) => promise === 'no' && !isUntyped);
}

function functionBehind(
  node: TSESTree.Node,
  { sourceCode }: DroppingInput,
): FunctionNode | undefined {
  const member = calledMember(node);
  const value = member?.name === 'bind' ? member.object : node;
  return heldFunctionOf(value, sourceCode) ?? ownMethod(value);
}
