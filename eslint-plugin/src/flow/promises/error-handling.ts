// Whether the error of a promise is handled, by the chain that hangs on it or in the function that
// gives it, also where another file of the project has that function:
//
//   load().catch(report);
//   save();                  // async function save() { try { … } catch (error) { report(error); } }
//   client.send('a');        // send(message) { return this.write(message).catch(report); }
import type { TSESTree } from '@typescript-eslint/utils';

import type { Place } from '../../project/project-place.js';
import { isWithoutResult } from '../../project/made-function.js';
import { type ProjectRun, projectRun } from '../../project/project-run.js';
import { isMapping, mapperOf } from '../../syntax/collection.js';
import { sourcesOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import { type FunctionNode, isFunction } from '../../syntax/enclosing.js';
import { outcomeOf } from '../../syntax/function-outcome.js';
import { handlesItsErrors } from '../../syntax/handled-errors.js';
import { contentsOf } from '../../syntax/list-contents.js';
import { heldFunctionOf } from '../../syntax/held-callback.js';
import { beforeFinally, chainOf, errorHandlerOf, linkOf } from '../../syntax/promise-chain.js';
import { promiseStatic } from '../../syntax/promise-static.js';
import { ownMethod } from '../../syntax/own-method.js';
import { calledMember } from '../../syntax/property-name.js';
import { isCaught } from '../../syntax/tries-around.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { Types } from '../../types/types.js';
import { isWithoutError } from './library-owner.js';
import { isSettledValue, neverRejects } from './never-rejects.js';
import { ERRORS_AS_VALUES } from './odd-promises.js';
import { FunctionAnswers } from '../../project/function-answers.js';

export interface TypedPlace extends Place {
  readonly types: Types;
}

/** How many functions are looked into, one out of the other. */
const DEEPEST = 5;

export function isErrorHandled(promise: TSESTree.Node, place: Place, depth = DEEPEST): boolean {
  if (isChainHandled(promise, place) || isErrorAValue(promise, place)) return true;
  if (depth === 0) return false;
  const before = beforeFinally(promise);
  if (neverRejects(before, place) || isSwallowed(before, place) || isCombined(before, place, depth))
    return true;
  if (isQuietLink(before, place, depth) || isFilledQuietly(promise, place, depth)) return true;
  const mapper = mapperOf(unwrapped(promise));
  const called = mapper === undefined ? projectRun(before, place) : handedFunction(mapper, place);
  return called !== undefined && handlesErrors(called, depth - 1);
}

/** `queryClient.invalidateQueries()`: the query has the error, and the promise never rejects. */
function isSwallowed(promise: TSESTree.Node, { sourceCode, types }: Place): boolean {
  const made = unwrapped(promise);
  if (types === undefined || made.type !== 'CallExpression') return false;
  return isWithoutError(made, { sourceCode, types });
}

/** `Promise<Either<E, A>>`: what goes wrong is a value of it. */
function isErrorAValue(promise: TSESTree.Node, { types }: Place): boolean {
  const results = types?.value(promise).results ?? [];
  return results.length > 0 && results.every((result) => result.matches(ERRORS_AS_VALUES));
}

/** `Promise.all([save(), flush()])` rejects where one of these does. */
function isCombined(promise: TSESTree.Node, place: Place, depth: number): boolean {
  if (promise.type !== 'CallExpression') return false;
  if (!COMBINING.has(promiseStatic(promise, place.sourceCode))) return false;
  const [list] = promise.arguments;
  if (list?.type !== 'ArrayExpression') {
    if (list === undefined) return false;
    if (isFilledQuietly(list, place, depth)) return true;
    return isMapping(list) && isErrorHandled(list, place, depth - 1);
  }
  return list.elements.every((element) => {
    const part = element?.type === 'SpreadElement' ? element.argument : element;
    return part === null || part === undefined || isErrorHandled(part, place, depth - 1);
  });
}

/** `jobs`, where each line that fills it has a handler: `jobs.push(load().catch(report));`. */
function isFilledQuietly(list: TSESTree.Node, place: Place, depth: number): boolean {
  const contents = contentsOf(list, place.sourceCode);
  if (contents === undefined || contents.length === 0) return false;
  return contents.every((each) => isErrorHandled(each, place, depth - 1));
}

/**
 * `theme().then((theme) => show(theme))`, where `theme` handles its errors, and so does `show`;
 * `Promise.resolve().then(flush)`.
 */
function isQuietLink(promise: TSESTree.Node, place: Place, depth: number): boolean {
  const link = linkOf(promise);
  if (link === undefined || link.isFinally || !isFunction(link.fulfilled)) return false;
  const before = calledMember(promise)!.object;
  if (!isSettledValue(before, place) && !isErrorHandled(before, place, depth - 1)) return false;
  return isQuiet(link.fulfilled, place, depth - 1);
}

/** That a plain call in it may throw is left aside, as in any function: nearly every call may. */
function isQuiet(node: FunctionNode, place: Place, depth: number): boolean {
  if (node.async) return handlesErrors({ node, place }, depth);
  const { sourceCode } = place;
  const isThrown = (each: TSESTree.Node): boolean =>
    each.type === 'ThrowStatement' && !isCaught(each, node);
  if (node.generator || [...descendants(node.body, sourceCode, 'own')].some(isThrown)) return false;
  return outcomeOf(node, sourceCode).returned.every(
    (value) => isPlain(value, place) || isErrorHandled(value, place, depth),
  );
}

const COMBINING: ReadonlySet<string | undefined> = new Set(['all', 'race']);

/** Of `ids.map(load)` it is `load` whose error each promise may have. */
function handedFunction(handed: TSESTree.Node, place: Place): ProjectRun | undefined {
  const node = heldFunctionOf(handed, place.sourceCode) ?? ownMethod(handed);
  // `ids.map((id) => [id, load(id)])` gives no promise itself, and has one.
  const isEntry = node !== undefined && unwrapped(node.body).type === 'ArrayExpression';
  return node && !isEntry ? { node, place } : undefined;
}

/** Whether the chain that ends in an expression has a function for its error. */
export function isChainHandled(promise: TSESTree.Node, { types }: Place): boolean {
  const handler = errorHandlerOf(chainOf(promise));
  if (handler === undefined) return false;
  if (isFunction(handler) || handler.type === 'SpreadElement' || types === undefined) return true;
  return types.value(handler).callable !== 'no';
}

/** What is known of a function, by the depth that was left to look. */
const known = new FunctionAnswers();

/** Whether the promise that a function gives never rejects, as far as its code tells. */
export function handlesErrors(called: ProjectRun, depth = DEEPEST): boolean {
  const question = called.given === undefined ? depth : `${depth} ${called.given}`;
  return known.of(called.node, question, () => findWhetherHandled(called, depth));
}

function findWhetherHandled({ isReached, node, place }: ProjectRun, depth: number): boolean {
  const isHandled = (promise: TSESTree.Node): boolean => {
    const sources = sourcesOf(promise);
    // A literal has no sources.
    if (sources.length === 0) return node.body.type === 'BlockStatement';
    return sources.every(
      (source) =>
        isErrorHandled(source, place, depth) || isSettledValue(source, place) || isInBlock(source),
    );
  };
  // A function that is one expression has nothing else that could fail.
  const isInBlock = (value: TSESTree.Node): boolean =>
    node.body.type === 'BlockStatement' && (isPlain(value, place) || isOfNothing(value, place));
  if (node.generator) return false;
  if (node.async) return handlesItsErrors(node, place.sourceCode, isHandled, isReached);
  const returned = outcomeOf(node, place.sourceCode).returned.filter(isReached ?? (() => true));
  return returned.length > 0 && returned.every(isHandled);
}

/** `return inform();`, of a function of the project that gives nothing. */
function isOfNothing(value: TSESTree.Node, place: Place): boolean {
  const called = projectRun(value, place);
  return called !== undefined && isWithoutResult(called);
}

/** No promise: nothing that could reject. */
function isPlain(value: TSESTree.Node, { types }: Place): boolean {
  return types?.value(value).thenable === 'no';
}
