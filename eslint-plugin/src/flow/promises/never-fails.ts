// Whether a function of the project gives what cannot reject, as far as the code of the project tells:
//
//   () => client.load(id).catch(() => null)
//   async () => { const isKnown = await ask(id); return isKnown ? id : undefined; }    where `ask` catches all
//   (id) => loadAll(id)                   async (id) => (await Promise.allSettled(…)).filter(isFound)
//
// It asks for more than error-handling.ts, where a handler that hands on some errors is one: here that is
// a way to fail. That a plain call may throw is left aside here too: nearly every call may.
import type { TSESTree } from '@typescript-eslint/utils';

import { FunctionAnswers } from '../../project/function-answers.js';
import type { Place } from '../../project/project-place.js';
import { type ProjectRun, projectRun } from '../../project/project-run.js';
import { sourcesOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import { type FunctionNode, isFunction } from '../../syntax/enclosing.js';
import { outcomeOf } from '../../syntax/function-outcome.js';
import { isOfWrittenType, isPlainValue } from '../../syntax/plain-value.js';
import { chainOf, errorHandlerOf } from '../../syntax/promise-chain.js';
import { calledMember } from '../../syntax/property-name.js';
import { isCaught } from '../../syntax/tries-around.js';
import { functionOf, type SourceCode } from '../../syntax/variable.js';
import { isWait } from '../../syntax/waits-in.js';
import { isSettledValue, neverRejects } from './never-rejects.js';

type Node = TSESTree.Node;

/** How many functions are looked into, one out of the other. */
const DEEPEST = 4;

const known = new FunctionAnswers();

export function neverFails(called: ProjectRun, depth = DEEPEST): boolean {
  const question = called.given === undefined ? depth : `${depth} ${called.given}`;
  return known.of(
    called.node,
    question,
    () => isSound(called, depth) && (isWaiting(called) || callsNothing(called)),
  );
}

/** Whether it throws nothing itself, and what it waits for and gives rejects never. */
function isSound(called: ProjectRun, depth: number): boolean {
  const { node, place } = called;
  if (node.generator) return false;
  const isFailure = (part: Node): boolean => isRisk(part, place, depth) && !isCaught(part, node);
  return (
    !partsOf(called).some(isFailure) &&
    returnedBy(called).every((value) => isSafe(value, place, depth))
  );
}

function isWaiting(called: ProjectRun): boolean {
  return (
    partsOf(called).some(({ type }) => type === 'AwaitExpression') ||
    returnedBy(called).some((value) =>
      sourcesOf(value).some((source) => !isPlain(source, called.place)),
    )
  );
}

/** Of a function that waits for nothing it is the calls that may throw. */
function callsNothing(called: ProjectRun): boolean {
  return partsOf(called).every(
    (part) => part.type !== 'CallExpression' || isCaught(part, called.node),
  );
}

function partsOf({ isReached, node, place }: ProjectRun): readonly Node[] {
  const parts = [...descendants(node.body, place.sourceCode, 'own')];
  return isReached === undefined ? parts : parts.filter(isReached);
}

function returnedBy({ isReached, node, place }: ProjectRun): readonly Node[] {
  const { returned } = outcomeOf(node, place.sourceCode);
  return isReached === undefined ? returned : returned.filter(isReached);
}

function isRisk(node: Node, place: Place, depth: number): boolean {
  switch (node.type) {
    case 'ThrowStatement':
      return true;
    case 'AwaitExpression':
      return !isSafe(node.argument, place, depth);
    default:
      return isWait(node);
  }
}

/** No promise, or one that nothing rejects. */
function isSafe(value: Node, place: Place, depth: number): boolean {
  return sourcesOf(value).every((source) => isSafeSource(source, place, depth));
}

function isSafeSource(source: Node, place: Place, depth: number): boolean {
  if (isPlain(source, place)) return true;
  if (neverRejects(source, place) || isSettledValue(source, place)) return true;
  const chain = chainOf(source);
  const handler = errorHandlerOf(chain);
  if (handler !== undefined) {
    const last = chain.links.filter(({ isFinally }) => !isFinally).at(-1);
    return [handler, last?.fulfilled].every(
      (each) => each === undefined || isQuiet(each, place, depth),
    );
  }
  const called = depth > 0 ? projectRun(source, place) : undefined;
  if (called === undefined) return false;
  // What such a function calls fails in the code that calls it, as any plain call may.
  return called.node.async ? neverFails(called, depth - 1) : isSound(called, depth - 1);
}

/** What it waits for is looked at by itself. */
function isPlain(source: Node, { sourceCode, types }: Place): boolean {
  if (NO_PROMISE.has(source.type) || isPlainValue(source, sourceCode)) return true;
  if (types === undefined) return isPlainByText(source, sourceCode);
  return types.value(source).thenable === 'no';
}

const NO_PROMISE: ReadonlySet<string> = new Set([
  'ArrayExpression',
  'AwaitExpression',
  'BinaryExpression',
  'ObjectExpression',
  'TemplateLiteral',
  'UnaryExpression',
]);

/** A handler that is not in sight is expected to be one that reports: `.catch(noop)`. */
function isQuiet(handler: Node, place: Place, depth: number): boolean {
  const node = functionOf(handler, place.sourceCode);
  if (node !== undefined) return depth > 0 && isSound({ node, place }, depth - 1);
  return handler.type !== 'SpreadElement';
}

/** Of a file without types: what methods of arrays give, and what its annotation makes no promise. */
function isPlainByText(value: Node, sourceCode: SourceCode): boolean {
  if (value.type === 'CallExpression') return LISTS.has(calledMember(value)?.name);
  return isOfWrittenType(value, sourceCode);
}

const LISTS: ReadonlySet<string | undefined> = new Set([
  ...['concat', 'every', 'filter', 'flatMap', 'includes', 'join', 'map', 'slice', 'some'],
]);

/** Whether a handler of a chain in a function hands some errors on. */
export function handsErrorsOn(node: FunctionNode, sourceCode: SourceCode): boolean {
  return [...descendants(node.body, sourceCode)].some((part) => {
    const handler = part.type === 'CallExpression' ? errorHandlerOf(chainOf(part)) : undefined;
    if (!isFunction(handler)) return false;
    return [...descendants(handler.body, sourceCode, 'own')].some(
      (each) => each.type === 'ThrowStatement' && !isCaught(each, handler),
    );
  });
}
