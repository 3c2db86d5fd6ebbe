// Calls that keep a callback and call it later, at a time that the code around does not choose:
// listeners and timers. For any other call nothing is known, and the callback is taken to run while
// the call does.
import type { TSESTree } from '@typescript-eslint/utils';

import { LISTENER_METHODS, MEMBER, TASK_MAKERS } from '../vocabulary.js';
import { consumerOf } from './consumers.js';
import { descendants } from './descendants.js';
import { externalName } from './external-name.js';
import { isInExecutor } from './executor.js';
import { platformTimer } from './platform-timer.js';
import { calledMember, propertyName } from './property-name.js';
import { functionOf, type SourceCode, variableOf } from './variable.js';
import { unwrapped } from './wrappers.js';

export interface Registration {
  readonly call: TSESTree.CallExpression;
  /** What the listener is added to; `undefined` for a timer of the platform. */
  readonly receiver: TSESTree.Node | undefined;
  /** The callback is called once at most. */
  readonly isOnce: boolean;
}

const TIMERS: ReadonlySet<string | undefined> = new Set([
  'requestAnimationFrame',
  'requestIdleCallback',
  'setImmediate',
  'setInterval',
  'setTimeout',
]);

const SUBSCRIBERS: ReadonlySet<string | undefined> = new Set([...LISTENER_METHODS, 'subscribe']);

const ONCE: ReadonlySet<string | undefined> = new Set(['once', 'prependOnceListener']);

/** Methods by which an emitter lets go of its listeners, or ends. */
const RELEASERS: ReadonlySet<string | undefined> = new Set([
  ...['off', 'removeAllListeners', 'removeEventListener', 'removeListener', 'unsubscribe'],
  ...['close', 'destroy', 'disconnect', 'end', 'kill', 'stop', 'terminate'],
]);

export function registrationOf(
  call: TSESTree.Node,
  sourceCode: SourceCode,
): Registration | undefined {
  if (call.type !== 'CallExpression') return undefined;
  const timer = timerOf(call, sourceCode);
  if (timer !== undefined) return { call, receiver: undefined, isOnce: timer !== 'setInterval' };
  const member = calledMember(call);
  if (member === undefined || !SUBSCRIBERS.has(member.name)) return undefined;
  const isOnce = ONCE.has(member.name) || hasOption(call, 'once');
  return { call, receiver: receiverOf(member.object), isOnce };
}

/** `setTimeout`, of the platform or of its module. */
function timerOf(call: TSESTree.CallExpression, sourceCode: SourceCode): string | undefined {
  const timer = platformTimer(call.callee, sourceCode);
  return TIMERS.has(timer) ? timer : undefined;
}

/**
 * Whether the code around sees to it that the callback is not called after `run`: it keeps what
 * the call gives, hands over a signal, lets go of the listener, or awaits the end of the emitter.
 */
export function isBounded(
  { call, receiver }: Registration,
  run: TSESTree.Node,
  sourceCode: SourceCode,
): boolean {
  if (hasOption(call, 'signal') || isKept(call, sourceCode) || isInExecutor(call, run)) {
    return true;
  }
  if (receiver === undefined) return false;
  const text = sourceCode.getText(receiver);
  const isNamed = (node: TSESTree.Node): boolean => sourceCode.getText(node) === text;
  for (const node of descendants(run, sourceCode)) {
    const member = calledMember(node);
    if (member && RELEASERS.has(member.name) && isNamed(receiverOf(member.object))) return true;
    if (node.type !== 'AwaitExpression' || isPlatformObject(receiver, sourceCode)) continue;
    for (const part of descendants(node.argument, sourceCode, 'own')) {
      if (part.type === receiver.type && isNamed(part)) return true;
    }
  }
  return false;
}

/** `() => group.cancel()`: a group and a task that have ended do not mind. */
export function onlyCancels(callback: TSESTree.Node, sourceCode: SourceCode): boolean {
  const code = functionOf(callback, sourceCode);
  if (code === undefined) return false;
  let cancels = false;
  for (const node of descendants(code, sourceCode)) {
    const name = calledMember(node)?.name;
    const isSignal = node.type === 'MemberExpression' && propertyName(node) === MEMBER.signal;
    if (TASK_MAKERS.has(name) || isSignal) return false;
    cancels ||= name === MEMBER.cancel;
  }
  return cancels;
}

/** `server` of `server.on(…).on(…)`. */
function receiverOf(object: TSESTree.Node): TSESTree.Node {
  let receiver = unwrapped(object);
  for (let member = calledMember(receiver); member; member = calledMember(receiver)) {
    if (!SUBSCRIBERS.has(member.name)) break;
    receiver = unwrapped(member.object);
  }
  return receiver;
}

/** `process`, `document`: they end with the program, whatever is awaited of them. */
function isPlatformObject(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  return externalName(node, sourceCode)?.from === 'lib';
}

function hasOption(call: TSESTree.CallExpression, name: string): boolean {
  return call.arguments.some((argument) => {
    const options = unwrapped(argument);
    if (options.type !== 'ObjectExpression') return false;
    return options.properties.some(
      (each) => each.type === 'Property' && propertyName(each) === name,
    );
  });
}

/** `const timer = setTimeout(…)` that something reads: with it the callback can be called off. */
function isKept(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const taken = consumerOf(call);
  if (taken.kind !== 'stored') return taken.kind === 'handed-over' || taken.kind === 'awaited';
  if (taken.by.type !== 'VariableDeclarator') return true;
  if (taken.by.parent.kind === 'using' || taken.by.parent.kind === 'await using') return true;
  const { id } = taken.by;
  const variable = id.type === 'Identifier' ? variableOf(id, sourceCode) : undefined;
  return variable === undefined || variable.references.some((reference) => reference.isRead());
}
