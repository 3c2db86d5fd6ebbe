// Whether a timer settles a promise, and what else does.
//
//   new Promise((_, reject) => setTimeout(reject, ms))               the timer
//   new Promise((_, reject) =>
//     AbortSignal.timeout(ms).addEventListener('abort', reject))     the timer
//   const { promise, reject } = Promise.withResolvers();
//   setTimeout(reject, ms);                                          the timer
//   new Promise((resolve, reject) => {                               the timer, or work
//     setTimeout(() => reject(new Error('late')), ms);
//     work().then(resolve, reject);
//   })
//   new Promise((resolve) => setTimeout(() => resolve(load()), ms))  work, once the timer fires
import type { TSESTree } from '@typescript-eslint/utils';

import { LISTENER_METHODS, PLATFORM, PROMISE_METHOD } from '../vocabulary.js';
import { descendants } from './descendants.js';
import { enclosingRun, isInside } from './enclosing.js';
import { executorOf } from './executor.js';
import { pathInPattern } from './external-name.js';
import { isGlobalName } from './mooring-reference.js';
import { calledMember, propertyName } from './property-name.js';
import { delayOf, isTimer } from './timer-trigger.js';
import { functionOf, onlyDefinition, type SourceCode, type Variable } from './variable.js';
import { waitsIn } from './waits-in.js';
import { unwrapped } from './wrappers.js';

export interface TimedPromise {
  readonly delay: TSESTree.Node | undefined;
  /** Whether the timer rejects the promise. */
  readonly rejects: boolean;
  /** What else settles it: nothing, a promise that is waited for, or anything else. */
  readonly other: 'none' | 'promise' | 'unknown';
  /** The handle of the timer is kept: somebody may clear it. */
  readonly isKept: boolean;
}

/** What settles a promise: the places that name its `resolve` and its `reject`. */
interface Settlers {
  readonly resolve: readonly TSESTree.Node[];
  readonly reject: readonly TSESTree.Node[];
  /** The code that they are in. */
  readonly within: TSESTree.Node;
}

/** `new Promise((resolve, reject) => …)`; `undefined` where no timer settles it. */
export function timedExecutor(
  node: TSESTree.NewExpression,
  sourceCode: SourceCode,
): TimedPromise | undefined {
  const executor = executorOf(node, sourceCode);
  if (executor === undefined) return undefined;
  const declared = sourceCode.getDeclaredVariables(executor);
  const [resolve, reject] = [0, 1].map((index) =>
    namesOf(declared.find(({ identifiers: [name] }) => name && name === executor.params[index])),
  );
  return timedBy({ resolve: resolve!, reject: reject!, within: executor }, sourceCode);
}

/** The promise of `Promise.withResolvers()`, by the variable that holds it or all three. */
export function timedResolvers(
  variable: Variable,
  sourceCode: SourceCode,
): TimedPromise | undefined {
  const declarator = onlyDefinition(variable)?.node;
  if (declarator?.type !== 'VariableDeclarator' || declarator.init === null) return undefined;
  const made = unwrapped(declarator.init);
  const isMade =
    made.type === 'CallExpression' &&
    isGlobalName(made.callee, `${PLATFORM.promise}.withResolvers`, sourceCode);
  if (!isMade) return undefined;
  const { id } = declarator;
  const settlers = (wanted: string): readonly TSESTree.Node[] =>
    id.type === 'Identifier'
      ? namesOf(variable).filter((name) => memberOf(name) === wanted)
      : sourceCode
          .getDeclaredVariables(declarator)
          .filter(({ name }) => pathInPattern(id, name)?.join('.') === wanted)
          .flatMap(namesOf);
  const within = enclosingRun(declarator);
  return timedBy({ resolve: settlers('resolve'), reject: settlers('reject'), within }, sourceCode);
}

function memberOf({ parent }: TSESTree.Node): string | undefined {
  return parent?.type === 'MemberExpression' ? propertyName(parent) : undefined;
}

function namesOf(variable: Variable | undefined): readonly TSESTree.Node[] {
  return (variable?.references ?? [])
    .filter((reference) => reference.isRead())
    .map(({ identifier }) => identifier as TSESTree.Node);
}

function timedBy(settlers: Settlers, sourceCode: SourceCode): TimedPromise | undefined {
  const { resolve, reject, within } = settlers;
  const timerOf = (name: TSESTree.Node): TSESTree.Node | undefined =>
    around(name, within, (node) => isTimer(node, sourceCode));
  const names = [...resolve, ...reject];
  const timer = names.map(timerOf).find((found) => found !== undefined);
  if (timer === undefined || startsWork(timer, resolve, sourceCode)) return undefined;
  const others = names.filter((name) => timerOf(name) === undefined);
  return {
    delay: delayOf(timer, sourceCode),
    rejects: reject.some((name) => isInside(name, timer)),
    other: othersOf(others, within, sourceCode),
    isKept: timer.parent?.type !== 'ExpressionStatement' && !isFunctionBody(timer),
  };
}

/** The innermost node around another, in the code, that is what is looked for. */
function around(
  node: TSESTree.Node,
  within: TSESTree.Node,
  is: (node: TSESTree.Node) => boolean,
): TSESTree.Node | undefined {
  for (let at = node.parent; at != null && at !== within; at = at.parent) if (is(at)) return at;
  return undefined;
}

/** `resolve(load())`, `load().then(resolve)`, `resolve(await load())` in the timer's callback. */
function startsWork(
  timer: TSESTree.Node,
  resolve: readonly TSESTree.Node[],
  sourceCode: SourceCode,
): boolean {
  const values = resolve.flatMap((name) => {
    const callee = memberOf(name) === 'resolve' ? name.parent! : name;
    const call = callee.parent;
    return call?.type === 'CallExpression' && isInside(call, timer) ? call.arguments : [];
  });
  const hasCall = values
    .flatMap((value) => [...descendants(value, sourceCode)])
    .some(({ type }) => type === 'CallExpression');
  const waits = [...descendants(timer, sourceCode)].some(
    (node) => node.type === 'AwaitExpression' || isThen(node) || waitsForSome(node, sourceCode),
  );
  return hasCall || waits;
}

/** `finish(() => reject(late))`, of a function here that stops the work and awaits its end first. */
function waitsForSome(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const isHanding = node.type === 'CallExpression' && node.arguments.length > 0;
  const called = isHanding ? functionOf(node.callee, sourceCode) : undefined;
  return called !== undefined && waitsIn(called.body, sourceCode);
}

function othersOf(
  others: readonly TSESTree.Node[],
  within: TSESTree.Node,
  sourceCode: SourceCode,
): TimedPromise['other'] {
  if (others.every((name) => around(name, within, isAbortListener))) return 'none';
  const isPromise = others.some(
    (name) => around(name, within, isThen) ?? isAfterAwait(name, sourceCode),
  );
  return isPromise ? 'promise' : 'unknown';
}

/** A timer that can be cancelled is a timer. */
function isAbortListener(node: TSESTree.Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const name = calledMember(node)?.name;
  const [event] = node.arguments;
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
