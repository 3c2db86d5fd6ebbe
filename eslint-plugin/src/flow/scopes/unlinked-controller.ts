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
 * Whether the code that made a controller could make it follow a scope, by each mention of the scope.
 * `signal` is how the scope's signal is written: `signal`, `options?.signal`, `this.#signal`.
 */
export function couldFollow(
  controller: Variable,
  signal: string,
  made: TSESTree.Node,
  sourceCode: SourceCode,
): boolean {
  const path = signal.split(/\??\./);
  const isField = path[0] === 'this';
  const name = isField ? path[1]! : path[0]!;
  const run = enclosingRun(made);
  for (const node of descendants(run, sourceCode)) {
    const mention = isField ? fieldOf(node, name) : nameOf(node, name);
    if (mention !== undefined && isLink(mention, run, controller.name)) return true;
  }
  return false;

  function isLink(mention: TSESTree.Node, within: TSESTree.Node, of: string): boolean {
    const { parent } = mention;
    if (parent === within) return false; // The parameter itself.
    for (let node = parent; node != null && node !== within; node = node.parent) {
      if (BLOCKS.has(node.type)) break;
      const code = node.type === 'IfStatement' ? node : outermost(node);
      if (mentions(code, of)) return true;
    }
    return !isPlain(mention);
  }

  function mentions(code: TSESTree.Node, other: string): boolean {
    return [...descendants(code, sourceCode)].some(
      (node) => node.type === 'Identifier' && node.name === other,
    );
  }
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

const BLOCKS: ReadonlySet<string> = new Set(['BlockStatement', 'Program', 'TryStatement']);

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
