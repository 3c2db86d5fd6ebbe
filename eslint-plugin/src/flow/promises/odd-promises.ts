// Promises that are other than a promise is, by the table of `libraries/promises.ts`.
import { LAZY_ROWS, type PromiseRow, RESULT_ROWS } from '../../libraries/promises.js';
import type { Specifier } from '../../types/specifier.js';

/** They start nothing before somebody awaits them. */
export const LAZY_PROMISES: readonly Specifier[] = specifiersOf(LAZY_ROWS);

/** Types of results that have the error in them. */
export const ERRORS_AS_VALUES: readonly Specifier[] = specifiersOf(RESULT_ROWS);

function specifiersOf(rows: readonly PromiseRow[]): Specifier[] {
  return rows.flatMap(({ packages, names }) =>
    packages.map((name): Specifier => ({ from: 'package', package: name, name: names })),
  );
}
