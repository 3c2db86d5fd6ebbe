// Promises in an async function that nobody has marked, where the code around says that an `await`
// was forgotten:
//
//   async gather() { this.data.gather(); }                  it is async, and waits for nothing
//   it('adds', async () => { store.add(1); … });            what comes next relies on it
//   await db.transaction(async (tx) => { tx.insert(a); });  `tx` is gone when the function ends
//   await file.write(a); await file.write(b); file.write(c);
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import { enclosingRun, type FunctionNode, isFunction } from '../../syntax/enclosing.js';
import { outcomeOf } from '../../syntax/function-outcome.js';
import { endsByItself } from '../../syntax/own-time.js';
import { chainOf } from '../../syntax/promise-chain.js';
import { isInTest } from '../../syntax/test-code.js';
import { isOnBorrowed } from '../../syntax/borrowed.js';
import { isAwaitedElsewhere, isCausedNext } from '../../syntax/other-awaits.js';
import { isInHandler } from '../../syntax/where-nobody-waits.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { waits } from './ended-at-once.js';
import type { TypedPlace } from './error-handling.js';

/**
 * - `step`: a step of a test
 * - `unawaited`: the async function around it awaits nothing and gives no promise
 * - `outlived`: it is work on what is given to the function for as long as it runs
 * - `forgotten`: each other call of the kind in the file is awaited
 */
export type ForgottenAwait = 'forgotten' | 'outlived' | 'step' | 'unawaited';

export function forgottenAwait(node: TSESTree.Node, place: TypedPlace): ForgottenAwait | undefined {
  const { file, sourceCode } = place;
  const run = enclosingRun(node);
  if (!isFunction(run) || !run.async || run.generator) return undefined;
  if (isInHandler(node, place) || isTelemetry(node, place)) return undefined;
  if (!endsByItself(node, sourceCode)) return undefined;
  if (isInTest(node, file)) return isCausedNext(node, sourceCode) ? undefined : 'step';
  if (waitsForNothing(run, place)) return isDropped(run, place) ? undefined : 'unawaited';
  if (isOnBorrowed(node, run, sourceCode)) return 'outlived';
  return isAwaitedElsewhere(node, sourceCode) ? 'forgotten' : undefined;
}

/** What was found of a function: each promise that is dropped in it asks. */
const idle = new WeakMap<FunctionNode, boolean>();

/** Whether a function has no use for its `async`, unless somebody were to wait in it. */
function waitsForNothing(run: FunctionNode, place: TypedPlace): boolean {
  const known = idle.get(run);
  if (known !== undefined) return known;
  const found = !waits(run, place.sourceCode) && givesNoPromise(run, place);
  idle.set(run, found);
  return found;
}

function givesNoPromise(run: FunctionNode, { sourceCode, types }: TypedPlace): boolean {
  return types
    .values(outcomeOf(run, sourceCode).returned)
    .every(({ isUntyped, thenable }) => thenable === 'no' && !isUntyped);
}

/** Whether nobody would wait for the function either: that is what no-async-void-callback says. */
function isDropped(run: FunctionNode, { types }: TypedPlace): boolean {
  const taken = consumerOf(run);
  if (taken.kind === 'dropped' || taken.by.type === 'JSXExpressionContainer') return true;
  if (taken.kind !== 'handed-over') return false;
  return types.calls([taken.by])[0]!.callbackResult(taken.argument) === 'dropped';
}

const TELEMETRY =
  /\b\w*([aA]nalytics|[lL]og(ger)?|[mM]etrics?|[sS]tats(Store)?|[tT]elemetry|[tT]racker|[tT]racking)\??\.\w+$|\b(track|recordMetric)\w*$|\blog[A-Z]\w*$/;

/** `this.stats.increment('pulls')`: no program waits for its counters. */
function isTelemetry(node: TSESTree.Node, { sourceCode }: TypedPlace): boolean {
  const call = unwrapped(chainOf(node).root);
  return call.type === 'CallExpression' && TELEMETRY.test(sourceCode.getText(call.callee));
}
