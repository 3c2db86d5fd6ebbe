import fc from 'fast-check';
import { expect, test, vi } from 'vitest';

import { Coverage } from './coverage.js';
import { interpret } from './interpreter.js';
import { programs } from './program.js';

const RUNS = Number(process.env['MOORING_RUNS'] ?? 4_000);
/** The same programs each time: what fails here has been changed. `npm run soak` tries others. */
const SEED = Number(process.env['MOORING_SEED'] ?? 101);

test(`${RUNS} random programs end as the model says`, { timeout: 900_000 }, async () => {
  const coverage = new Coverage();
  const unhandled: unknown[] = [];
  const onUnhandled = (error: unknown): void => void unhandled.push(error);
  process.on('unhandledRejection', onUnhandled);
  // Blocks without join() are among the programs.
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  try {
    await fc.assert(
      fc.asyncProperty(programs, fc.scheduler(), async (program, scheduler) => {
        unhandled.length = 0;
        const violations = await interpret(program, scheduler, coverage);
        expect([...violations, ...unhandled]).toEqual([]);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  } finally {
    process.off('unhandledRejection', onUnhandled);
    warn.mockRestore();
  }
  if (process.env['MOORING_COUNTS']) console.table(Object.fromEntries(coverage.counts));
  expect(coverage.rarerThan(RUNS / 1_000)).toEqual([]);
});
