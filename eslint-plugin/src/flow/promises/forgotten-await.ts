// Promises in an async function that nobody has marked, where the code around says that an `await`
// was forgotten:
//
//   async gather() { this.data.gather(); }                  it is async, and waits for nothing
//   it('adds', async () => { store.add(1); … });            what comes next relies on it
//   await db.transaction(async (tx) => { tx.insert(a); });  `tx` is gone when the function ends
//   await file.write(a); await file.write(b); file.write(c);
import type { TSESTree } from '@typescript-eslint/utils';

import { projectFunction } from '../../project/project-function.js';
import { handlesRejections } from '../../project/rejection-handler.js';
import { enclosingRun, type FunctionNode, isFunction } from '../../syntax/enclosing.js';
import { isMade } from '../../syntax/floating-places.js';
import { outcomeOf } from '../../syntax/function-outcome.js';
import { endsByItself } from '../../syntax/own-time.js';
import { chainOf } from '../../syntax/promise-chain.js';
import { isLastStep } from '../../syntax/last-step.js';
import { isAssertedNext } from '../../syntax/mistaken-drop.js';
import { isShown, isTelemetry } from '../../syntax/telemetry.js';
import { isInTest, testAround } from '../../syntax/test-code.js';
import { isOnBorrowed } from '../../syntax/borrowed.js';
import { isAwaitedElsewhere, isCausedNext, isLeftMethod } from '../../syntax/other-awaits.js';
import { waitsIn } from '../../syntax/waits-in.js';
import { isInHandler } from '../../syntax/where-nobody-waits.js';
import { isAside } from './dropped-run.js';
import type { TypedPlace } from './error-handling.js';
import { isMeantAside } from './meant-aside.js';
import { passesMessage } from './passing-on.js';

/**
 * - `step`: a step of a test
 * - `unawaited`: the async function around it awaits nothing and gives no promise
 * - `outlived`: it is work on what is given to the function for as long as it runs
 * - `forgotten`: each other call of the kind in the file is awaited
 */
export type ForgottenAwait = 'forgotten' | 'outlived' | 'step' | 'unawaited';

export function forgottenAwait(node: TSESTree.Node, place: TypedPlace): ForgottenAwait | undefined {
  const { sourceCode } = place;
  const run = enclosingRun(node);
  if (!isFunction(run) || !run.async || run.generator) return undefined;
  if (!isWorthAWait(node, place)) return undefined;
  if (testAround(node) !== undefined) {
    if (isCausedNext(node, sourceCode)) return undefined;
    // Whoever looks at once at what it does knows that it is done at once.
    const isForgotten = isAwaitedElsewhere(node, sourceCode) && !isAssertedNext(node, sourceCode);
    return isForgotten ? 'forgotten' : 'step';
  }
  if (waitsForNothing(run, place)) {
    const isOfNoUse = isShown(chainOf(node).root, sourceCode) || isAside(node, run, place);
    return isOfNoUse ? undefined : 'unawaited';
  }
  if (isOnBorrowed(node, run, sourceCode)) return 'outlived';
  if (!isAwaitedElsewhere(node, sourceCode) || isAside(node, run, place)) return undefined;
  return 'forgotten';
}

/** What was found of a function: each promise that is dropped in it asks. */
const idle = new WeakMap<FunctionNode, boolean>();

/** Whether a function has no use for its `async`, unless somebody were to wait in it. */
function waitsForNothing(run: FunctionNode, place: TypedPlace): boolean {
  const known = idle.get(run);
  if (known !== undefined) return known;
  const found = !waitsIn(run.body, place.sourceCode) && givesNoPromise(run, place);
  idle.set(run, found);
  return found;
}

function givesNoPromise(run: FunctionNode, { sourceCode, types }: TypedPlace): boolean {
  return types
    .values(outcomeOf(run, sourceCode).returned)
    .every(({ isUntyped, thenable }) => thenable === 'no' && !isUntyped);
}

/**
 * Whether an `await` could stand where a promise is simply left, and its error goes to no one: in an
 * async function that somebody waits for, or in a module. Not in a test or a helper of one, whose steps
 * are mostly waited for by what they bring about, and not what the file leaves wherever it calls it.
 */
export function couldBeAwaited(node: TSESTree.Node, place: TypedPlace): boolean {
  const { root } = chainOf(node);
  if (isInTest(node, place) || !isWorthAWait(node, place)) return false;
  if (passesMessage(root, place) || isLeftMethod(root, place.sourceCode)) return false;
  const run = enclosingRun(node);
  if (run.type === 'Program') return !startsProgram(node, run, place) && !handlesRejections(place);
  return isFunction(run) && run.async && !run.generator && !isAside(node, run, place);
}

/** Whether it is work that ends, and that somebody could want to wait for. */
function isWorthAWait(node: TSESTree.Node, place: TypedPlace): boolean {
  const { sourceCode } = place;
  const { root } = chainOf(node);
  // What hangs on a promise that has a name only looks on at it.
  if (!isMade(root) || isInHandler(node, place)) return false;
  if (isMeantAside(node, place)) return false;
  return !isTelemetry(root, sourceCode) && endsByItself(node, sourceCode);
}

/**
 * The program of a file is called by its last line, `main();` and `import('./main.js');`: nothing is
 * left that could wait, and the platform ends it with the error. What the platform itself does there
 * is no program: `navigator.serviceWorker.register('/worker.js');`.
 */
function startsProgram(node: TSESTree.Node, program: TSESTree.Program, place: TypedPlace): boolean {
  if (!isLastStep(node, program)) return false;
  const { root } = chainOf(node);
  if (root.type === 'ImportExpression' || projectFunction(root, place) !== undefined) return true;
  return root.type === 'CallExpression' && place.types.call(root).origin?.from === 'package';
}
