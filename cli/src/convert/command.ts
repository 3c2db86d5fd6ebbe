import { Option } from 'commander';

import type { CommandDefinition } from '../command.js';

/** The rules whose suggestions can be taken in bulk: what they write means the same, but cancelled. */
export const CONVERTED = [
  'prefer-task-group',
  'no-race-timeout',
  'forward-signal',
  'use-child-signal',
  'no-cancellation-by-name',
  'prefer-throw-if-aborted',
] as const;

export type ConvertedRule = (typeof CONVERTED)[number];

export interface ConvertOptions {
  readonly rule: readonly ConvertedRule[];
  readonly dryRun?: true;
  readonly config: boolean;
}

/** `mooring convert`: the page for its user is `docs/convert.md`. */
export const convert: CommandDefinition = {
  name: 'convert',
  summary: 'applies suggestions in bulk, each of them only where the project type-checks after it',
  declare(command) {
    command
      .argument('[path...]', 'projects, folders or files; without one the current folder')
      .addOption(
        new Option('--rule <name...>', 'whose suggestions to apply')
          .choices(CONVERTED)
          .default(['prefer-task-group', 'no-race-timeout', 'forward-signal']),
      )
      .option('--dry-run', 'print the patch, and write nothing')
      .option('--no-config', 'do not read the ESLint config of the project')
      .addHelpText('after', '\nExit code: 0 nothing is left, 1 something is, 2 could not.');
  },
  async run(command, terminal) {
    const { runConvert } = await import('./convert.js');
    return runConvert(command.args, command.opts<ConvertOptions>(), terminal);
  },
};
