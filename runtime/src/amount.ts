import { invalid } from './errors.js';

/** Milliseconds, a share, a rate. */
export function isAmount(value: unknown, most = Infinity): value is number {
  return typeof value === 'number' && value >= 0 && value <= most;
}

export function checkAmount(name: string, value: unknown, most?: number): void {
  if (isAmount(value, most)) return;
  throw invalid(`${name} must be a number from 0 on`, value, typeof value === 'number');
}
