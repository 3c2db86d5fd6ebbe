import type { ESLint } from 'eslint';

import { ownTimes } from './own-times.js';
import type { Shape } from './shapes.js';

/** A rule that takes too long on a program that is four times as large. */
export interface Excess {
  readonly rule: string;
  readonly shape: string;
  /** The size of the large program; the small one has a quarter. */
  readonly size: number;
  readonly small: number;
  readonly large: number;
}

/** Four times as large may take six times as long: n log n, and some for what is measured. */
export const MOST = 6;

/** Below it, in milliseconds, a time is noise. */
const NOISE = 80;

export interface Growth {
  readonly workspace: string;
  readonly plugin: ESLint.Plugin;
  /** How much larger than its smallest each program is. */
  readonly scale: number;
  readonly runs: number;
}

/** Rules whose own time grows faster than the program. */
export function excesses(name: string, shape: Shape, growth: Growth): Excess[] {
  const { plugin, runs, scale, workspace } = growth;
  const timesAt = (n: number): ReadonlyMap<string, number> => {
    const path = `${workspace}/rules-tests/fixtures/typed/growth.${shape.ending ?? 'ts'}`;
    return ownTimes(plugin, { path, text: shape.program(n) }, runs);
  };
  const found = (size: number): Excess[] => {
    const [small, large] = [timesAt(size), timesAt(4 * size)];
    return [...large].flatMap(([rule, time]) => {
      const before = Math.max(small.get(rule)!, NOISE / MOST);
      const isExcess = time > NOISE && time > MOST * before;
      return isExcess ? [{ rule, shape: name, size: 4 * size, small: before, large: time }] : [];
    });
  };
  const size = Math.round(shape.small * scale);
  const first = found(size);
  if (first.length === 0) return [];
  // Code that gets warm and other processes take no side; what grows too fast does so further on.
  const second = found(2 * size);
  return first.filter(({ rule }) => second.some((it) => it.rule === rule));
}
