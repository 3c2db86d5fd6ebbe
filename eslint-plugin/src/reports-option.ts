/**
 * The one option in which the steps differ. `mistakes`: what is wrong in any program, as
 * `recommended` has it. `all`: also what has no owner, though its author may have meant it so.
 */
export interface ReportsOption {
  readonly reports: 'all' | 'mistakes';
}

export const REPORTS_SCHEMA = {
  enum: ['all', 'mistakes'],
  description: 'Report all that has no owner, or only what is a mistake in any program.',
} as const;

/** Without options a rule is as `structured` has it. */
export const REPORTS_ALL: ReportsOption = { reports: 'all' };

export const REPORTS_MISTAKES: ReportsOption = { reports: 'mistakes' };
