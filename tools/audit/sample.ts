/** How many reports are drawn, and the seed that draws the same ones again. */
export interface Sampling {
  readonly size: number;
  readonly seed: number;
}

/**
 * Items drawn at random, each as likely as any other, in the order that they had. Equal items, size
 * and seed make an equal sample.
 */
export function sampleOf<T>(items: readonly T[], { size, seed }: Sampling): T[] {
  const random = mulberry32(seed);
  const order = [...items.keys()];
  const drawn = Math.min(size, order.length);
  for (let step = 0; step < drawn; step += 1) {
    const other = step + Math.floor(random() * (order.length - step));
    [order[step], order[other]] = [order[other]!, order[step]!];
  }
  return order
    .slice(0, drawn)
    .sort((a, b) => a - b)
    .map((index) => items[index]!);
}

/** Numbers from 0 to 1, by Tommy Ettinger's generator of 32 bits. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
