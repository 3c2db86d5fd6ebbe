// Whether a controller that a function makes for its own calls follows the signal that the function
// was given.
//
//   async function load(url, signal) {
//     const controller = new AbortController();
//     const timer = setTimeout(() => controller.abort(), 100);
//     await fetch(url, { signal: controller.signal });          ← runs on after `signal` has aborted
//   }
//   signal.addEventListener('abort', () => controller.abort());      it follows
//   AbortSignal.any([signal, controller.signal])                     what it is for follows
//   signal.throwIfAborted();  await other({ signal });               says nothing of the controller
import type { TSESTree } from '@typescript-eslint/utils';

import { addedTo } from '../../syntax/collection.js';
import { type Consumer, consumerOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import { enclosingRun } from '../../syntax/enclosing.js';
import { propertyName } from '../../syntax/property-name.js';
import type { SourceCode, Variable } from '../../syntax/variable.js';
import { outermost } from '../../syntax/wrappers.js';
import { MEMBER } from '../../vocabulary.js';

/** The places where the signal of a controller is handed to a call; none where it may go elsewhere. */
export function handedOnly(controller: Variable): readonly TSESTree.MemberExpression[] {
  const handed: TSESTree.MemberExpression[] = [];
  for (const { identifier, init } of controller.references) {
    if (init === true) continue;
    const member = outermost(identifier).parent;
    if (member?.type !== 'MemberExpression' || member.object !== identifier) return [];
    const name = propertyName(member);
    if (name === 'abort') continue;
    if (name !== MEMBER.signal) return [];
    const taken = takerOf(member);
    if (taken === 'other') return [];
    if (taken === 'call') handed.push(member);
  }
  return handed;
}

/** `f(controller.signal)`, `f({ signal: controller.signal })`; or `controller.signal.aborted`. */
function takerOf(signal: TSESTree.Node): 'call' | 'looked-at' | 'other' {
  const taken = consumerOf(signal);
  if (taken.kind === 'inspected') return 'looked-at';
  const isOption = taken.kind === 'stored' && taken.by.type === 'Property';
  return isCall(isOption ? consumerOf(taken.by.parent) : taken) ? 'call' : 'other';
}

/** A list and a new object keep what they are given. */
function isCall(taken: Consumer): boolean {
  if (taken.kind !== 'handed-over') return false;
  return taken.by.type === 'CallExpression' && addedTo(taken) === undefined;
}

/**
 * Whether the code that made a controller could make it follow a scope: it does with the scope what may
 * be that, or names both in one expression. `signal` is how the scope's signal is written: `signal`,
 * `options?.signal`, `this.#signal`.
 */
export function couldFollow(
  controller: Variable,
  signal: string,
  made: TSESTree.Node,
  sourceCode: SourceCode,
): boolean {
  const run = enclosingRun(made);
  const { places, areAllPlain } = mentionsOf(signal, run, sourceCode);
  if (!areAllPlain) return true;
  const names = controller.references.filter(({ init }) => init !== true);
  return names.some(({ identifier }) => isBeside(identifier, run, places));
}

interface Mentions {
  /** Where the text names the scope, in its order. */
  readonly places: readonly number[];
  /** Whether nothing is done with it that a controller could follow by. */
  readonly areAllPlain: boolean;
}

/** A function may have many controllers: what it does with a scope is looked at once. */
const known = new WeakMap<TSESTree.Node, Map<string, Mentions>>();

function mentionsOf(signal: string, run: TSESTree.Node, sourceCode: SourceCode): Mentions {
  const ofRun = known.get(run) ?? new Map<string, Mentions>();
  known.set(run, ofRun);
  const path = signal.split(/\??\./);
  const isField = path[0] === 'this';
  const name = isField ? path[1]! : path[0]!;
  const key = isField ? `this.${name}` : name;
  const found = ofRun.get(key);
  if (found !== undefined) return found;
  const nodes = [...descendants(run, sourceCode)]
    .map((node) => (isField ? fieldOf(node, name) : nameOf(node, name)))
    // The parameter itself says nothing.
    .filter((node) => node !== undefined && node.parent !== run);
  const mentions = {
    places: nodes.map((node) => node!.range[0]),
    areAllPlain: nodes.every((node) => isPlain(node!)),
  };
  ofRun.set(key, mentions);
  return mentions;
}

/** `if (signal.aborted) { controller.abort(); }`, `link(signal, controller)`. */
function isBeside(name: TSESTree.Node, run: TSESTree.Node, places: readonly number[]): boolean {
  for (let node = name.parent; node != null && node !== run; node = node.parent) {
    const code = node.type === 'IfStatement' ? node.test : node;
    if (
      !/(Block|Do|For|Try|While|Switch)\w*Statement$/.test(node.type) &&
      isNamedIn(code, places)
    ) {
      return true;
    }
  }
  return false;
}

function isNamedIn({ range: [from, to] }: TSESTree.Node, places: readonly number[]): boolean {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low < places.length && places[low]! < to;
}

function nameOf(node: TSESTree.Node, name: string): TSESTree.Node | undefined {
  if (node.type !== 'Identifier' || node.name !== name) return undefined;
  const { parent } = node;
  const isKey =
    (parent.type === 'MemberExpression' && parent.property === node && !parent.computed) ||
    (parent.type === 'Property' && parent.key === node && !parent.computed && !parent.shorthand);
  return isKey ? undefined : node;
}

/** `this.signal`. */
function fieldOf(node: TSESTree.Node, name: string): TSESTree.Node | undefined {
  if (node.type !== 'MemberExpression' || node.object.type !== 'ThisExpression') return undefined;
  return propertyName(node) === name ? node : undefined;
}

/** What looks whether the signal has aborted, or hands it to a call that is waited for. */
function isPlain(mention: TSESTree.Node): boolean {
  let node = outermost(mention);
  while (node.parent?.type === 'MemberExpression') {
    const name = node.parent.object === node ? propertyName(node.parent) : MEMBER.signal;
    node = outermost(node.parent);
    if (name !== MEMBER.signal) return name !== undefined && !LISTENING.has(name);
  }
  if (node.parent?.type === 'Property' && node.parent.parent.type === 'ObjectPattern') return true;
  const bag = node.parent?.type === 'Property' ? node.parent.parent : node;
  let taken = consumerOf(bag);
  if (taken.kind !== 'handed-over') return taken.kind === 'inspected';
  taken = consumerOf(taken.by);
  return taken.kind === 'awaited' || taken.kind === 'returned';
}

/** Members of a signal, or of what has one, by which a listener is put there. */
const LISTENING: ReadonlySet<string> = new Set([
  'addEventListener',
  'addListener',
  'on',
  'onabort',
]);
