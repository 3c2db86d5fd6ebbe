// Which promises are timers: they settle because time has passed, and for nothing else.
//
//   new Promise((_, reject) => setTimeout(reject, ms))     setTimeout(ms) of timers/promises
//   new Promise((resolve) => setTimeout(resolve, ms))      sleep(ms).then(() => { throw … })
//   (async () => { await sleep(ms); throw … })()           a function of this file that gives one
//   const timer = …; timer                                 rejectAfter(ms), by its name
//
// Work that a timer starts (`sleep(100).then(() => fetch(mirror))`) is work.
import type { TSESTree } from '@typescript-eslint/utils';

import { PROMISE_METHOD, RUNTIME, TIMER_MODULES } from '../vocabulary.js';
import { sourcesOf } from './consumers.js';
import { type FunctionNode, isFunction } from './enclosing.js';
import { externalName } from './external-name.js';
import { alwaysFails, outcomeOf, startsAnything } from './function-outcome.js';
import { type FileNames, isTimeoutCall, runtimeExport } from './mooring-reference.js';
import { calledMember, propertyName } from './property-name.js';
import { timedExecutor, timeoutSignal } from './timer-executor.js';
import { isTimerName } from './timer-name.js';
import { constantInit, functionOf, localVariableOf } from './variable.js';
import { unwrapped } from './wrappers.js';

export interface TimerPromise {
  /** The delay, where it is plain to see; an expression in the place that was asked about. */
  readonly delay: TSESTree.Node | undefined;
  /** It rejects when the time has passed. Unknown of one that only its name tells about. */
  readonly rejects: boolean | undefined;
  /** It is made in the place: no variable and no handle of it stays when the expression goes. */
  readonly isInline: boolean;
}

/** Longer chains of names do not occur; circular ones do. */
const MOST_HOPS = 8;

export function timerPromise(
  expression: TSESTree.Node,
  file: FileNames,
  hops: number = MOST_HOPS,
): TimerPromise | undefined {
  if (hops === 0) return undefined;
  for (const source of sourcesOf(expression)) {
    const timer = timerOf(source, file, hops - 1);
    if (timer !== undefined) return source === expression ? timer : { ...timer, isInline: false };
  }
  return undefined;
}

function timerOf(node: TSESTree.Node, file: FileNames, hops: number): TimerPromise | undefined {
  switch (node.type) {
    case 'Identifier':
      return timerOfName(node, file, hops);
    case 'MemberExpression':
      return timerOfMember(node);
    case 'NewExpression': {
      const timed = timedExecutor(node, file.sourceCode);
      if (timed?.other !== 'none') return undefined;
      return { delay: timed.delay, rejects: timed.rejects, isInline: !timed.isKept };
    }
    case 'CallExpression':
      return timerOfCall(node, file, hops);
    default:
      return undefined;
  }
}

function timerOfName(
  name: TSESTree.Identifier,
  file: FileNames,
  hops: number,
): TimerPromise | undefined {
  const variable = localVariableOf(name, file.sourceCode);
  const init = variable && constantInit(variable);
  const values = init
    ? [init]
    : (variable?.references ?? []).flatMap(({ writeExpr }) => writeExpr ?? []);
  for (const value of values) {
    const timer = timerPromise(value as TSESTree.Node, file, hops);
    if (timer !== undefined) return { ...timer, delay: undefined, isInline: false };
  }
  return values.length === 0 && isTimerName(name.name) ? UNSEEN : undefined;
}

/** A timer of which nothing but the name is seen. */
const UNSEEN: TimerPromise = { delay: undefined, rejects: undefined, isInline: false };

/** `this.timeoutPromise`, `timer.promise`. */
function timerOfMember(node: TSESTree.MemberExpression): TimerPromise | undefined {
  const name = propertyName(node);
  if (name === undefined) return undefined;
  const object = unwrapped(node.object);
  const owner = object.type === 'Identifier' ? object.name : undefined;
  const isOwned = name === 'promise' && owner !== undefined && isTimerName(owner);
  return isOwned || isTimerName(name) ? UNSEEN : undefined;
}

function timerOfCall(
  call: TSESTree.CallExpression,
  file: FileNames,
  hops: number,
): TimerPromise | undefined {
  const chained = calledMember(call);
  if (chained !== undefined && CHAIN.has(chained.name)) {
    return timerOfChain(call, chained, file, hops);
  }
  if (isTimeoutCall(call, file)) return undefined;
  const made = functionOf(call.callee, file.sourceCode);
  if (made !== undefined) return timerOfFunction(call, made, file, hops);
  return timerOfLibrary(call, file) ?? timerByName(call);
}

const CHAIN: ReadonlySet<string | undefined> = new Set(Object.values(PROMISE_METHOD));

/** `sleep(100).then(() => { throw … })`: a callback that starts nothing leaves it a timer. */
function timerOfChain(
  call: TSESTree.CallExpression,
  { object, name }: { readonly object: TSESTree.Node; readonly name: string | undefined },
  file: FileNames,
  hops: number,
): TimerPromise | undefined {
  const timer = timerPromise(object, file, hops);
  if (timer === undefined || name !== PROMISE_METHOD.then) return timer;
  const callbacks = call.arguments.map((argument) => functionOf(argument, file.sourceCode));
  const isTimer = callbacks.every(
    (callback) =>
      callback !== undefined &&
      (alwaysFails(callback) || !startsAnything(callback, [], file.sourceCode)),
  );
  const fails = callbacks[0] !== undefined && alwaysFails(callbacks[0]);
  return isTimer ? { ...timer, rejects: fails || timer.rejects } : undefined;
}

/** A function of this file that gives a timer: one that it returns, or one that it awaits. */
function timerOfFunction(
  call: TSESTree.CallExpression,
  made: FunctionNode,
  file: FileNames,
  hops: number,
): TimerPromise | undefined {
  const { returned, awaited, hasLoop } = outcomeOf(made, file.sourceCode);
  if (made.generator || hasLoop) return undefined;
  const isAwaiting = made.async && awaited.length > 0;
  const values = isAwaiting ? awaited : returned;
  const timers = values.map((value) => timerPromise(value, file, hops));
  const [timer] = timers;
  if (timer === undefined || timers.includes(undefined)) return undefined;
  const fails = alwaysFails(made);
  if (isAwaiting && !fails && startsAnything(made, awaited, file.sourceCode)) return undefined;
  const rejects = isAwaiting ? fails || timer.rejects : timer.rejects;
  if (unwrapped(call.callee) === made) return { ...timer, rejects };
  return { delay: delayAtCall(timer, call, made), rejects, isInline: isBare(call) };
}

/** A delay inside a function, as the call of the function gives it. */
function delayAtCall(
  { delay }: TimerPromise,
  call: TSESTree.CallExpression,
  made: FunctionNode,
): TSESTree.Node | undefined {
  if (delay?.type === 'Literal') return delay;
  if (delay?.type !== 'Identifier') return undefined;
  const index = made.params.findIndex(
    (parameter) => parameter.type === 'Identifier' && parameter.name === delay.name,
  );
  return index === -1 ? undefined : call.arguments[index];
}

function timerOfLibrary(call: TSESTree.CallExpression, file: FileNames): TimerPromise | undefined {
  const [first] = call.arguments;
  const timer = { delay: first, rejects: false, isInline: isBare(call) };
  if (runtimeExport(call.callee, file) === RUNTIME.sleep) return timer;
  const name = externalName(call.callee, file.sourceCode);
  const path = name?.path.join('.');
  const isTimer = path === 'setTimeout' || path === 'scheduler.wait';
  if (isTimer && TIMER_MODULES.promises.has(name?.module ?? '')) return timer;
  // once(AbortSignal.timeout(100), 'abort')
  const isOnce = path === 'once' && name?.from === 'package';
  const delay = isOnce && first ? timeoutSignal(first, file.sourceCode) : undefined;
  return delay && { ...timer, delay };
}

/** `rejectAfter(100)`, `this.timeout(100, 'late')`; not `timeout(load(), 100)`, which is work. */
function timerByName(call: TSESTree.CallExpression): TimerPromise | undefined {
  const callee = unwrapped(call.callee);
  const name =
    callee.type === 'Identifier'
      ? callee.name
      : callee.type === 'MemberExpression'
        ? propertyName(callee)
        : undefined;
  if (name === undefined || !isTimerName(name)) return undefined;
  const [first, second] = call.arguments;
  const isPause = /sleep|delay|wait|pause/i.test(name);
  if (first === undefined) return isPause ? undefined : UNSEEN;
  const isWrapper = second?.type === 'Literal' && typeof second.value === 'number';
  if (isWrapper || call.arguments.some((argument) => couldBeWork(argument))) return undefined;
  return { delay: first, rejects: !isPause, isInline: isBare(call) };
}

/** Beside the delay it is given nothing but a message, and no signal: nothing is lost with it. */
function isBare({ arguments: [first, ...others] }: TSESTree.CallExpression): boolean {
  const lost = new Set(['Literal', 'TemplateLiteral', 'NewExpression']);
  return first?.type !== 'SpreadElement' && others.every(({ type }) => lost.has(type));
}

/** A function, or the promise of a call. A call in the only place may compute the delay. */
function couldBeWork(argument: TSESTree.CallExpressionArgument): boolean {
  const { type } = unwrapped(argument);
  const { parent } = argument;
  const isOnly = parent.type === 'CallExpression' && parent.arguments.length === 1;
  return isFunction(unwrapped(argument)) || (type === 'CallExpression' && !isOnly);
}
