// Promises of libraries that are other than a promise is: by their types, with the place in the
// library's source that shows it.
import type { Source } from './row.js';

export interface PromiseRow {
  /** As people call it. */
  readonly library: string;
  readonly packages: readonly string[];
  readonly names: readonly string[];
  readonly because: string;
  readonly source: Source;
}

/** Promises that start nothing before somebody awaits them, or calls `then`. */
export const LAZY_ROWS: readonly PromiseRow[] = [
  {
    library: 'Prisma',
    packages: ['@prisma/client'],
    names: ['PrismaPromise'],
    because:
      'The query is sent when `then` is called, or by the `$transaction` that it is handed to.',
    source: {
      repository: 'prisma/prisma',
      path: 'packages/client/src/runtime/core/request/createPrismaPromise.ts',
    },
  },
];

/** What a promise gives where its errors are values of it, and it does not reject. */
export const RESULT_ROWS: readonly PromiseRow[] = [
  {
    library: 'fp-ts',
    packages: ['fp-ts'],
    names: ['Either', 'Left', 'Right', 'These', 'Both'],
    because: 'A `TaskEither` is a function that gives a promise which never rejects.',
    source: { repository: 'gcanti/fp-ts', path: 'src/TaskEither.ts' },
  },
  {
    library: 'neverthrow',
    packages: ['neverthrow'],
    names: ['Err', 'Ok', 'Result'],
    because: 'An error is an `Err`.',
    source: { repository: 'supermacro/neverthrow', path: 'src/result.ts' },
  },
  {
    library: 'Effect',
    packages: ['@effect/data', '@effect/io', 'effect'],
    names: ['Either', 'Exit', 'Failure', 'Left', 'Right', 'Success'],
    because: 'An error is a `Left`, or a `Failure`.',
    source: { repository: 'Effect-TS/effect', path: 'packages/effect/src/Effect.ts' },
  },
  {
    library: 'ts-results',
    packages: ['ts-results', 'ts-results-es'],
    names: ['Err', 'Ok', 'Result'],
    because: 'An error is an `Err`.',
    source: { repository: 'vultix/ts-results', path: 'src/result.ts' },
  },
  {
    library: 'True Myth',
    packages: ['true-myth'],
    names: ['Err', 'Ok', 'Result'],
    because: 'An error is an `Err`.',
    source: { repository: 'true-myth/true-myth', path: 'src/result.ts' },
  },
];
