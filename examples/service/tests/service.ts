import pg from 'pg';

import { freePort } from '../servers.js';
import { type Program, start } from './program.js';

/** One of the two services, in a process of its own, with a database and a stream of its own. */
export interface RunningService {
  readonly program: Program;
  readonly url: string;
}

export interface ServiceHome {
  readonly databaseUrl: string;
  readonly stream: string;
  /** For questions that do not go through the service. */
  readonly observer: pg.Client;
  /** How many queries of the service the server is busy with. */
  runningQueries(): Promise<number>;
}

export async function makeHome(databaseUrl: string, name: string): Promise<ServiceHome> {
  const first = new pg.Client(databaseUrl);
  await first.connect();
  await first.query(`CREATE DATABASE ${name}`);
  await first.end();
  const url = databaseUrl.replace(/[^/]*$/, name);
  const observer = new pg.Client(url);
  await observer.connect();
  return {
    databaseUrl: url,
    stream: name,
    observer,
    async runningQueries() {
      const sql = `SELECT 1 FROM pg_stat_activity WHERE datname = $1 AND state = 'active'
        AND pid <> pg_backend_pid() AND backend_type = 'client backend'`;
      return (await observer.query(sql, [name])).rows.length;
    },
  };
}

export async function startService(
  file: 'by-hand/main.js' | 'src/main.js',
  home: ServiceHome,
  redisUrl: string,
  env: Record<string, string> = {},
): Promise<RunningService> {
  const port = await freePort();
  const program = start(file, {
    ...{ DATABASE_URL: home.databaseUrl, REDIS_URL: redisUrl, PORT: `${port}` },
    ...{ STREAM: home.stream, NODE_ENV: 'production' },
    ...env,
  });
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    try {
      await fetch(`${url}/health`);
      return { program, url };
    } catch (error) {
      const isOver = await Promise.race([program.end, new Promise((wait) => setTimeout(wait, 20))]);
      if (isOver !== undefined) throw new Error(program.output, { cause: error });
    }
  }
}
