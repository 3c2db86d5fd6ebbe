// Whether nobody waits for a function, so that an `await` in it would be of use to no one:
//
//   setTimeout(async () => { …; save(); }, 10);
//   view.onDidChange(async () => { …; save(); });         // by its type the result is `any`
//   ready().then(async () => { …; save(); });             // the chain is dropped itself
//   menu([{ label: 'Save', click: async () => { …; save(); } }]);   // by its type it gives `void`
//   async function sendLater() { …; save(); }             sendLater(); sendLater();
import type { TSESTree } from '@typescript-eslint/utils';

import { projectFunction } from '../../project/project-function.js';
import { type Consumer, consumerOf } from '../../syntax/consumers.js';
import { isAlwaysDropped } from '../../syntax/dropped-function.js';
import type { FunctionNode } from '../../syntax/enclosing.js';
import { isLastIn } from '../../syntax/last-step.js';
import { linkOf } from '../../syntax/promise-chain.js';
import { calledName } from '../../syntax/property-name.js';
import type { Origin } from '../../types/types.js';
import { LATER_FUNCTIONS, LISTENER_METHODS, LISTENING } from '../../vocabulary.js';
import type { TypedPlace } from './error-handling.js';
import { expectedAt } from './expected-value.js';
import { takesResult } from './taken-result.js';

type HandedOver = Extract<Consumer, { kind: 'handed-over' }>;

/** Of a promise that is dropped in the function. */
export function isAside(promise: TSESTree.Node, run: FunctionNode, place: TypedPlace): boolean {
  return isDropped(promise, run, place) || isAlwaysDropped(run, place.sourceCode);
}

/** Whether nobody would wait for the function: that is what no-async-void-callback says. */
function isDropped(promise: TSESTree.Node, run: FunctionNode, place: TypedPlace): boolean {
  const taken = consumerOf(run);
  if (taken.kind === 'dropped' || taken.by.type === 'JSXExpressionContainer') return true;
  if (taken.kind === 'stored') return isKeptForNothing(run, place);
  if (taken.kind !== 'handed-over') return false;
  // What comes after a promise may rely on it, whoever waits for the whole.
  if (isOfDroppedChain(taken)) return isLastIn(promise, run.body);
  const call = place.types.call(taken.by);
  const result = call.callbackResult(taken.argument);
  if (result === 'dropped' || isLater(call.origin)) return true;
  const called = projectFunction(taken.by, place);
  if (called !== undefined) return !takesResult(called, taken.argument);
  return result === 'unknown' && LISTENING.test(calledName(taken.by) ?? '');
}

/** `setTimeout(async () => { save(); }, 10)`: the platform says `Function` of what it calls. */
function isLater(origin: Origin | undefined): boolean {
  if (origin?.from !== 'lib') return false;
  return LATER_FUNCTIONS.has(origin.name) || LISTENER_METHODS.has(origin.name);
}

/** `{ click: async () => { save(); } }`, where `click` is a `() => void`. */
function isKeptForNothing(run: FunctionNode, place: TypedPlace): boolean {
  const returns = expectedAt(run, place).flatMap((expected) => expected.returns);
  return returns.length > 0 && returns.every(({ isVoid }) => isVoid);
}

/** `ready().then(async () => { save(); });`, and not where a later link is to handle the error. */
function isOfDroppedChain({ by }: HandedOver): boolean {
  if (linkOf(by) === undefined) return false;
  for (let link: TSESTree.Node = by; ;) {
    const taken = consumerOf(link);
    if (taken.kind !== 'chained') return taken.kind === 'dropped';
    const { isFinally, rejected } = linkOf(taken.by)!;
    if (!isFinally && rejected !== undefined) return false;
    link = taken.by;
  }
}
