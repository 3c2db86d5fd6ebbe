/** Processes to look at, on the versions of Node that are installed, and on Deno and Bun. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Of `runtimes/`, which whoever wants them installs: `npm ci --prefix runtimes`. */
const RUNTIMES = here('../../../runtimes/node_modules/');

/** Only when they are asked for: of all of them a run takes more than a minute. */
export const areAsked = process.env['MOORING_EVERY_RUNTIME'] !== undefined;

export const nodes: readonly { name: string; command: string }[] = [
  { name: `this Node, ${process.version}`, command: process.execPath },
  ...[20, 22, 24, 26]
    .map((major) => ({
      name: `Node ${major}`,
      command: `${RUNTIMES}node-${major}/bin/node`,
    }))
    .filter(({ command }) => areAsked && existsSync(command)),
];

export function runtime(name: string): string | undefined {
  const path = `${RUNTIMES}.bin/${name}`;
  return areAsked && existsSync(path) ? path : undefined;
}

export function program(name: string): string {
  return here(`programs/${name}`);
}

/** A process that ends with the scope: `using`, of the tests. */
export class Target implements AsyncDisposable {
  readonly child: ChildProcess;
  stdout = '';
  stderr = '';

  constructor(command: string, args: readonly string[]) {
    this.child = spawn(command, args, { cwd: here('.'), stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout!.on('data', (text) => (this.stdout += String(text)));
    this.child.stderr!.on('data', (text) => (this.stderr += String(text)));
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Waits until it has printed what is asked for. */
  async printed(text: string): Promise<void> {
    while (!this.stdout.includes(text)) {
      if (this.child.exitCode !== null) throw new Error(`It has ended: ${this.stderr}`);
      await once(this.child.stdout!, 'data');
    }
  }

  /** Ends it, and gives its exit code or the signal. */
  async end(signal: NodeJS.Signals): Promise<unknown> {
    const { exitCode, signalCode } = this.child;
    if (exitCode !== null || signalCode !== null) return exitCode ?? signalCode;
    const ended = once(this.child, 'close');
    this.child.kill(signal);
    const [code, by] = (await ended) as unknown[];
    return code ?? by;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGKILL');
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Whether anybody listens at a port of this machine. */
export async function isOpen(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/json/version`).then(
    () => true,
    () => false,
  );
}
