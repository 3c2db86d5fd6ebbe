// Which floating promises are a mistake in any program: what `recommended` reports.
//
// Of a promise that is marked with `void`, or whose error is handled, the author has decided; it is
// a mistake only where it cannot do what he meant. One that is simply left is a mistake, but for
// where there is nobody who could wait, or no work to wait for. On doubt it is none.
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import { enclosingFunction } from '../../syntax/enclosing.js';
import {
  isBeforeExit,
  isInUnseenTry,
  losesAssertion,
  statementOf,
} from '../../syntax/mistaken-drop.js';
import { isEndOfScript, isInHandler } from '../../syntax/where-nobody-waits.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { isOverAtOnce } from './ended-at-once.js';
import { isErrorHandled, type TypedPlace } from './error-handling.js';
import type { FloatingPromise } from './floating-promise.js';

/**
 * - `unseen`: a `catch` stands around it that its error does not come to
 * - `exit`: the process is ended by one of the next statements
 * - `assertion`: it has an assertion in it, and the test around ends before it
 * - `given`: the function around could return it, to somebody who waits for it
 */
export type DropMistake = 'assertion' | 'exit' | 'given' | 'unseen';

/** Why the author cannot have meant to drop a promise, though he has marked it or handles its error. */
export function mistakeOfDrop(
  { floating, value: { node } }: FloatingPromise,
  place: TypedPlace,
): DropMistake | undefined {
  const isMarked = floating === 'void';
  if (!isMarked && floating !== 'chain' && floating !== 'floating') return undefined;
  if (isBeforeExit(node, place.sourceCode)) return 'exit';
  if (losesAssertion(node, place.sourceCode)) return 'assertion';
  const reason = isInUnseenTry(node) ? 'unseen' : couldBeGiven(node, place) ? 'given' : undefined;
  if (!isMarked || reason === undefined) return undefined;
  return isErrorHandled(node, place) || isOverAtOnce(node, place) ? undefined : reason;
}

export function isMistake(found: FloatingPromise, place: TypedPlace): boolean {
  switch (found.floating) {
    case 'exported':
      return false; // Who imports it has it.
    case 'maybe':
      return false; // `navigate(): void | Promise<void>` has callers in mind that drop it.
    case 'array':
      return found.value.place !== 'void';
    case 'chain':
    case 'void':
      return mistakeOfDrop(found, place) !== undefined;
    case 'floating':
      return !isLetGo(found.value.node, place);
    default:
      return true;
  }
}

/** `lock.run(() => { void save(); })`, where the caller waits for what the function returns. */
function couldBeGiven(node: TSESTree.Node, { types }: TypedPlace): boolean {
  const around = enclosingFunction(node);
  if (around === undefined || around.async || around.generator) return false;
  const { body } = around;
  const isOnly = body.type === 'BlockStatement' ? body.body.length === 1 : true;
  if (!isOnly || (body.type === 'BlockStatement' && body.body[0] !== statementOf(node)))
    return false;
  const taken = consumerOf(around);
  if (taken.kind !== 'handed-over') return false;
  const [call] = types.calls([taken.by]);
  return (
    call!.parameter(taken.argument)?.returns.some(({ thenable }) => thenable === 'yes') ?? false
  );
}

/** Where nobody could wait, and what there is nothing to wait for. */
function isLetGo(node: TSESTree.Node, place: TypedPlace): boolean {
  const { file, sourceCode } = place;
  if (isEndOfScript(node, sourceCode) || isInHandler(node, file)) return true;
  return isTelemetry(node, place) || isOverAtOnce(node, place);
}

const TELEMETRY =
  /\b\w*([aA]nalytics|[lL]og(ger)?|[mM]etrics?|[sS]tats(Store)?|[tT]elemetry|[tT]racker|[tT]racking)\??\.\w+$|\b(track|recordMetric)\w*$|\blog[A-Z]\w*$/;

/** `this.stats.increment('pulls')`: no program waits for its counters. */
function isTelemetry(node: TSESTree.Node, { sourceCode }: TypedPlace): boolean {
  const call = unwrapped(node);
  return call.type === 'CallExpression' && TELEMETRY.test(sourceCode.getText(call.callee));
}
