// What a test gives on a path where a promise was put into a name or into its collection:
// `if (p)`, `p !== undefined`, `p !== false`, `if (tasks)`, `if (tasks.length > 0)`, and what stands before
// a `?.`.
import type { TSESTree } from '@typescript-eslint/utils';

import { isInside } from '../../syntax/enclosing.js';
import { isLiteralValue, isNullish } from '../../syntax/literal-value.js';
import { propertyName } from '../../syntax/property-name.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { PromisePlace } from './promise-place.js';

const SIZES: ReadonlySet<string | undefined> = new Set(['length', 'size']);

/** `true` and `false` as for an `if`, of a name that holds the promise, or a collection with it. */
export function presenceIn(test: TSESTree.Node, place: PromisePlace): boolean | undefined {
  const node = unwrapped(test);
  if (isPresence(node, place)) return true;
  if (isBeforeTaker(test, place.takers)) return true;
  if (node.type !== 'BinaryExpression') return undefined;
  const { left, operator, right } = node;
  if (isPresence(unwrapped(left), place)) return comparison(operator, right, place);
  return isPresence(unwrapped(right), place) && !isOrder(operator)
    ? comparison(operator, left, place)
    : undefined;
}

function isPresence(node: TSESTree.Node, { isContainer, mentions }: PromisePlace): boolean {
  if (mentions.has(node)) return true;
  const isSize = node.type === 'MemberExpression' && SIZES.has(propertyName(node));
  return isContainer && isSize && mentions.has(unwrapped(node.object));
}

/** `p !== undefined`, `p === true`, `tasks.length > 0`. */
function comparison(
  operator: string,
  other: TSESTree.Node,
  { isContainer }: PromisePlace,
): boolean | undefined {
  // A promise is no literal; a size may be one.
  if (!isNothing(other) && (isContainer || !isLiteralValue(other))) return undefined;
  if (operator === '===' || operator === '==') return false;
  if (operator === '!==' || operator === '!=') return true;
  return isContainer && operator === '>' ? true : undefined;
}

function isOrder(operator: string): boolean {
  return operator.startsWith('<') || operator.startsWith('>');
}

function isNothing(node: TSESTree.Node): boolean {
  return isNullish(node) || (node.type === 'Literal' && node.value === 0);
}

/**
 * `registry?.add(p)`: where there is no registry nobody takes it, but that is not worth a word.
 * The node is what stands before the `?.`.
 */
function isBeforeTaker(node: TSESTree.Node, takers: ReadonlySet<TSESTree.Node>): boolean {
  const { parent } = node;
  const isOptional =
    (parent?.type === 'MemberExpression' && parent.optional && parent.object === node) ||
    (parent?.type === 'CallExpression' && parent.optional && parent.callee === node);
  if (!isOptional) return false;
  let chain: TSESTree.Node = node;
  while (chain.parent !== undefined && chain.type !== 'ChainExpression') chain = chain.parent;
  for (const taker of takers) if (isInside(taker, chain)) return true;
  return false;
}
