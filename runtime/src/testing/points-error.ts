import { textOf } from './stray-errors.js';

/** A point that failed. */
export interface FailedPoint {
  /** To be given to `only`; `end`: cancelled when everything waited. */
  readonly point: number | 'end';
  /** Where the program goes on after the cancellation. */
  readonly line: string;
  /** What was wrong: what the program or `check` threw, an unhandled rejection, what was left behind. */
  readonly faults: readonly unknown[];
}

/** So many points are written out; `failed` holds them all. */
const SHOWN = 10;

/**
 * What {@link cancelEverywhere} rejects with; the first fault is its `cause`. No aggregate: test
 * runners print each error of one in full, and a lock that leaks fails at every point after it.
 */
export class PointsError extends Error {
  readonly failed: readonly FailedPoint[];

  constructor(failed: readonly FailedPoint[], tried: number) {
    const lines = failed
      .slice(0, SHOWN)
      .map(
        ({ point, line, faults }) => `  point ${point}, ${line}: ${faults.map(titleOf).join('; ')}`,
      );
    if (failed.length > SHOWN) lines.push(`  … and ${failed.length - SHOWN} more`);
    const { point, faults } = failed[0]!;
    if (typeof point === 'number') lines.push(`Replay the first with { only: ${point} }`);
    const title = `${failed.length} of ${tried} points of cancellation fail:`;
    super([title, ...lines].join('\n'), { cause: faults[0] });
    this.failed = failed;
  }

  override get name(): string {
    return 'PointsError';
  }
}

/** The tree of scopes that follows is in the cause. */
function titleOf(fault: unknown): string {
  return textOf(fault).split('\n', 1)[0]!;
}
