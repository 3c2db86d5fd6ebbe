// What a call of `Promise.all`, `any` or `race` starts by itself: the work that runs on when the call
// has failed, or another one has won.
//
//   Promise.all([charge(), ship()])            // both
//   Promise.all(ids.map((id) => load(id)))     // one for each
//   Promise.race([poll(), stopped])            // one, against an event
//   Promise.all(Object.values({ a: load() }))  // those of an object
import type { TSESTree } from '@typescript-eslint/utils';

import type { Settings } from '../../settings.js';
import { isCall } from '../../syntax/calls-in.js';
import { isMapping, mapperOf } from '../../syntax/collection.js';
import { sourcesOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import { isEventPromise } from '../../syntax/event-promise.js';
import { isMade } from '../../syntax/floating-places.js';
import { isGlobalName } from '../../syntax/mooring-reference.js';
import { chainOf } from '../../syntax/promise-chain.js';
import { isSettledPromise, promiseStatic } from '../../syntax/promise-static.js';
import { calledMember } from '../../syntax/property-name.js';
import { functionOf, type SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { ValueFacts } from '../../types/types.js';
import { isOverAtOnce } from './ended-at-once.js';
import { isErrorHandled, type TypedPlace } from './error-handling.js';
import { isEvent } from './meanwhile.js';

/** `Promise.allSettled` is none: it waits for all, whatever they do. */
export type Combinator = 'all' | 'any' | 'race';

export interface CombiningCall {
  readonly call: TSESTree.CallExpression;
  readonly combinator: Combinator;
  /** The list of what is combined, as it is written in the call; of `Object.values({ … })` the object. */
  readonly list: TSESTree.Node;
}

interface Reading extends TypedPlace {
  readonly settings: Settings;
}

export function combiningCall(
  call: TSESTree.CallExpression,
  sourceCode: SourceCode,
): CombiningCall | undefined {
  const combinator = promiseStatic(call, sourceCode);
  if (combinator !== 'all' && combinator !== 'any' && combinator !== 'race') return undefined;
  const [given] = call.arguments;
  if (given === undefined || given.type === 'SpreadElement') return undefined;
  const list = unwrapped(given);
  return { call, combinator, list: valuesOf(list, sourceCode) ?? list };
}

/** The object of `Object.values({ … })`. */
function valuesOf(
  list: TSESTree.Node,
  sourceCode: SourceCode,
): TSESTree.ObjectExpression | undefined {
  if (list.type !== 'CallExpression' || list.arguments[0]?.type !== 'ObjectExpression') return;
  return isGlobalName(list.callee, 'Object.values', sourceCode) ? list.arguments[0] : undefined;
}

/** Whether one that fails or wins leaves work behind that was started in the list. */
export function leavesWorkBehind(combining: CombiningCall, reading: Reading): boolean {
  const { combinator, list } = combining;
  // What handles its error cannot be the one that fails; it can still be the one that loses.
  const mayFail = (part: TSESTree.Node): boolean =>
    combinator !== 'all' || !isErrorHandled(part, reading);
  if (list.type !== 'ArrayExpression' && list.type !== 'ObjectExpression') {
    return isMapping(list) && mayFail(list) && startsEach(list, reading);
  }
  const parts = partsOf(combining);
  const started = parts.filter((part) => startsWork(part, reading));
  const isSeveral =
    parts.some(isMapping) || parts.filter((part) => isOther(part, reading)).length > 1;
  // `Promise.all([page.waitForURL('/'), page.click('a')])`: the one sets off the other.
  const isTrigger =
    combinator === 'all' &&
    started.length === 1 &&
    parts.every((part) => started.includes(part) || isWait(part, reading));
  return (
    started.length > 0 &&
    isSeveral &&
    !isTrigger &&
    parts.filter((part) => isOther(part, reading)).some(mayFail)
  );
}

/** The expressions that the values of the list can come from, or the list itself. */
export function partsOf({ list }: CombiningCall): readonly TSESTree.Node[] {
  if (list.type === 'ObjectExpression') {
    return list.properties.flatMap((property) =>
      property.type === 'Property' ? sourcesOf(property.value) : [],
    );
  }
  if (list.type !== 'ArrayExpression') return [list];
  return list.elements.flatMap((element) => {
    if (element === null) return [];
    return sourcesOf(element.type === 'SpreadElement' ? element.argument : element);
  });
}

/** `load()`, but for what starts nothing, and for the wait for an event. */
function startsWork(part: TSESTree.Node, reading: Reading): boolean {
  const node = unwrapped(part);
  if (isMapping(node)) return startsEach(node, reading);
  // `request.then(parse)` goes on with what was started before.
  if (!isMade(chainOf(node).root) || node.type === 'ImportExpression') return false;
  if (isWait(node, reading) || isSettled(node, reading) || isOfGroup(node, reading)) return false;
  if (isOverAtOnce(node, reading)) return false;
  return isPromise(reading.types.value(part), reading);
}

function isWait(part: TSESTree.Node, { sourceCode }: Reading): boolean {
  return isEvent(part) || isEventPromise(part, sourceCode);
}

/** What `Promise.all` would wait for. */
function isOther(part: TSESTree.Node, { types }: Reading): boolean {
  return types.value(part).thenable !== 'no';
}

function startsEach(list: TSESTree.Node, reading: Reading): boolean {
  const isOfPromises = calledMember(list);
  const before = isOfPromises && reading.types.value(isOfPromises.object);
  if (givesWhatWasThere(list, reading)) return false;
  // `tasks.map((task) => task.then(show))` goes over what was started before.
  if (before?.elements.some((element) => element.thenable === 'yes')) return false;
  return reading.types.value(list).elements.some((element) => isPromise(element, reading));
}

/** `folders.map(async (folder) => folder.ready)`: nothing is called, and so nothing is started. */
function givesWhatWasThere(list: TSESTree.Node, { sourceCode }: Reading): boolean {
  const mapper = mapperOf(list);
  const called = mapper && functionOf(mapper, sourceCode);
  return called !== undefined && ![...descendants(called.body, sourceCode)].some(isCall);
}

/** `task.join()`, `group.join()`: what runs has an owner. */
function isOfGroup(node: TSESTree.Node, reading: Reading): boolean {
  const member = calledMember(node);
  const owner = member && reading.types.value(member.object);
  return owner !== undefined && (owner.is('task') === 'yes' || owner.is('group') === 'yes');
}

/** `Promise.resolve(1)`, and what comes a turn later: `Promise.resolve().then(() => undefined)`. */
function isSettled(node: TSESTree.Node, { sourceCode }: Reading): boolean {
  const { links, root } = chainOf(node);
  if (!isSettledPromise(root, sourceCode)) return false;
  return links.every(({ fulfilled, rejected }) =>
    [fulfilled, rejected].every((handler) => handler === undefined || isIdle(handler)),
  );

  function isIdle(handler: TSESTree.Node): boolean {
    const called = functionOf(handler, sourceCode);
    const calls = called && [...descendants(called.body, sourceCode)].filter(isCall);
    return calls?.every((call) => promiseStatic(call, sourceCode) !== undefined) === true;
  }
}

function isPromise(value: ValueFacts, { settings }: Reading): boolean {
  return value.promise === 'yes' && !value.matches(settings.safePromises);
}
