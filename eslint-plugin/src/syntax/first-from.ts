/** The place of the first of some sorted numbers that is no less than a bound; their count for none. */
export function placeFrom(sorted: readonly number[], bound: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first of some sorted numbers that is no less than a bound. */
export function firstFrom(sorted: readonly number[], bound: number): number | undefined {
  return sorted[placeFrom(sorted, bound)];
}
