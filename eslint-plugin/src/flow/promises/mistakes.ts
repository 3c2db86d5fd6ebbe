// Which floating promises are a mistake in any program: what `recommended` reports.
//
// Many dropped promises are meant so: work aside, a handler, a message that somebody gets or not. Where
// the author has switched off a rule that says the same, he has decided. Of one that is marked with `void`, whose error is handled, or that stands where nobody can wait, the
// author has decided: it counts where the code itself says that he believes it to be waited for, or
// its error to be seen. One that is simply left where an `await` could stand is a mistake, unless it
// is said to be aside. On doubt it is none.
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import { enclosingRun, isFunction } from '../../syntax/enclosing.js';
import {
  askingOfPromise,
  ASSERTIONS,
  isBeforeExit,
  isInUnseenTry,
  losesAssertion,
  othersInTry,
  rootName,
} from '../../syntax/mistaken-drop.js';
import type { FloatingValue } from '../../syntax/floating-places.js';
import { isNullish } from '../../syntax/literal-value.js';
import { isPeerDisabled } from '../../syntax/peer-disabled.js';
import { chainOf } from '../../syntax/promise-chain.js';
import { isTelemetry, isTold } from '../../syntax/telemetry.js';
import { isNeverAwaited } from '../../syntax/other-awaits.js';
import { declaresTest, isInTest } from '../../syntax/test-code.js';
import { constantInit, rootVariable, type SourceCode } from '../../syntax/variable.js';
import { unawaited, unwrapped } from '../../syntax/wrappers.js';
import { isOverAtOnce, worksBeforeItReturns } from './ended-at-once.js';
import { isErrorHandled, type TypedPlace } from './error-handling.js';
import type { Floating, FloatingPromise } from './floating-promise.js';
import { couldBeGiven } from './given-to-caller.js';
import { couldBeAwaited, type ForgottenAwait, forgottenAwait } from './forgotten-await.js';

/**
 * - `unseen`: a `catch` stands around it that waits for nothing, and its error does not come to it
 * - `exit`: the process is ended by one of the next statements
 * - `assertion`: it has an assertion in it, and the test around ends before it
 * - `given`: the function around could return it, to a caller that is waited for
 * - `floating`: its error goes to no one, though somebody could wait for it
 */
export type DropMistake = ForgottenAwait | 'assertion' | 'exit' | 'floating' | 'given' | 'unseen';

/** Why the author cannot have meant to drop a promise. */
export function mistakeOfDrop(
  { floating, value: { node } }: FloatingPromise,
  place: TypedPlace,
): DropMistake | undefined {
  if (floating !== 'void' && floating !== 'chain' && floating !== 'floating') return undefined;
  const { root } = chainOf(node);
  if (declaresTest(root) || isOfNothing(root, place.sourceCode)) return undefined;
  if (isBeforeExit(node, place.sourceCode)) return 'exit';
  if (losesAssertion(node, place.sourceCode)) {
    return isOfVitest(node, place) ? undefined : 'assertion';
  }
  const mistake = floating === 'chain' ? undefined : unwaited(node, floating, place);
  if (mistake === undefined) return undefined;
  return isErrorHandled(node, place) || isOverAtOnce(node, place) ? undefined : mistake;
}

/** Vitest waits for `expect(load()).rejects` at the end of its test, also by its global name. */
function isOfVitest(node: TSESTree.Node, { types }: TypedPlace): boolean {
  const asking = askingOfPromise(node);
  const origin = asking && types.call(asking).origin;
  return origin !== undefined && /^(@vitest\/expect|vitest)$/.test(origin.package ?? '');
}

/** `const context: Context = undefined!; context.load();` is there for its types, and never run. */
function isOfNothing(call: TSESTree.Node, sourceCode: SourceCode): boolean {
  if (call.type !== 'CallExpression') return false;
  const variable = rootVariable(call.callee, sourceCode);
  const made = variable && constantInit(variable);
  return made !== undefined && isNullish(unwrapped(made));
}

/**
 * No `catch` was meant for what the file leaves wherever it calls it, for what has worked before it
 * returns, for a message, nor for what hangs on a promise of something else: `transition.finished`.
 */
function isNotMeant(node: TSESTree.Node, place: TypedPlace): boolean {
  const { sourceCode } = place;
  // What a test expects to throw may do so when it is called; what it rejects with fails the run.
  if (isInTest(node, place)) return true;
  const { root } = chainOf(node);
  if (root.type === 'MemberExpression' || isTold(root, sourceCode)) return true;
  return isNeverAwaited(node, sourceCode) || worksBeforeItReturns(node, place);
}

/** `const url = new URL(link); if (isWeb(url)) openExternal(url);` is one step for its author. */
const MOST_OTHERS = 3;

function unwaited(
  node: TSESTree.Node,
  floating: Floating,
  place: TypedPlace,
): DropMistake | undefined {
  const isMarked = floating === 'void' || isThenNothing(node);
  // A `catch` that has a lot to look at says nothing of one, and of one that is marked already where it has anything.
  const isForIt = othersInTry(node, place.sourceCode) <= (isMarked ? 0 : MOST_OTHERS);
  if (isForIt && isInUnseenTry(node, place.sourceCode) && !isNotMeant(node, place)) {
    return 'unseen';
  }
  if (isMarked && isInTest(node, place)) return undefined;
  if (couldBeGiven(node, place)) return 'given';
  if (isMarked) return undefined;
  return forgottenAwait(node, place) ?? (couldBeAwaited(node, place) ? 'floating' : undefined);
}

/** `import('./page.js').then(() => {});`: who writes that nothing comes of it has decided, as with `void`. */
function isThenNothing(node: TSESTree.Node): boolean {
  const { fulfilled } = chainOf(node).links.at(-1) ?? {};
  return (
    isFunction(fulfilled) &&
    fulfilled.body.type === 'BlockStatement' &&
    fulfilled.body.body.length === 0
  );
}

export function isMistake(found: FloatingPromise, place: TypedPlace): boolean {
  const { node, place: dropped } = found.value;
  if (isPeerDisabled(node, place.sourceCode)) return false;
  switch (found.floating) {
    case 'argument':
      return wantsResult(found.value, place);
    case 'exported':
      return false; // Who imports it has it.
    case 'maybe':
      return false; // `navigate(): void | Promise<void>` has callers in mind that drop it.
    case 'array':
    case 'lists': {
      const list = unawaited(node);
      // What an awaited call gives was begun by others, who have it.
      if (list !== node && place.types.value(list).thenable !== 'no') return false;
      return dropped !== 'void' && couldWait(node) && !isErrorHandled(list, place);
    }
    case 'chain':
    case 'floating':
    case 'void': {
      const mistake = mistakeOfDrop(found, place);
      // What the steps of a test bring about is mostly waited for by the next ones, or is of no account.
      return mistake !== undefined && mistake !== 'step';
    }
    default:
      return true;
  }
}

/**
 * Whether a call surely has no use for the promise itself: what the platform does, an assertion, a
 * log, and what computes a value of it. Any other may keep it, and wait for it: `app.provide(load())`.
 */
function wantsResult({ by, node }: FloatingValue, { sourceCode, types }: TypedPlace): boolean {
  const taken = consumerOf(node);
  if (taken.kind !== 'handed-over') return true;
  const call = types.call(taken.by);
  if (call.origin?.from === 'lib' || isTelemetry(taken.by, sourceCode)) return true;
  if (ASSERTIONS.has(rootName(taken.by) ?? '')) return true;
  return call.result.isPlain && consumerOf(by).kind !== 'dropped';
}

/** In an async function, which is no handler of a user interface, and at the top of a module. */
function couldWait(node: TSESTree.Node): boolean {
  const run = enclosingRun(node);
  return run.type === 'Program' || (isFunction(run) && run.async);
}
