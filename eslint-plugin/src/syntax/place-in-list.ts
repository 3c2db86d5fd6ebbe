import type { TSESTree } from '@typescript-eslint/utils';

interface Elements {
  readonly places: ReadonlyMap<TSESTree.Node | null, number>;
  readonly firstSpread: number;
}

/** A list may have thousands of elements, each of which asks. */
const known = new WeakMap<TSESTree.ArrayExpression, Elements>();

/** The index of the element that a node is in; `undefined` behind `...others`, where it is not known. */
export function placeInList(
  list: TSESTree.ArrayExpression,
  node: TSESTree.Node,
): string | undefined {
  const elements = known.get(list) ?? elementsOf(list);
  known.set(list, elements);
  let element = node;
  while (element.parent !== undefined && element.parent !== list) element = element.parent;
  const place = elements.places.get(element);
  return place === undefined || place >= elements.firstSpread ? undefined : String(place);
}

function elementsOf({ elements }: TSESTree.ArrayExpression): Elements {
  const spread = elements.findIndex((each) => each?.type === 'SpreadElement');
  return {
    places: new Map(elements.map((each, place) => [each, place])),
    firstSpread: spread === -1 ? Infinity : spread,
  };
}
