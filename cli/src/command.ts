import type { Command } from 'commander';

import type { Terminal } from './terminal.js';

export const CLEAN = 0;
export const FINDINGS = 1;
export const COULD_NOT = 2;

export type ExitCode = typeof CLEAN | typeof COULD_NOT | typeof FINDINGS;

/**
 * A row of the table of commands. It says what there is to say about arguments; the work is in a
 * module of its own that `run` imports, so that `mooring --help` loads no linter.
 */
export interface CommandDefinition {
  readonly name: string;
  /** Said by `mooring --help`: what it does, in a few words without a full stop. */
  readonly summary: string;
  /** Arguments, options, and what else `mooring NAME --help` says. */
  declare(command: Command): void;
  /**
   * @throws {CannotError} says in one sentence why it could not; the exit code is 2.
   */
  run(command: Command, terminal: Terminal): Promise<ExitCode>;
}

/** Says in one sentence why a command could not do what it was asked for. */
export class CannotError extends Error {
  override readonly name = 'CannotError';
}
