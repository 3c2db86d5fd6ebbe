import { invalid } from '../errors.js';

/** Options that count something. */
export function checkWhole(name: string, value: unknown, least: number): void {
  if (Number.isInteger(value) && (value as number) >= least) return;
  throw invalid(
    `${name} must be a whole number from ${least} on`,
    value,
    typeof value === 'number',
  );
}
