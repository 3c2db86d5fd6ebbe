// What the later lines of a run do that a promise may wait for, or that should not wait for it.
import type { TSESTree } from '@typescript-eslint/utils';

import { FAKE_CLOCK_METHODS, LISTENER_METHODS } from '../vocabulary.js';
import { isAwaitedEvent } from './awaited-event.js';
import { consumerOf } from './consumers.js';
import { descendants } from './descendants.js';
import { enclosingRun, isFunction, type RunNode } from './enclosing.js';
import { firstFrom } from './first-from.js';
import { chainOf } from './promise-chain.js';
import { calledMember, calledName } from './property-name.js';
import type { RestOfRun } from './rest-of-run.js';
import { isSettler } from './settlers.js';
import { onlyDefinition, rootVariable, type SourceCode } from './variable.js';
import { unwrapped } from './wrappers.js';

/**
 * - `acts`: anything that is seen from outside; a line of a log aside
 * - `listens`: a listener is registered
 * - `settles`: a promise is settled by hand, or the clock of a test goes on
 * - `shows`: something that a person is to see at once, in the code of a user interface
 * - `hides`: what a person sees is taken away, or an event is stopped, which is too late after a wait
 * - `waits`: something that is brought about is waited for
 */
export type Doing = 'acts' | 'hides' | 'listens' | 'settles' | 'shows' | 'waits';

interface Lines {
  readonly doings: ReadonlyMap<Doing, readonly number[]>;
  /** What is awaited, by the text of its callee. */
  readonly awaited: ReadonlySet<string>;
}

export function isDoneIn(
  { parts }: RestOfRun,
  doing: Doing,
  of: TSESTree.Node,
  sourceCode: SourceCode,
): boolean {
  return isAnyIn(parts, linesOf(of, sourceCode).doings.get(doing));
}

/** Whether the run awaits a call of the same function. */
export function isAwaitedToo(of: TSESTree.Node, sourceCode: SourceCode): boolean {
  const text = calleeOf(of, sourceCode);
  return text !== undefined && linesOf(of, sourceCode).awaited.has(text);
}

/** Whether one of some places, in the order of the text, is in the rest. */
function isAnyIn(parts: RestOfRun['parts'], places: readonly number[] = []): boolean {
  return parts.some(([start, end]) => (firstFrom(places, start) ?? Infinity) < end);
}

/** Each promise that is dropped in a run asks. */
const known = new WeakMap<RunNode, Lines>();

function linesOf(of: TSESTree.Node, sourceCode: SourceCode): Lines {
  const run = enclosingRun(of);
  const found = known.get(run);
  if (found !== undefined) return found;
  const doings = new Map<Doing, number[]>();
  const awaited = new Set<string>();
  for (const node of descendants(run, sourceCode, 'own')) {
    for (const doing of doingsOf(node, sourceCode)) add(doings, doing, node);
    const text = node.type === 'AwaitExpression' ? calleeOf(node.argument, sourceCode) : undefined;
    if (text !== undefined) awaited.add(text);
  }
  const lines = { doings, awaited };
  known.set(run, lines);
  return lines;
}

function add<Key>(map: Map<Key, number[]>, key: Key, { range }: TSESTree.Node): void {
  const places = map.get(key) ?? [];
  if (places.length === 0) map.set(key, places);
  // A node and its first part start in the same place.
  if (places.at(-1) !== range[0]) places.push(range[0]);
}

function* doingsOf(node: TSESTree.Node, sourceCode: SourceCode): Iterable<Doing> {
  switch (node.type) {
    case 'AssignmentExpression':
      if (node.left.type !== 'MemberExpression') return;
      yield 'acts';
      if (isFunction(unwrapped(node.right)) && isHandlerName(node.left)) yield 'listens';
      return;
    case 'AwaitExpression':
      yield 'acts';
      if (isAwaitedEvent(chainOf(node.argument).root)) yield 'waits';
      return;
    case 'NewExpression':
    case 'TaggedTemplateExpression':
    case 'YieldExpression':
      yield 'acts';
      return;
    case 'CallExpression':
      yield* doingsOfCall(node, sourceCode);
  }
}

/** Objects whose methods make nothing happen that anybody waits for. */
const QUIET =
  /^(_?log(ger)?|\w+Log(ger)?|Array|Date|JSON|Math|Number|Object|String|console|performance)$/;

function* doingsOfCall(call: TSESTree.CallExpression, sourceCode: SourceCode): Iterable<Doing> {
  const member = calledMember(call);
  if (!isQuiet(member?.object)) yield 'acts';
  const name = calledName(call) ?? '';
  if (isListening(call, name)) yield 'listens';
  if (isClock(name) || isOwnSettler(call, sourceCode)) yield 'settles';
  if (SHOWING.test(name)) yield 'shows';
  if (HIDING.test(name)) yield 'hides';
}

function isQuiet(object: TSESTree.Node | undefined): boolean {
  if (object?.type === 'Identifier') return QUIET.test(object.name);
  if (object?.type !== 'MemberExpression' || object.property.type !== 'Identifier') return false;
  return QUIET.test(object.property.name);
}

const SHOWING = /^_?(blur|close|focus|navigate|open|push|scroll|select|set|show|toggle)(?![a-z])/;

const HIDING = /^_?(dismiss|hide|preventDefault|stopImmediatePropagation|stopPropagation)(?![a-z])/;

const SUBSCRIBING: ReadonlySet<string> = new Set([...LISTENER_METHODS, 'subscribe']);

/** `server.on('error', report)`, `editor.onDidChange(() => …)`, `app.get('/page', () => …)`. */
function isListening(call: TSESTree.CallExpression, name: string): boolean {
  const { arguments: given } = call;
  if (SUBSCRIBING.has(name)) return given.length > 0;
  if (!given.some((argument) => isFunction(unwrapped(argument)))) return false;
  if (/^(on|register)[A-Z]/.test(name)) return true;
  const isNamed = given[0]!.type === 'Literal' && typeof given[0]!.value === 'string';
  return isNamed && /^(dropped|handed-over)$/.test(consumerOf(call).kind);
}

/** `socket.onmessage = …`. */
function isHandlerName({ property }: TSESTree.MemberExpression): boolean {
  return property.type === 'Identifier' && /^on/.test(property.name);
}

/** Fake clocks have each of their methods also without a wait: `tick()`, `tickAsync()`. */
function isClock(name: string): boolean {
  return (
    FAKE_CLOCK_METHODS.has(name) || (name !== 'next' && FAKE_CLOCK_METHODS.has(`${name}Async`))
  );
}

/** `resolve()` of a promise that is made here; that of the executor around is not what is waited for. */
function isOwnSettler({ callee }: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const variable = rootVariable(callee, sourceCode);
  if (variable === undefined || onlyDefinition(variable)?.type !== 'Variable') return false;
  return /^(resolve|reject)/i.test(variable.name) || isSettler(unwrapped(callee), sourceCode);
}

const LONGEST_NAME = 200;

function calleeOf(promise: TSESTree.Node, sourceCode: SourceCode): string | undefined {
  const { root } = chainOf(promise);
  if (root.type !== 'CallExpression') return undefined;
  const [start, end] = root.callee.range;
  return end - start > LONGEST_NAME ? undefined : sourceCode.getText(root.callee);
}
