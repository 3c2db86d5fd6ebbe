// Values that are written out, as far as a condition could ask about them: `false`, `{ fresh: true }`.
import type { TSESTree } from '@typescript-eslint/utils';

import { isUndefined } from './literal-value.js';
import { propertyName } from './property-name.js';
import { unwrapped } from './wrappers.js';

type Node = TSESTree.Node;

/** Of an object, an array and a function it is only known that they are there, and of an object its members. */
export type Written =
  | { readonly value: bigint | boolean | number | string | null | undefined }
  | { readonly object: Node };

export const NOTHING: Written = { value: undefined };

export function writtenValue(expression: Node): Written | undefined {
  const node = unwrapped(expression);
  switch (node.type) {
    case 'Literal':
      return 'regex' in node ? { object: node } : { value: node.value };
    case 'Identifier':
      return isUndefined(node) ? NOTHING : undefined;
    case 'UnaryExpression':
      return node.operator === 'void' ? NOTHING : undefined;
    case 'ArrayExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'ObjectExpression':
      return { object: node };
    default:
      return undefined;
  }
}

export function isTruthy(written: Written): boolean {
  return 'object' in written || Boolean(written.value);
}

/** Of `options?.fresh` nothing is there where there are no options. */
export function memberOf(
  written: Written | undefined,
  name: string | undefined,
): Written | undefined {
  if (written === undefined || name === undefined) return undefined;
  if ('value' in written) return written.value == null ? NOTHING : undefined;
  if (written.object.type !== 'ObjectExpression') return undefined;
  const last = written.object.properties
    .filter((each) => each.type === 'SpreadElement' || hasName(each, name))
    .at(-1);
  if (last === undefined) return NOTHING;
  return last.type === 'Property' && !last.computed && last.kind === 'init'
    ? writtenValue(last.value)
    : undefined;
}

/** A computed name may be any. */
function hasName(property: TSESTree.Property, name: string): boolean {
  return property.computed || propertyName(property) === name;
}
