// Calls that give a promise of what is over when they return: no work runs on.
//
//   async setWidth(width: number) { this.width = width; }
//   close() { return Promise.resolve(); }
//   save(page, false);    // save(page, isNow) { …; if (isNow) await write(page); }
import type { TSESTree } from '@typescript-eslint/utils';

import type { Place } from '../../project/project-place.js';
import { projectRun } from '../../project/project-run.js';
import { sourcesOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import { isInside } from '../../syntax/enclosing.js';
import { mayThrow } from '../../syntax/mistaken-drop.js';
import { outcomeOf } from '../../syntax/function-outcome.js';
import { isOfWrittenType } from '../../syntax/plain-value.js';
import { promiseStatic } from '../../syntax/promise-static.js';
import { waitsIn } from '../../syntax/waits-in.js';
import { unwrapped } from '../../syntax/wrappers.js';

/** How many functions are looked into, one out of the other. */
const DEEPEST = 3;

export function isOverAtOnce(promise: TSESTree.Node, place: Place, depth = DEEPEST): boolean {
  const made = unwrapped(promise);
  if (promiseStatic(made, place.sourceCode) === 'resolve') return true;
  const called = depth === 0 ? undefined : projectRun(made, place);
  if (called === undefined || called.node.generator) return false;
  const { sourceCode } = called.place;
  const { isReached = () => true, node } = called;
  const given = outcomeOf(node, sourceCode).returned.filter(isReached).flatMap(sourcesOf);
  if (!node.async) {
    return given.length > 0 && given.every((value) => isOverAtOnce(value, called.place, depth - 1));
  }
  if (waitsIn(node.body, sourceCode, isReached)) return false;
  return given.every(
    (value) => isPlain(value, called.place) || isOverAtOnce(value, called.place, depth - 1),
  );
}

/**
 * Whether a function that is not async does its work and then returns, on some way, a promise that
 * is settled: what fails in it is thrown, and a `catch` around the call sees it.
 *
 *     store(value) { this.cache.write(value); return Promise.resolve(value); }
 */
export function worksBeforeItReturns(promise: TSESTree.Node, place: Place): boolean {
  const called = projectRun(unwrapped(promise), place);
  if (called === undefined || called.node.async || called.node.generator) return false;
  const { sourceCode } = called.place;
  const { returned } = outcomeOf(called.node, sourceCode);
  const given = returned.flatMap(sourcesOf).map(unwrapped);
  if (!given.some((value) => promiseStatic(value, sourceCode) === 'resolve')) return false;
  return [...descendants(called.node.body, sourceCode, 'own')].some(
    (each) => mayThrow(each) && !returned.some((value) => isInside(each, value)),
  );
}

const VALUES: ReadonlySet<string> = new Set([
  'ArrayExpression',
  'BinaryExpression',
  'Literal',
  'ObjectExpression',
  'TemplateLiteral',
  'UnaryExpression',
]);

function isPlain(value: TSESTree.Node, { sourceCode, types }: Place): boolean {
  if (VALUES.has(unwrapped(value).type)) return true;
  if (types === undefined) return isOfWrittenType(value, sourceCode);
  return types.value(value).thenable === 'no';
}
