/** One place in a run where the explorer had a choice. */
export interface Choice {
  /** Which of them was taken, from 0. */
  readonly taken: number;
  readonly of: number;
  readonly what: string;
}

/**
 * The choices of one run: those of a prefix first, then what `pick` says. A program with the same
 * choices runs the same, so a list of numbers is a schedule.
 */
export class Choices {
  readonly made: Choice[] = [];
  readonly #prefix: readonly number[];
  readonly #pick: (of: number) => number;

  constructor(prefix: readonly number[], pick: (of: number) => number = () => 0) {
    this.#prefix = prefix;
    this.#pick = pick;
  }

  /** @param names What there is to choose from. One alone is no choice. */
  take(names: readonly string[]): number {
    const of = names.length;
    if (of < 2) return 0;
    const taken = Math.min(this.#prefix[this.made.length] ?? this.#pick(of), of - 1);
    this.made.push({ taken, of, what: names[taken]! });
    return taken;
  }

  /** The numbers that replay this run. What comes after them is 0. */
  get schedule(): number[] {
    const taken = this.made.map((choice) => choice.taken);
    while (taken.at(-1) === 0) taken.pop();
    return taken;
  }

  /**
   * Where the next run goes, depth first: as far as this one, and then the next way at the last
   * place that has one. `undefined`: every way has been gone.
   *
   *     [0 of 2, 1 of 2, 0 of 1]  →  [1]
   */
  get following(): number[] | undefined {
    const prefix = this.made.map(({ taken }) => taken);
    for (const { taken, of } of [...this.made].reverse()) {
      prefix.pop();
      if (taken + 1 < of) return [...prefix, taken + 1];
    }
    return undefined;
  }
}

/** Numbers below `of`, the same for the same seed (mulberry32). */
export function randomPicks(seed: number): (of: number) => number {
  let state = seed | 0;
  return (of) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % of;
  };
}
