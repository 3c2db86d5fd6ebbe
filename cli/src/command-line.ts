import { Command, CommanderError } from 'commander';

import { CannotError, CLEAN, type CommandDefinition, COULD_NOT, type ExitCode } from './command.js';
import type { Terminal } from './terminal.js';
import { version } from './version.js';

/**
 * Runs the command that the arguments name.
 *
 * @returns 0 where all is well, 1 where something was found, 2 where it could not be done: then one
 * sentence on the standard error says why.
 */
export async function runCommandLine(
  commands: readonly CommandDefinition[],
  args: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  let code: ExitCode = CLEAN;
  const program = programOf(commands, terminal, (result) => (code = result));
  try {
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return CLEAN;
    // `mooring help nope`: Commander says how mooring is used, and no word of what is wrong.
    if (error instanceof CommanderError && error.message === '(outputHelp)') {
      terminal.stderr.write(`${noCommand(args[1] ?? '', commands)}\n`);
      return COULD_NOT;
    }
    terminal.stderr.write(`${sentenceOf(error, commands)}\n`);
    return COULD_NOT;
  }
}

function programOf(
  commands: readonly CommandDefinition[],
  terminal: Terminal,
  ended: (code: ExitCode) => void,
): Command {
  const program = quiet(new Command('mooring'), terminal)
    .description('Structured concurrency: finds work that nobody owns.')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'say how it is used')
    .addHelpText('after', '\nExit code: 0 all is well, 1 something was found, 2 could not.');
  if (commands.length > 0) program.helpCommand('help [COMMAND]', 'say how a command is used');
  for (const definition of commands) {
    const command = quiet(program.command(definition.name), terminal)
      .summary(definition.summary)
      .description(`${definition.summary[0]!.toUpperCase()}${definition.summary.slice(1)}.`)
      .helpOption('-h, --help', 'say how it is used')
      .action(async () => ended(await definition.run(command, terminal)));
    definition.declare(command);
  }
  return program;
}

/** Commander ends no process here, and says nothing of a mistake: that is one sentence of ours. */
function quiet(command: Command, terminal: Terminal): Command {
  return command
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: () => undefined,
      getOutHelpWidth: () => terminal.stdout.columns || 80,
    });
}

function sentenceOf(error: unknown, commands: readonly CommandDefinition[]): string {
  if (error instanceof CannotError) return ended(error.message);
  const words = error instanceof Error ? error.message : String(error);
  const line = words.replaceAll(/\s+/g, ' ').trim();
  if (!(error instanceof CommanderError)) return ended(`mooring could not go on: ${line}`);
  const [, name] = /unknown command '(.*)'/.exec(line) ?? [];
  if (name !== undefined) return noCommand(name, commands);
  return ended(line.replace(/^error: (.)/, (_, first: string) => first.toUpperCase()));
}

function noCommand(name: string, commands: readonly CommandDefinition[]): string {
  const names = commands.map((command) => command.name).join(', ');
  return `mooring has no command '${name}'; it has ${names || 'none'}.`;
}

function ended(sentence: string): string {
  return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}
