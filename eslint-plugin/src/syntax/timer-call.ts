// Which calls of other modules give a timer: those of the platform and the runtime, and those whose
// name says so.
import type { TSESTree } from '@typescript-eslint/utils';

import { RUNTIME, TIMER_MODULES } from '../vocabulary.js';
import { isFunction } from './enclosing.js';
import { externalName } from './external-name.js';
import { type FileNames, runtimeExport } from './mooring-reference.js';
import { propertyName } from './property-name.js';
import { isTimerName } from './timer-name.js';
import { isSetTimeout, timeoutSignal } from './timer-trigger.js';
import { resolved } from './variable.js';
import { unwrapped } from './wrappers.js';

export interface TimerPromise {
  /** The delay, where it is plain to see; an expression in the place that was asked about. */
  readonly delay: TSESTree.Node | undefined;
  /** It rejects when the time has passed. Unknown of one that only its name tells about. */
  readonly rejects: boolean | undefined;
  /** It is made in the place: no variable and no handle of it stays when the expression goes. */
  readonly isInline: boolean;
}

/** A timer of which nothing but the name is seen. */
export const UNSEEN: TimerPromise = { delay: undefined, rejects: undefined, isInline: false };

export function timerOfLibrary(
  call: TSESTree.CallExpression,
  file: FileNames,
): TimerPromise | undefined {
  const [first] = call.arguments;
  const timer = { delay: first, rejects: false, isInline: isBare(call) };
  if (runtimeExport(call.callee, file) === RUNTIME.sleep) return timer;
  const name = externalName(call.callee, file.sourceCode);
  const path = name?.path.join('.');
  if (isPromisified(call.callee, file)) return timer;
  const isTimer = path === 'setTimeout' || path === 'scheduler.wait';
  if (isTimer && TIMER_MODULES.promises.has(name?.module ?? '')) return timer;
  // once(AbortSignal.timeout(100), 'abort')
  const isOnce = path === 'once' && name?.from === 'package';
  const delay = isOnce && first ? timeoutSignal(first, file.sourceCode) : undefined;
  return delay && { ...timer, delay };
}

/** `const pause = promisify(setTimeout)`. */
function isPromisified(callee: TSESTree.Node, { sourceCode }: FileNames): boolean {
  const made = resolved(callee, sourceCode);
  const [given] = made.type === 'CallExpression' ? made.arguments : [];
  if (made.type !== 'CallExpression' || given === undefined) return false;
  const path = externalName(made.callee, sourceCode)?.path;
  return path?.at(-1) === 'promisify' && isSetTimeout(given, sourceCode);
}

/** `rejectAfter(100)`, `this.timeout(100, 'late')`; not `timeout(load(), 100)`, which is work. */
export function timerByName(call: TSESTree.CallExpression): TimerPromise | undefined {
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
export function isBare({ arguments: [first, ...others] }: TSESTree.CallExpression): boolean {
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
