/** What can be known of a process without asking it. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

import { CannotError } from '../command.js';

/** SIGUSR1 is the tenth signal on Linux, and the tenth bit of the masks in `/proc/PID/status`. */
const SIGUSR1 = 1n << 9n;

/** Refuses a process that there is not, or that this user may not look at. */
export function checkReach(pid: number): void {
  try {
    process.kill(pid, 0);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ESRCH') throw new CannotError(`There is no process ${pid}`);
    throw new CannotError(
      `Process ${pid} belongs to another user, who alone can look at it: run mooring ps as that user`,
    );
  }
}

/**
 * Refuses a process that opens no inspector: the signal that asks for it would kill one that does not
 * know it.
 *
 * @returns False where one that can has not come that far: it has just been started.
 */
export function listensForInspector(pid: number): boolean {
  const name = programOf(pid);
  if (name === 'bun') {
    throw new CannotError(
      `Process ${pid} is Bun, which opens no inspector while it runs: import mooring/inspect/on-signal in it, and send it SIGUSR2`,
    );
  }
  if (name !== undefined && !/^(node|deno|iojs)/.test(name)) {
    throw new CannotError(`Process ${pid} is ${name}, neither Node nor Deno`);
  }
  if (optionsOf(pid).some((option) => option === '--disable-sigusr1')) {
    throw new CannotError(
      `Process ${pid} runs with --disable-sigusr1, which keeps its inspector shut: import mooring/inspect/on-signal in it, and send it SIGUSR2`,
    );
  }
  if (process.platform !== 'linux') return true;
  const [, caught] = /^SigCgt:\s*([\da-f]+)/m.exec(read(pid, 'status')) ?? [];
  return caught === undefined || (BigInt(`0x${caught}`) & SIGUSR1) !== 0n;
}

/** Where the process opens its inspector, unless it was told otherwise while it runs. */
export function inspectorPort(pid: number): number {
  let port = 9229;
  for (const option of optionsOf(pid)) {
    // --inspect-port=9230, --inspect=127.0.0.1:9230
    const match = /^--(?:inspect|debug)(?:-port|-brk|-wait)?=(?:.*:)?(\d+)$/.exec(option);
    if (match) port = Number(match[1]);
  }
  if (port === 0) {
    throw new CannotError(
      `Process ${pid} was told to open its inspector on any free port (--inspect-port=0), which is not found from outside`,
    );
  }
  return port;
}

/** The name of its program: `node`, `node-24`. Undefined where the system does not tell. */
function programOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      return basename(readlinkSync(`/proc/${pid}/exe`)).replace(/ \(deleted\)$|\.exe$/g, '');
    }
    if (process.platform === 'win32') return undefined;
    return basename(
      execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).trim(),
    );
  } catch {
    return undefined;
  }
}

/** Options that are followed by a value of their own. */
const TAKES_VALUE =
  /^(-r|--require|--import|--loader|--experimental-loader|-e|--eval|-p|--print|-pe|-C|--conditions|--env-file|--title)$/;

/** Of a command line what comes before the program: what follows is the program's business. */
function beforeProgram([, ...words]: readonly string[]): string[] {
  const options: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (!word.startsWith('-') || word === '--') break;
    options.push(word);
    if (TAKES_VALUE.test(word)) at++;
  }
  return options;
}

/** Its options, those from NODE_OPTIONS first, as Node takes them. */
function optionsOf(pid: number): string[] {
  if (process.platform === 'linux') {
    const fromEnvironment = read(pid, 'environ')
      .split('\0')
      .filter((line) => line.startsWith('NODE_OPTIONS='))
      .flatMap((line) => line.slice('NODE_OPTIONS='.length).split(/\s+/));
    return [...fromEnvironment, ...beforeProgram(read(pid, 'cmdline').split('\0'))];
  }
  if (process.platform === 'win32') return [];
  try {
    const line = execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
    return beforeProgram(line.trim().split(/\s+/));
  } catch {
    return [];
  }
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
