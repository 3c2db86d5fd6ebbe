// Whether a promise that is made by hand waits for a callback, and looks at no signal meanwhile.
//
//   new Promise((resolve) => server.once('ready', resolve))          waits
//   new Promise((resolve, reject) => stat(path, (error) => …))       waits
//   new Promise((resolve) => setImmediate(resolve))                  is over at once
//   new Promise((resolve) => { this.#waiting.push(resolve); })       is somebody's queue
//   new Promise((resolve) => { signal.onabort = resolve; … })        looks at a signal
//   raceSignal(new Promise((resolve) => …), signal)                  is given up with one
import type { TSESTree } from '@typescript-eslint/utils';

import { addedTo } from '../../syntax/collection.js';
import { consumerOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import { type FunctionNode, isFunction } from '../../syntax/enclosing.js';
import { executorOf } from '../../syntax/executor.js';
import { calledName, propertyName } from '../../syntax/property-name.js';
import { isSettler, mentionsSettler } from '../../syntax/settlers.js';
import { functionOf, type SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { CLEANUP_VERBS, LATER_FUNCTIONS } from '../../vocabulary.js';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** The function that `new Promise` is given, where it waits for a callback. */
export function waitingExecutor(
  made: TSESTree.NewExpression,
  sourceCode: SourceCode,
): FunctionNode | undefined {
  const executor = executorOf(made, sourceCode);
  if (executor === undefined || executor.async) return undefined;
  const own = [...descendants(executor, sourceCode, 'own')];
  return own.some((node) => waits(node, sourceCode)) ? executor : undefined;
}

function waits(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  if (node.type === 'CallExpression' || node.type === 'NewExpression') {
    return isLater(node) && node.arguments.some((given) => callsBack(given, sourceCode));
  }
  // request.onsuccess = () => resolve(request.result);
  if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression') return false;
  return /^on[a-z]/.test(propertyName(node.left) ?? '') && callsBack(node.right, sourceCode);
}

function callsBack(given: TSESTree.Node, sourceCode: SourceCode): boolean {
  const node = unwrapped(given);
  if (isSettler(node, sourceCode)) return true;
  const called = isFunction(node) ? node : functionOf(node, sourceCode);
  return called !== undefined && mentionsSettler(called.body, sourceCode);
}

/** Whether a call calls back some time later: not in this turn, nor when somebody takes it out. */
function isLater(call: Call): boolean {
  if (call.type === 'NewExpression') return true;
  const name = calledName(call);
  if (name !== undefined && LATER_FUNCTIONS.has(name)) return isDelayed(name, call);
  if (name !== undefined && (AT_ONCE.has(name) || CLEANUP_VERBS.has(verbOf(name)))) return false;
  const isPut = call.arguments.some((given) => {
    const taken = consumerOf(given);
    return taken.kind === 'handed-over' && addedTo(taken) !== undefined;
  });
  return !isPut;
}

/** Methods that call a function for each of a collection, or for a promise that runs already. */
const AT_ONCE: ReadonlySet<string> = new Set([
  ...['catch', 'every', 'filter', 'finally', 'forEach', 'map', 'reduce', 'some', 'then'],
]);

function isDelayed(name: string, { arguments: [, delay] }: TSESTree.CallExpression): boolean {
  if (name !== 'setTimeout' && name !== 'setInterval') return false;
  return delay !== undefined && !(delay.type === 'Literal' && delay.value === 0);
}

/** `close` of `closeAll`: the end of something is waited for to its end. */
function verbOf(name: string): string {
  return name.replace('#', '').split(/(?=[A-Z])|_/)[0] ?? '';
}

/**
 * Whether the promise, or what it is handed to, has to do with a scope: one of these, by its name, or
 * whatever is named after a signal.
 */
export function looksAtSignal(
  made: TSESTree.NewExpression,
  executor: FunctionNode,
  scopes: readonly string[],
  sourceCode: SourceCode,
): boolean {
  const roots = new Set(scopes.map((signal) => signal.split(/[.?]/)[0]!));
  roots.delete('this');
  const isSaid = (node: TSESTree.Node): boolean => {
    if (node.type !== 'Identifier' && node.type !== 'PrivateIdentifier') return false;
    return roots.has(node.name) || /signal|abort|cancel/i.test(node.name);
  };
  const mentions = (code: TSESTree.Node): boolean =>
    [...descendants(code, sourceCode)].some(isSaid);
  return mentions(executor) || callsAround(made).some(mentions);
}

/** The calls that the promise is handed to: `raceSignal(new Promise(…), signal)`. */
function callsAround(made: TSESTree.Node): readonly Call[] {
  const calls: Call[] = [];
  for (let node = made.parent; node != null && !isFunction(node); node = node.parent) {
    if (/Statement|Declaration/.test(node.type)) break;
    if (node.type === 'CallExpression' || node.type === 'NewExpression') calls.push(node);
  }
  return calls;
}
