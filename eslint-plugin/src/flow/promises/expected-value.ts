// What a value is expected to be where it is written, by the types of what it becomes a part of:
//
//   menu([{ label: 'Save', click: async () => { … } }]);    what the parameter says of `click`
//   const options: Options = { onEnd: async () => { … } };  what the name's type says of `onEnd`
//   socket.onclose = async () => { … };                     what the member's type says
import type { TSESTree } from '@typescript-eslint/utils';

import { propertyName } from '../../syntax/property-name.js';
import { outermost } from '../../syntax/wrappers.js';
import type { ValueFacts } from '../../types/types.js';
import type { TypedPlace } from './error-handling.js';

/** Further into each other nobody writes literals. */
const DEEPEST = 10;

/** Empty where nothing says so. */
export function expectedAt(
  value: TSESTree.Node,
  place: TypedPlace,
  depth = DEEPEST,
): readonly ValueFacts[] {
  const node = outermost(value);
  const { parent } = node;
  if (depth === 0 || parent == null) return [];
  switch (parent.type) {
    case 'Property': {
      const name = propertyName(parent);
      if (name === undefined || parent.value !== node) return [];
      return expectedAt(parent.parent, place, depth - 1).flatMap((whole) => whole.members(name));
    }
    case 'ArrayExpression':
      return expectedAt(parent, place, depth - 1).flatMap(({ elements }) => elements);
    case 'CallExpression':
    case 'NewExpression': {
      const argument = parent.arguments.findIndex((each) => each === node);
      const parameter = argument === -1 ? undefined : place.types.call(parent).parameter(argument);
      return parameter === undefined ? [] : [parameter];
    }
    case 'VariableDeclarator':
      return parent.id.typeAnnotation === undefined ? [] : place.types.values([parent.id]);
    case 'AssignmentExpression':
      return parent.right === node ? place.types.values([parent.left]) : [];
    default:
      return [];
  }
}
