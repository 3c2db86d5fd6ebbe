import { Redis } from 'ioredis';
import pg from 'pg';
import { createClient } from 'redis';

import type { Client } from './client.js';
import type { Service } from './services.js';
import { stoppableOfTheGuide } from './stoppable.js';

const stoppable = await stoppableOfTheGuide();

/** Waits for an item that nobody pushes, for ever. */
const QUEUE = ['a queue', 0] as const;

export const postgresClients = ({ port }: Pick<Service, 'port'>): readonly Client[] => [
  {
    name: 'pg',
    package: 'pg',
    takes: 'none: [`pg_cancel_backend`](#a-client-that-takes-no-signal)',
    async start({ signal }, work) {
      const options = { host: '127.0.0.1', port, user: 'postgres', database: 'postgres' };
      const pool = new pg.Pool(options);
      const connection = await pool.connect();
      const { rows } = await connection.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const stop = (): Promise<unknown> =>
        pool.query('SELECT pg_cancel_backend($1)', [rows[0]!.pid]);
      try {
        const query = (): Promise<unknown> => {
          void isActive(pool, rows[0]!.pid).then(work.begin);
          return connection.query('SELECT pg_sleep(600)');
        };
        return await stoppable({ signal }, query, stop, isCancelledQuery);
      } finally {
        const answer = await connection.query('SELECT 1 AS alive');
        if (answer.rows.length === 1) work.end(); // The connection is free again.
        connection.release();
        await pool.end();
      }
    },
  },
];

/** Asks the server itself: a cancellation that overtakes its query is lost. */
async function isActive(pool: pg.Pool, pid: number): Promise<void> {
  const question = 'SELECT state, query FROM pg_stat_activity WHERE pid = $1';
  for (;;) {
    const { rows } = await pool.query<{ state: string; query: string }>(question, [pid]);
    if (rows[0]?.state === 'active' && rows[0].query.includes('pg_sleep')) return;
  }
}

function isCancelledQuery(error: unknown): boolean {
  return (error as { code?: unknown }).code === '57014';
}

export const redisClients = ({ port }: Pick<Service, 'port'>): readonly Client[] => [
  {
    name: 'redis, a command that waits to be sent',
    package: 'redis',
    takes: '`client.withAbortSignal(signal)`',
    async start({ signal }, work) {
      const client = createClient({ socket: { host: '127.0.0.1', port } });
      await client.connect();
      try {
        const item = client.withAbortSignal(signal).blPop(...QUEUE);
        work.begin(); // It is sent in the next turn.
        return await item;
      } finally {
        client.destroy();
        work.end();
      }
    },
  },
  {
    name: 'redis, a command that was sent',
    package: 'redis',
    takes: 'none: [`destroy`](#a-client-that-takes-no-signal)',
    async start({ signal }, work) {
      const client = createClient({ socket: { host: '127.0.0.1', port } });
      await client.connect();
      const pop = async (): Promise<unknown> => {
        const item = client.blPop(...QUEUE);
        void isSent(port).then(work.begin);
        return item;
      };
      try {
        return await stoppable({ signal }, pop, () => client.destroy(), isDisconnected);
      } finally {
        work.end();
      }
    },
  },
  {
    name: 'ioredis',
    package: 'ioredis',
    takes: 'none: [`disconnect`](#a-client-that-takes-no-signal)',
    async start({ signal }, work) {
      const client = new Redis(port);
      const pop = async (): Promise<unknown> => {
        const item = client.blpop(...QUEUE);
        void isSent(port).then(work.begin);
        return item;
      };
      try {
        return await stoppable({ signal }, pop, () => client.disconnect(), isDisconnected);
      } finally {
        work.end();
      }
    },
  },
];

/** Asks the server itself whether somebody is blocked on it. */
async function isSent(port: number): Promise<void> {
  const observer = new Redis(port);
  while (!(await observer.info('clients')).includes('blocked_clients:1'));
  observer.disconnect();
}

function isDisconnected(error: unknown): boolean {
  const { message, constructor } = error as Error;
  return message === 'Connection is closed.' || constructor.name === 'DisconnectsClientError';
}
