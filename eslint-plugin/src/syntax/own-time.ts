// Whether work comes to its end by itself, so that to wait for it where it is started is no
// standstill.
//
//   worker.run();                                       // ends when somebody closes the worker
//   const reply = nextMessage(); await send('hello');   // a later line brings it about
//   for (const n of numbers) queue.add(() => n);
//   queue.start();                                      // a later line lets it begin
import type { TSESTree } from '@typescript-eslint/utils';

import { isAwaitedEvent } from './awaited-event.js';
import { descendants } from './descendants.js';
import { enclosingRun } from './enclosing.js';
import { isEventPromise } from './event-promise.js';
import { calledFunction } from './own-method.js';
import { chainOf } from './promise-chain.js';
import { calledMember, calledName } from './property-name.js';
import type { SourceCode } from './variable.js';
import { unwrapped } from './wrappers.js';

export function endsByItself(work: TSESTree.Node, sourceCode: SourceCode): boolean {
  const { root } = chainOf(work);
  if (isEventPromise(root, sourceCode) || runsOn(root, sourceCode)) return false;
  return !isAwaitedEvent(unwrapped(root)) && !isBegunLater(root, sourceCode);
}

/** What a service does for as long as it lives. */
const SERVING: ReadonlySet<string> = new Set([
  'consume',
  'forever',
  'loop',
  'poll',
  'run',
  'serve',
  'subscribe',
  'watch',
]);

function runsOn(root: TSESTree.Node, sourceCode: SourceCode): boolean {
  const name = calledName(unwrapped(root));
  const isMethod = calledMember(root) !== undefined;
  if (name !== undefined && (/(Loop|Forever)$/.test(name) || (isMethod && SERVING.has(name)))) {
    return true;
  }
  const called = calledFunction(root, sourceCode);
  if (called === undefined) return false;
  let answer = endless.get(called);
  if (answer === undefined) {
    answer = [...descendants(called.body, sourceCode, 'own')].some(
      (node) => isEndlessLoop(node) || isWaiting(node, sourceCode),
    );
    endless.set(called, answer);
  }
  return answer;
}

/** `await waitForSocket(request)` in the function: somebody outside of it brings that about. */
function isWaiting(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  if (node.type !== 'AwaitExpression') return false;
  const { root } = chainOf(node.argument);
  return isEventPromise(root, sourceCode) || isAwaitedEvent(unwrapped(root));
}

/** Each call of a function asks this of it. */
const endless = new WeakMap<TSESTree.Node, boolean>();

function isEndlessLoop(node: TSESTree.Node): boolean {
  if (node.type === 'ForStatement') return node.test === null;
  if (node.type !== 'WhileStatement' && node.type !== 'DoWhileStatement') return false;
  return node.test.type === 'Literal' && Boolean(node.test.value);
}

/** A queue is handed a function, and a later line does something else with the queue. */
function isBegunLater(root: TSESTree.Node, sourceCode: SourceCode): boolean {
  const member = calledMember(root);
  if (member === undefined || root.type !== 'CallExpression') return false;
  const isHanded = root.arguments.some(({ type }) => /Function/.test(type));
  if (!isHanded) return false;
  const queue = callsIn(enclosingRun(root), sourceCode).get(sourceCode.getText(member.object));
  for (const [name, calls] of queue ?? []) {
    if (name === member.name) continue;
    for (let last = calls.length - 1; last >= 0; last--) {
      if (calls[last]!.range[0] < root.range[1]) break;
      if (!isOfChain(calls[last]!, root)) return true;
    }
  }
  return false;
}

type Calls = ReadonlyMap<string, ReadonlyMap<string | undefined, readonly TSESTree.Node[]>>;

/** Each function that a queue is handed asks for what else is done with the queue. */
const known = new WeakMap<TSESTree.Node, Calls>();

/** What is called in a function: by what it is called on, and by its name. */
function callsIn(run: TSESTree.Node, sourceCode: SourceCode): Calls {
  const found = known.get(run);
  if (found !== undefined) return found;
  const byObject = new Map<string, Map<string | undefined, TSESTree.Node[]>>();
  for (const node of descendants(run, sourceCode)) {
    const member = calledMember(node);
    if (member === undefined || isLong(member.object)) continue;
    const object = sourceCode.getText(member.object);
    const byName = byObject.get(object) ?? new Map<string | undefined, TSESTree.Node[]>();
    byObject.set(object, byName);
    const calls = byName.get(member.name) ?? [];
    byName.set(member.name, calls);
    calls.push(node);
  }
  known.set(run, byObject);
  return byObject;
}

/** A chain of calls is no queue. */
function isLong({ range: [start, end] }: TSESTree.Node): boolean {
  return end - start > LONGEST_NAME;
}

const LONGEST_NAME = 200;

/** `queue.add(work).then(…)` goes on with the promise, and not with the queue. */
function isOfChain(call: TSESTree.Node, root: TSESTree.Node): boolean {
  return chainOf(call).root === root;
}
