// `start().then(use).catch(report).finally(close)`: what a chain hangs on, and what becomes of an
// error in it.
import type { TSESTree } from '@typescript-eslint/utils';

import { PROMISE_METHOD } from '../vocabulary.js';
import { isFunction } from './enclosing.js';
import { alwaysFails } from './function-outcome.js';
import { isLiteralValue } from './literal-value.js';
import { calledMember } from './property-name.js';
import { unwrapped } from './wrappers.js';

type Node = TSESTree.Node;

export interface PromiseChain {
  /** What the chain hangs on: `start()`. */
  readonly root: Node;
  /** The calls of `then`, `catch` and `finally`, in the order in which they take effect. */
  readonly links: readonly Link[];
}

export interface Link {
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

/** The handlers of one call of `then`, `catch` or `finally`. */
export function linkOf(node: Node): Link | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const [first, second] = handlersIn(node.arguments);
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

/** After `...handlers` nobody can tell which place a handler is in: there may be one in each. */
function handlersIn(
  all: readonly TSESTree.CallExpressionArgument[],
): readonly (Node | undefined)[] {
  const given = all.flatMap(spreadOut);
  const spread = given.findIndex(({ type }) => type === 'SpreadElement');
  if (spread === -1) return given.map(handler);
  return [...given.slice(0, spread).map(handler), given[spread], given[spread]];
}

/** `...[use, report]` is as good as `use, report`. */
function spreadOut(
  argument: TSESTree.CallExpressionArgument,
): readonly TSESTree.CallExpressionArgument[] {
  const list = argument.type === 'SpreadElement' ? unwrapped(argument.argument) : undefined;
  if (list?.type !== 'ArrayExpression' || list.elements.includes(null)) return [argument];
  return list.elements as TSESTree.CallExpressionArgument[];
}

/** `undefined` too for what is surely no function: `then(use, null)`. */
function handler(argument: TSESTree.CallExpressionArgument): Node | undefined {
  const node = unwrapped(argument);
  return isLiteralValue(node) ? undefined : node;
}

/**
 * What handles an error of the chain: the handler of its last link, `finally` left aside. An error
 * in `start().catch(report).then(use)` goes to no one: it may come from `use`.
 */
export function errorHandlerOf({ links }: PromiseChain): Node | undefined {
  const handler = links.filter(({ isFinally }) => !isFinally).at(-1)?.rejected;
  // `.catch((error) => { throw error; })` hands it on.
  return isFunction(handler) && alwaysFails(handler) ? undefined : handler;
}
