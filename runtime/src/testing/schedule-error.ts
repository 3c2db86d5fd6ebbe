import type { Choices } from './choices.js';
import { textOf } from './stray-errors.js';

/** What {@link explore} rejects with: the schedule that fails, its fault as `cause`. */
export class ScheduleError extends Error {
  /** To be given to `explore` again. */
  readonly schedule: readonly number[];

  constructor(choices: Choices, fault: unknown, count: number, seed: number | undefined) {
    const { schedule } = choices;
    const lines = choices.made.map(({ what, of }) => `  ${what} (of ${of} that could come first)`);
    const from = seed === undefined ? '' : `, found with seed ${seed}`;
    super(
      `Schedule ${count} fails: ${textOf(fault)}\n` +
        `${['In this order:', ...lines].join('\n')}\n` +
        `Replay it with { schedule: [${schedule.join(', ')}] }${from}`,
      { cause: fault },
    );
    this.schedule = schedule;
  }

  override get name(): string {
    return 'ScheduleError';
  }
}
