import type { TSESTree } from '@typescript-eslint/utils';

/** Where some nodes start, in the order of the text. */
export function placesOf(nodes: Iterable<TSESTree.Node>): readonly number[] {
  return Array.from(nodes, ({ range }) => range[0]).sort((a, b) => a - b);
}

/**
 * The place of the first of some sorted numbers, or of what is sorted by a number of it, that is no
 * less than a bound; their count for none.
 */
export function placeFrom<It = number>(
  sorted: readonly It[],
  bound: number,
  numberOf: (it: It) => number = Number,
): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberOf(sorted[middle]!) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first of some sorted numbers that is no less than a bound. */
export function firstFrom(sorted: readonly number[], bound: number): number | undefined {
  return sorted[placeFrom(sorted, bound)];
}
