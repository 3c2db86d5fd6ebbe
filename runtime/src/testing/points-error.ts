import { textOf } from './stray-errors.js';

export interface FailedPoint {
  readonly point: number | 'end';
  /** Where the program goes on after the cancellation. */
  readonly line: string;
  readonly faults: readonly unknown[];
}

/** So many points are written out; `errors` holds them all. */
const SHOWN = 10;

/** What {@link cancelEverywhere} rejects with: `errors` holds one error for each point that failed. */
export class PointsError extends AggregateError {
  /** The numbers of the points that failed. */
  readonly points: readonly (number | 'end')[];

  constructor(failed: readonly FailedPoint[], tried: number) {
    const errors = failed.map(
      ({ point, line, faults }) =>
        new Error(`point ${point}, ${line}: ${faults.map(textOf).join('; ')}`, {
          cause: faults[0],
        }),
    );
    const shown = errors.slice(0, SHOWN).map(({ message }) => `  ${message}`);
    if (errors.length > SHOWN) shown.push(`  … and ${errors.length - SHOWN} more`);
    const first = failed[0]!.point;
    super(
      errors,
      `${errors.length} of ${tried} points of cancellation fail:\n${shown.join('\n')}\n` +
        (typeof first === 'number'
          ? `Replay the first with { only: ${first} }`
          : 'Cancelled when everything waited'),
      { cause: failed[0]!.faults[0] },
    );
    this.points = failed.map(({ point }) => point);
  }

  override get name(): string {
    return 'PointsError';
  }
}
