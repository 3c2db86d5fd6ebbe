// Which promises are timers: they settle because time has passed, and for nothing else.
//
//   new Promise((_, reject) => setTimeout(reject, ms))     setTimeout(ms) of timers/promises
//   new Promise((resolve) => setTimeout(resolve, ms))      sleep(ms).then(() => { throw … })
//   (async () => { await sleep(ms); throw … })()           a function of this file that gives one
//   const timer = …; timer                                 rejectAfter(ms), by its name
//
// Work that a timer starts (`sleep(100).then(() => fetch(mirror))`) is work.
import type { TSESTree } from '@typescript-eslint/utils';

import { PROMISE_METHOD } from '../vocabulary.js';
import { sourcesOf } from './consumers.js';
import { Depth } from './depth.js';
import type { FunctionNode } from './enclosing.js';
import { alwaysFails, outcomeOf, startsAnything } from './function-outcome.js';
import { type FileNames, isTimeoutCall } from './mooring-reference.js';
import { ownMethod } from './own-method.js';
import { calledMember, propertyName } from './property-name.js';
import { timedExecutor, type TimedPromise, timedResolvers } from './timed-promise.js';
import { isBare, timerByName, timerOfLibrary, type TimerPromise, UNSEEN } from './timer-call.js';
import { isTimerName } from './timer-name.js';
import { constantInit, functionOf, localVariableOf } from './variable.js';
import { unwrapped } from './wrappers.js';

/** What is known of a source. One that is still looked into is none: names can go in a circle. */
const known = new WeakMap<TSESTree.Node, TimerPromise | undefined>();

const depth = new Depth();

export function timerPromise(expression: TSESTree.Node, file: FileNames): TimerPromise | undefined {
  for (const source of sourcesOf(expression)) {
    if (!known.has(source)) {
      known.set(source, undefined);
      known.set(
        source,
        depth.within(() => timerOf(source, file), undefined),
      );
    }
    const timer = known.get(source);
    if (timer !== undefined) return source === expression ? timer : { ...timer, isInline: false };
  }
  return undefined;
}

function timerOf(node: TSESTree.Node, file: FileNames): TimerPromise | undefined {
  switch (node.type) {
    case 'Identifier':
      return timerOfName(node, file);
    case 'MemberExpression':
      return timerOfMember(node, file);
    case 'NewExpression': {
      const timed = timedExecutor(node, file.sourceCode);
      return timed && fromTimed(timed, !timed.isKept);
    }
    case 'CallExpression':
      return timerOfCall(node, file);
    default:
      return undefined;
  }
}

function fromTimed(
  { delay, rejects, other }: TimedPromise,
  isInline: boolean,
): TimerPromise | undefined {
  return other === 'none' ? { delay, rejects, isInline } : undefined;
}

function timerOfName(name: TSESTree.Identifier, file: FileNames): TimerPromise | undefined {
  const variable = localVariableOf(name, file.sourceCode);
  const timed = variable && timedResolvers(variable, file.sourceCode);
  if (timed !== undefined) return fromTimed(timed, false);
  const init = variable && constantInit(variable);
  const values = init
    ? [init]
    : (variable?.references ?? []).flatMap(({ writeExpr }) => writeExpr ?? []);
  for (const value of values) {
    const timer = timerPromise(value, file);
    if (timer !== undefined) return { ...timer, delay: undefined, isInline: false };
  }
  return values.length === 0 && isTimerName(name.name) ? UNSEEN : undefined;
}

/** `this.timeoutPromise`, `timer.promise`. */
function timerOfMember(
  node: TSESTree.MemberExpression,
  { sourceCode }: FileNames,
): TimerPromise | undefined {
  const name = propertyName(node);
  if (name === undefined) return undefined;
  const object = unwrapped(node.object);
  if (name !== 'promise' || object.type !== 'Identifier') {
    return isTimerName(name) ? UNSEEN : undefined;
  }
  const variable = localVariableOf(object, sourceCode);
  const timed = variable && timedResolvers(variable, sourceCode);
  if (timed !== undefined) return fromTimed(timed, false);
  return isTimerName(object.name) ? UNSEEN : undefined;
}

function timerOfCall(call: TSESTree.CallExpression, file: FileNames): TimerPromise | undefined {
  const chained = calledMember(call);
  if (chained !== undefined && CHAIN.has(chained.name)) {
    return timerOfChain(call, chained, file);
  }
  if (isTimeoutCall(call, file)) return undefined;
  const made = functionOf(call.callee, file.sourceCode) ?? ownMethod(call.callee);
  if (made !== undefined) return timerOfFunction(call, made, file);
  return timerOfLibrary(call, file) ?? timerByName(call);
}

const CHAIN: ReadonlySet<string | undefined> = new Set(Object.values(PROMISE_METHOD));

/** `sleep(100).then(() => { throw … })`: a callback that starts nothing leaves it a timer. */
function timerOfChain(
  call: TSESTree.CallExpression,
  { object, name }: { readonly object: TSESTree.Node; readonly name: string | undefined },
  file: FileNames,
): TimerPromise | undefined {
  const timer = timerPromise(object, file);
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
): TimerPromise | undefined {
  const { returned, awaited, hasLoop } = outcomeOf(made, file.sourceCode);
  if (made.generator || hasLoop) return undefined;
  const isAwaiting = made.async && awaited.length > 0;
  const values = isAwaiting ? awaited : returned;
  const timers = values.map((value) => timerPromise(value, file));
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
