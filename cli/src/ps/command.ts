import { CannotError, type CommandDefinition } from '../command.js';

interface Flags {
  readonly json?: true;
  readonly watch?: true;
  readonly stacks?: true;
}

export const ps: CommandDefinition = {
  name: 'ps',
  summary: 'shows the tasks of a running process, as a tree',
  declare(command) {
    command
      .argument('<pid>', 'the process: Node or Deno, with mooring in it')
      .option('--json', 'print the tree as JSON; with --watch a line each time')
      .option('--watch', 'print it anew each second, until Ctrl+C or the end of the process')
      .option('--stacks', 'show where each task waits; stops the process for a while')
      .addHelpText(
        'after',
        `
The process need not be prepared. It is sent SIGUSR1, on which it opens its inspector on this machine
alone; that is closed again at the end. Where that is switched off (--disable-sigusr1), and on Bun,
import mooring/inspect/on-signal in the process, and send it SIGUSR2.`,
      );
  },
  async run(command, terminal) {
    const [text = ''] = command.args;
    const pid = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(pid) || pid === 0) {
      throw new CannotError(`'${text}' is no process id: that is a number, as in mooring ps 4242`);
    }
    const { showTasks } = await import('./show-tasks.js');
    return showTasks(pid, command.opts<Flags>(), terminal);
  },
};
