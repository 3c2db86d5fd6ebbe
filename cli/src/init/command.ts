import { Option } from 'commander';

import type { CommandDefinition } from '../command.js';
import { type Preset, PRESETS } from '../lint/preset.js';

export interface InitOptions {
  readonly preset: Preset;
  readonly yes?: true;
}

/** `mooring init`: the page for its user is `docs/init.md`. */
export const init: CommandDefinition = {
  name: 'init',
  summary: 'sets the rules up beside the linter that a project has',
  declare(command) {
    command
      .argument('[path]', 'the project; without one the current folder')
      .addOption(
        new Option('--preset <name>', 'what to ask for')
          .choices(PRESETS)
          .default('recommended' as const),
      )
      .option('--yes', 'write the edits; without it they are only shown');
  },
  async run(command, terminal) {
    const { runInit } = await import('./init.js');
    return runInit(command.args[0] ?? '.', command.opts<InitOptions>(), terminal);
  },
};
