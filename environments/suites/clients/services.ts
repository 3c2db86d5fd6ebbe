/** Servers of Debian's packages, each on loopback, on a free port and in a folder that goes with it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { Redis } from 'ioredis';
import pg from 'pg';

export interface Service {
  readonly port: number;
  stop(): Promise<void>;
}

/** A service that is not installed is `undefined`: its clients are skipped, and the test says so. */
export async function startRedis(): Promise<Service | undefined> {
  const program = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].find(existsSync);
  if (program === undefined) return undefined;
  return start(
    (port) => [program, '--port', `${port}`, '--bind', '127.0.0.1', '--save', ''],
    async (port) => {
      const redis = new Redis(port, { lazyConnect: true, retryStrategy: () => null });
      redis.on('error', () => {}); // `connect` rejects as well.
      await redis.connect();
      redis.disconnect();
    },
  );
}

export async function startPostgres(): Promise<Service | undefined> {
  const bin = programsOfPostgres();
  if (bin === undefined) return undefined;
  const user = notRoot();
  return start(
    (port, folder) => {
      if (user) chownSync(folder, user.uid, user.gid);
      const data = join(folder, 'data');
      const options = ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync'];
      execFileSync(join(bin, 'initdb'), options, { ...user, cwd: folder, stdio: 'ignore' });
      return [join(bin, 'postgres'), '-D', data, '-k', folder, '-h', '127.0.0.1', '-p', `${port}`];
    },
    connectAndEnd,
    user,
  );
}

async function connectAndEnd(port: number): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
  await client.connect();
  await client.end();
}

/** Debian has a folder for each version, and puts none of their programs on the path. */
function programsOfPostgres(): string | undefined {
  const versions = '/usr/lib/postgresql';
  const [version] = existsSync(versions) ? readdirSync(versions).sort().reverse() : [];
  return version && join(versions, version, 'bin');
}

/** PostgreSQL refuses to run as root. */
function notRoot(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres']));
  return { uid: id('-u'), gid: id('-g') };
}

async function start(
  commandFor: (port: number, folder: string) => string[],
  ping: (port: number) => Promise<unknown>,
  user: { uid: number; gid: number } | undefined = undefined,
): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-service-'));
  const port = await freePort();
  const [program, ...args] = commandFor(port, folder) as [string, ...string[]];
  const server = spawn(program, args, { ...user, cwd: folder, stdio: 'ignore' });
  await up(server, () => ping(port));
  return {
    port,
    async stop() {
      const exit = once(server, 'exit');
      server.kill('SIGINT'); // To both: now, whoever is connected.
      await exit;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server does not say when it is up: it is asked until it answers, or has ended. */
async function up(server: ChildProcess, ping: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await ping();
      return;
    } catch (error) {
      if (server.exitCode !== null) throw error;
      await delay(20);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
