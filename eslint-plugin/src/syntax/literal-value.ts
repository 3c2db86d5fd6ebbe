// Values that are written out where they stand, by what is written alone.
import type { TSESTree } from '@typescript-eslint/utils';

export function isUndefined(node: TSESTree.Node): boolean {
  return node.type === 'Identifier' && node.name === 'undefined';
}

/** `null`, or `undefined`. */
export function isNullish(node: TSESTree.Node): boolean {
  return isUndefined(node) || (node.type === 'Literal' && node.raw === 'null');
}

/** A literal, or `undefined`: no promise, no function and no signal. */
export function isLiteralValue(node: TSESTree.Node): boolean {
  return node.type === 'Literal' || isUndefined(node);
}
