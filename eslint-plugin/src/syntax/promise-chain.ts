// `start().then(use).catch(report).finally(close)`: what a chain hangs on, what becomes of an
// error in it, and whether the one who waits for something else is told how it ended.
import type { TSESTree } from '@typescript-eslint/utils';

import { PLATFORM, PROMISE_METHOD } from '../vocabulary.js';
import { descendants } from './descendants.js';
import { isFunction, isInside } from './enclosing.js';
import { isGlobalName } from './mooring-reference.js';
import { calledMember } from './property-name.js';
import type { SourceCode, Variable } from './variable.js';
import { outermost, unwrapped } from './wrappers.js';

type Node = TSESTree.Node;

export interface PromiseChain {
  /** What the chain hangs on: `start()`. */
  readonly root: Node;
  /** The calls of `then`, `catch` and `finally`, in the order in which they take effect. */
  readonly links: readonly Link[];
}

interface Link {
  readonly fulfilled: Node | undefined;
  readonly rejected: Node | undefined;
  readonly isFinally: boolean;
}

/** The chain that ends in an expression. Most have no links. */
export function chainOf(expression: Node): PromiseChain {
  const links: Link[] = [];
  let root = unwrapped(expression);
  for (let link = linkOf(root); link !== undefined; link = linkOf(root)) {
    links.unshift(link);
    root = calledMember(root)!.object;
  }
  return { root, links };
}

/** What `finally` is called on: `start()` of `start().finally(close).finally(log)`. */
export function beforeFinally(expression: Node): Node {
  let node = unwrapped(expression);
  for (let member = calledMember(node); member?.name === PROMISE_METHOD.finally;) {
    node = member.object;
    member = calledMember(node);
  }
  return node;
}

function linkOf(node: Node): Link | undefined {
  if (node.type !== 'CallExpression') return undefined;
  // After `...handlers` nobody can tell which place a handler is in.
  const isSpread = node.arguments.some(({ type }) => type === 'SpreadElement');
  const [first, second] = isSpread ? [] : node.arguments.map(handler);
  switch (calledMember(node)?.name) {
    case PROMISE_METHOD.then:
      return { fulfilled: first, rejected: second, isFinally: false };
    case PROMISE_METHOD.catch:
      return { fulfilled: undefined, rejected: first, isFinally: false };
    case PROMISE_METHOD.finally:
      return { fulfilled: first, rejected: first, isFinally: true };
    default:
      return undefined;
  }
}

/** `undefined` too for what is surely no function: `then(use, null)`. */
function handler(argument: TSESTree.CallExpressionArgument): Node | undefined {
  const node = unwrapped(argument);
  const isNone =
    node.type === 'Literal' || (node.type === 'Identifier' && node.name === 'undefined');
  return isNone ? undefined : node;
}

/**
 * What handles an error of the chain: the handler of its last link, `finally` left aside. An error
 * in `start().catch(report).then(use)` goes to no one: it may come from `use`.
 */
export function errorHandlerOf({ links }: PromiseChain): Node | undefined {
  return links.filter(({ isFinally }) => !isFinally).at(-1)?.rejected;
}

/**
 * Whether somebody who waits for something else is told how the chain ended:
 *
 *     return new Promise((resolve, reject) => { start().then(resolve, reject); });
 *     start().then((value) => deferred.resolve(value), deferred.reject);
 *     start().then((value) => callback(null, value), callback);
 *
 * A callback has to be called on both ways, for else its caller does not learn of the end.
 */
export function tellsItsEnd({ links }: PromiseChain, sourceCode: SourceCode): boolean {
  const fulfilled = links.flatMap((link) => link.fulfilled ?? []);
  const rejected = links.flatMap((link) => link.rejected ?? []);
  if ([...fulfilled, ...rejected].some((node) => settles(node, sourceCode))) return true;
  return parametersAround(links, sourceCode).some(
    (callback) => isCalledIn(fulfilled, callback) && isCalledIn(rejected, callback),
  );
}

const SETTLERS: ReadonlySet<string> = new Set(['reject', 'resolve']);

/** Names of a function that settles a promise, and the parameters of an executor. */
function settles(handler: Node, sourceCode: SourceCode): boolean {
  for (const node of descendants(handler, sourceCode)) {
    if (node.type !== 'Identifier') continue;
    const { parent } = node;
    const isMember = parent?.type === 'MemberExpression' && parent.property === node;
    if (isMember && isGlobalName(parent.object, PLATFORM.promise, sourceCode)) continue;
    if (SETTLERS.has(node.name)) return true;
  }
  return functionsAround(handler)
    .filter(isExecutor)
    .flatMap((executor) => sourceCode.getDeclaredVariables(executor))
    .some(({ references }) => references.some(({ identifier }) => isInside(identifier, handler)));
}

function parametersAround(links: readonly Link[], sourceCode: SourceCode): readonly Variable[] {
  const [first] = links.flatMap(({ fulfilled, rejected }) => fulfilled ?? rejected ?? []);
  if (first === undefined) return [];
  return functionsAround(first).flatMap((node) =>
    sourceCode.getDeclaredVariables(node).filter(({ defs }) => defs[0]?.type === 'Parameter'),
  );
}

/** `callback` as the handler itself, or `callback(…)` in it. */
function isCalledIn(handlers: readonly Node[], { references }: Variable): boolean {
  return references.some(({ identifier }) =>
    handlers.some((handler) => {
      if (handler === identifier) return true;
      const callee = outermost(identifier);
      const isCalled = callee.parent?.type === 'CallExpression' && callee.parent.callee === callee;
      return isCalled && isInside(identifier, handler);
    }),
  );
}

function functionsAround(node: Node): readonly TSESTree.FunctionLike[] {
  const functions: TSESTree.FunctionLike[] = [];
  for (let around = node.parent; around != null; around = around.parent) {
    if (isFunction(around)) functions.push(around);
  }
  return functions;
}

function isExecutor(node: Node): boolean {
  const { parent } = outermost(node);
  if (parent?.type !== 'NewExpression' || parent.arguments[0] !== outermost(node)) return false;
  return parent.callee.type === 'Identifier' && parent.callee.name === PLATFORM.promise;
}
