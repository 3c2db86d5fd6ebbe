import type { CommandDefinition } from '../../src/command.js';
import { runCommandLine } from '../../src/command-line.js';
import { COMMANDS } from '../../src/commands.js';
import type { Output, Terminal } from '../../src/terminal.js';

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface MooringOptions extends Partial<Terminal> {
  readonly commands?: readonly CommandDefinition[];
}

/** `mooring ARGS…` in this process: ESLint and TypeScript are loaded once for all tests of a file. */
export async function mooring(
  args: readonly string[],
  { commands = COMMANDS, ...terminal }: MooringOptions = {},
): Promise<Said> {
  const stdout = new Written();
  const stderr = new Written();
  const code = await runCommandLine(commands, args, {
    cwd: process.cwd(),
    env: {},
    stdout,
    stderr,
    ...terminal,
  });
  // A busy machine takes ten seconds for anything, and then the progress is said.
  const said = stderr.text.replaceAll(/^\d+ of \d+ files: .*\n/gm, '');
  return { code, stdout: stdout.text, stderr: said };
}

class Written implements Output {
  text = '';

  write(chunk: unknown): boolean {
    this.text += String(chunk);
    return true;
  }
}
