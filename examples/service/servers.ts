/** PostgreSQL and Redis of Debian's packages, on loopback, each in a folder that goes with it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { TaskGroup } from 'mooring';
import pg from 'pg';
import { createClient } from 'redis';

export interface Servers {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  stop(): Promise<void>;
}

export async function startServers(): Promise<Servers> {
  const [postgres, redis] = await TaskGroup.all([() => startPostgres(), () => startRedis()]);
  return {
    databaseUrl: postgres.url,
    redisUrl: redis.url,
    async stop() {
      await Promise.all([postgres.stop(), redis.stop()]);
    },
  };
}

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

async function startRedis(): Promise<Server> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const options = [
    '--port',
    `${port}`,
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--loglevel',
    'warning',
  ];
  return start(url, folder(), ['redis-server', ...options], async () => {
    const client = createClient({ url, socket: { reconnectStrategy: false } });
    client.on('error', () => {}); // `connect` rejects as well.
    await client.connect();
    await client.close();
  });
}

async function startPostgres(): Promise<Server> {
  const versions = '/usr/lib/postgresql';
  const [version] = existsSync(versions) ? readdirSync(versions).sort().reverse() : [];
  if (version === undefined) throw new Error(`There is no PostgreSQL in ${versions}`);
  const bin = join(versions, version, 'bin');
  const user = notRoot();
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const home = folder();
  if (user) chownSync(home, user.uid, user.gid);
  const data = join(home, 'data');
  const options = ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync'];
  execFileSync(join(bin, 'initdb'), options, { ...user, cwd: home, stdio: 'ignore' });
  const command = [
    join(bin, 'postgres'),
    '-D',
    data,
    '-k',
    home,
    '-h',
    '127.0.0.1',
    '-p',
    `${port}`,
  ];
  return start(
    url,
    home,
    [...command, '-c', 'fsync=off'],
    async () => {
      const client = new pg.Client(url);
      await client.connect();
      await client.end();
    },
    user,
  );
}

/** PostgreSQL refuses to run as root. */
function notRoot(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres']));
  return { uid: id('-u'), gid: id('-g') };
}

async function start(
  url: string,
  home: string,
  [program, ...args]: readonly string[],
  ping: () => Promise<unknown>,
  user?: { uid: number; gid: number },
): Promise<Server> {
  const server = spawn(program!, args, { ...user, cwd: home, stdio: 'ignore' });
  const exit = once(server, 'exit');
  await up(server, ping);
  return {
    url,
    async stop() {
      server.kill('SIGINT'); // To both: now, whoever is connected.
      await exit;
      rmSync(home, { recursive: true, force: true });
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

const folder = (): string => mkdtempSync(join(tmpdir(), 'mooring-servers-'));

export async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
