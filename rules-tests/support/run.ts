import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

import { TaskGroup } from 'mooring';

export interface Outcome {
  /** The exit code, or the name of the signal that ended the program. */
  readonly code: NodeJS.Signals | number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds. A program that runs longer is killed, and the error says which. */
  readonly limit?: number;
}

/** Runs a program to its end, whatever its exit code. */
export async function run(
  command: string,
  args: readonly string[],
  { cwd, env = {}, limit = 280_000 }: RunOptions,
): Promise<Outcome> {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limit,
    killSignal: 'SIGKILL',
  });
  const [[code, signal], stdout, stderr] = await TaskGroup.all([
    () => once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
    () => text(child.stdout),
    () => text(child.stderr),
  ]);
  if (signal === 'SIGKILL') {
    throw new Error(`${shown(command, args)} ran for ${limit} ms and said:\n${stdout}${stderr}`);
  }
  return { code: code ?? signal!, stdout, stderr };
}

/** Runs a program that has to succeed, and gives what it printed. */
export async function runWell(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code !== 0) {
    throw new Error(`${shown(command, args)} ended with ${code} and said:\n${stdout}${stderr}`);
  }
  return stdout;
}

function shown(command: string, args: readonly string[]): string {
  return `\`${[command, ...args].join(' ')}\``;
}
