import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';

import type { CommandDefinition } from '../command.js';
import { type Preset, PRESETS } from '../lint/preset.js';
import { Progress } from '../progress.js';

export const FORMATS = ['pretty', 'stylish', 'html', 'json', 'sarif', 'github', 'junit'] as const;

export type Format = (typeof FORMATS)[number];

export interface CheckOptions {
  /** Unset: `recommended`, or what the project's own ESLint config says of our rules. */
  readonly preset?: Preset;
  readonly format: Format;
  readonly output?: string;
  /** So many findings are no reason to exit with 1. */
  readonly max: number;
  readonly baseline?: string;
  readonly updateBaseline?: true;
  readonly fix?: true;
  /** False with `--no-config`. */
  readonly config: boolean;
}

/** `mooring check`: the page for its user is `docs/check.md`. */
export const check: CommandDefinition = {
  name: 'check',
  summary: 'finds work that nobody waits for, in any project',
  declare,
  async run(command, terminal) {
    // To load ESLint and the rules takes a second on a busy machine.
    const loading = new Progress(terminal.stderr, terminal.cwd);
    loading.step('loading the rules');
    const { runCheck } = await import('./check.js');
    loading.end();
    return runCheck(command.args, command.opts<CheckOptions>(), terminal);
  },
};

function countOf(value: string): number {
  if (/^\d+$/.test(value)) return Number(value);
  throw new InvalidArgumentError('A number of findings is 0 or more, without a fraction.');
}

function declare(command: Command): void {
  command
    .argument('[path...]', 'projects, folders or files; without one the current folder')
    .addOption(
      new Option(
        '--preset <name>',
        'what to ask for (default: recommended, or what the ESLint config of the project asks for)',
      ).choices(PRESETS),
    )
    .addOption(
      new Option('--format <name>', 'how to say it').choices(FORMATS).default('pretty' as const),
    )
    .option('--output <file>', 'write it to a file')
    .addOption(
      new Option('--max <n>', 'exit with 0 where no more than this are found')
        .argParser(countOf)
        .default(0),
    )
    .option('--baseline <file>', 'say only what this file does not list')
    .option('--update-baseline', 'write what is found into the baseline, and exit with 0')
    .option('--fix', 'apply the fixes that change nothing that the program does')
    .option('--no-config', 'do not read the ESLint config of the project')
    .addHelpText(
      'after',
      '\nNothing has to be installed or configured in the project. ' +
        'Exit code: 0 clean, 1 findings, 2 could not.',
    );
}
