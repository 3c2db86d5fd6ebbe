import { Option } from 'commander';

import { CLEAN, type CommandDefinition } from '../command.js';
import { type Preset, PRESETS } from '../lint/preset.js';

/** `mooring lsp`: the page for its user is `docs/editors.md`. */
export const lsp: CommandDefinition = {
  name: 'lsp',
  summary: 'shows in an editor what check finds: a language server',
  declare(command) {
    command
      .addOption(
        new Option(
          '--preset <name>',
          'what to ask for (default: recommended, or the preset that the editor sends)',
        ).choices(PRESETS),
      )
      .option('--stdio', 'over the standard input and output: the only way there is')
      .addHelpText('after', '\nAn editor starts it. docs/editors.md has what to configure there.');
  },
  async run(command, { stderr }) {
    if (process.stdin.isTTY) {
      stderr.write('mooring lsp waits for an editor on its standard input; Ctrl+C ends it.\n');
    }
    const { serve } = await import('./serve.js');
    await serve(command.opts<{ preset?: Preset }>().preset);
    return CLEAN;
  },
};
