import { appendFileSync } from 'node:fs';

import type { Linter } from 'eslint';

/** One program of the rule suite, as it was linted, and what was said of it. */
export interface Linted {
  readonly code: string;
  readonly filename: string;
  readonly rules: Linter.RulesRecord;
  readonly settings: object;
  readonly messages: readonly Linter.LintMessage[];
}

const file = process.env['MOORING_RECORD'];

/** Writes down every program of the suite, for the linter that cannot be called from a test. */
export function record(linted: Linted): void {
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(linted)}\n`);
}
