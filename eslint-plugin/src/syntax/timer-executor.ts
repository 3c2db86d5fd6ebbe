// What a `new Promise(…)` with a timer in it waits for.
//
//   new Promise((_, reject) => setTimeout(reject, ms))               the timer
//   new Promise((_, reject) =>
//     AbortSignal.timeout(ms).addEventListener('abort', reject))     the timer
//   new Promise((resolve, reject) => {                               the timer, or work
//     setTimeout(() => reject(new Error('late')), ms);
//     work().then(resolve, reject);
//   })
//   new Promise((resolve) => setTimeout(() => resolve(load()), ms))  work, once the timer fires
import type { TSESTree } from '@typescript-eslint/utils';

import { LISTENER_METHODS, PLATFORM, PROMISE_METHOD, TIMER_MODULES } from '../vocabulary.js';
import { descendants } from './descendants.js';
import { type FunctionNode, isInside } from './enclosing.js';
import { externalName } from './external-name.js';
import { isGlobalName } from './mooring-reference.js';
import { calledMember } from './property-name.js';
import { functionOf, resolved, type SourceCode, type Variable } from './variable.js';

export interface TimedExecutor {
  readonly delay: TSESTree.Node | undefined;
  /** Whether the timer rejects the promise. */
  readonly rejects: boolean;
  /** What else settles it: nothing, a promise that is waited for, or anything else. */
  readonly other: 'none' | 'promise' | 'unknown';
  /** The handle of the timer is kept: somebody may clear it. */
  readonly isKept: boolean;
}

/** `undefined` where no timer settles the promise. */
export function timedExecutor(
  node: TSESTree.NewExpression,
  sourceCode: SourceCode,
): TimedExecutor | undefined {
  const [given] = node.arguments;
  if (given === undefined || !isGlobalName(node.callee, PLATFORM.promise, sourceCode))
    return undefined;
  const executor = functionOf(given, sourceCode);
  if (executor === undefined) return undefined;
  const [resolve, reject] = settlersOf(executor, sourceCode);
  const calls = callsIn(executor, sourceCode);
  const settlers = [...namesOf(resolve), ...namesOf(reject)];
  const timers = calls.filter(
    (call) => isTimer(call, sourceCode) && settlers.some((name) => isInside(name, call)),
  );
  const [timer] = timers;
  if (timer === undefined || startsWork(timer, resolve, sourceCode)) return undefined;
  const others = settlers.filter((name) => !timers.some((call) => isInside(name, call)));
  return {
    delay: delayOf(timer, sourceCode),
    rejects: namesOf(reject).some((name) => isInside(name, timer)),
    other: othersOf(others, calls, sourceCode),
    isKept: timer.parent.type !== 'ExpressionStatement' && !isFunctionBody(timer),
  };
}

/** `resolve` and `reject`, or what the executor calls them. */
function settlersOf(
  executor: FunctionNode,
  sourceCode: SourceCode,
): readonly (Variable | undefined)[] {
  const declared = sourceCode.getDeclaredVariables(executor);
  return [0, 1].map((index) =>
    declared.find(
      ({ identifiers: [name] }) => name !== undefined && name === executor.params[index],
    ),
  );
}

function namesOf(variable: Variable | undefined): readonly TSESTree.Node[] {
  return variable?.references.map(({ identifier }) => identifier as TSESTree.Node) ?? [];
}

function callsIn(
  executor: FunctionNode,
  sourceCode: SourceCode,
): readonly TSESTree.CallExpression[] {
  return [...descendants(executor.body, sourceCode)].filter(
    (node) => node.type === 'CallExpression',
  );
}

function isTimer(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const delay = delayOf(call, sourceCode);
  // Without a delay it waits for one turn of the timers, which is no deadline.
  return delay !== undefined && !(delay.type === 'Literal' && delay.value === 0);
}

function delayOf(call: TSESTree.CallExpression, sourceCode: SourceCode): TSESTree.Node | undefined {
  const name = externalName(call.callee, sourceCode);
  const isGlobal = name?.from === 'lib' || TIMER_MODULES.callbacks.has(name?.module ?? '');
  if (isGlobal && name?.path.join('.') === 'setTimeout') return call.arguments[1];
  const member = calledMember(call);
  const isListener = member?.name !== undefined && LISTENER_METHODS.has(member.name);
  return isListener ? timeoutSignal(member.object, sourceCode) : undefined;
}

/** The delay of `AbortSignal.timeout(delay)`. */
export function timeoutSignal(
  signal: TSESTree.Node,
  sourceCode: SourceCode,
): TSESTree.Node | undefined {
  const made = resolved(signal, sourceCode);
  if (made.type !== 'CallExpression') return undefined;
  const isTimeout = isGlobalName(made.callee, `${PLATFORM.abortSignal}.timeout`, sourceCode);
  return isTimeout ? made.arguments[0] : undefined;
}

/** `resolve(load())`, `load().then(resolve)`, `resolve(await load())` in the timer's callback. */
function startsWork(
  timer: TSESTree.CallExpression,
  resolve: Variable | undefined,
  sourceCode: SourceCode,
): boolean {
  const calls = namesOf(resolve).flatMap(({ parent }) =>
    parent?.type === 'CallExpression' && isInside(parent, timer) ? parent.arguments : [],
  );
  const hasCall = calls
    .flatMap((value) => [...descendants(value, sourceCode)])
    .some(({ type }) => type === 'CallExpression');
  const waits = [...descendants(timer, sourceCode)].some(
    (node) => node.type === 'AwaitExpression' || isThen(node),
  );
  return hasCall || waits;
}

function othersOf(
  others: readonly TSESTree.Node[],
  calls: readonly TSESTree.CallExpression[],
  sourceCode: SourceCode,
): TimedExecutor['other'] {
  const around = (name: TSESTree.Node, is: (call: TSESTree.CallExpression) => boolean): boolean =>
    calls.some((call) => is(call) && isInside(name, call));
  if (others.every((name) => around(name, (call) => isAbortListener(call)))) return 'none';
  const isPromise = others.some((name) => around(name, isThen) || isAfterAwait(name, sourceCode));
  return isPromise ? 'promise' : 'unknown';
}

/** A timer that can be cancelled is a timer. */
function isAbortListener(call: TSESTree.CallExpression): boolean {
  const name = calledMember(call)?.name;
  const [event] = call.arguments;
  return (
    name !== undefined &&
    LISTENER_METHODS.has(name) &&
    event?.type === 'Literal' &&
    event.value === 'abort'
  );
}

function isThen(node: TSESTree.Node): boolean {
  return calledMember(node)?.name === PROMISE_METHOD.then;
}

/** `resolve(await work())`. */
function isAfterAwait({ parent }: TSESTree.Node, sourceCode: SourceCode): boolean {
  return (
    parent?.type === 'CallExpression' &&
    [...descendants(parent, sourceCode, 'own')].some(({ type }) => type === 'AwaitExpression')
  );
}

function isFunctionBody(node: TSESTree.Node): boolean {
  const { parent } = node;
  return parent?.type === 'ArrowFunctionExpression' && parent.body === node;
}
