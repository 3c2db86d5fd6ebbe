/**
 * The same service, as the guides of its libraries have it written: async handlers, a timer, a loop
 * over the stream with `Promise.all`, a handler for SIGTERM. What `load-test.js` measures beside it.
 */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import fastify from 'fastify';
import pg from 'pg';
import { createClient } from 'redis';

const { DATABASE_URL = '', REDIS_URL = '', PORT = '8080', STREAM = 'jobs' } = process.env;
const GROUP = 'workers';

const app = fastify({ logger: { level: 'warn' }, requestTimeout: 10_000 });
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });
const redis = createClient({ url: REDIS_URL });
const reader = createClient({ url: REDIS_URL });
pool.on('error', (error) => app.log.error(error));
redis.on('error', (error) => app.log.error(error));
reader.on('error', (error) => app.log.error(error));

app.get('/health', () => ({ ok: true }));

app.post('/jobs', async (request, reply) => {
  const { text } = request.body as { text?: unknown };
  if (typeof text !== 'string') return reply.code(400).send({ message: 'text must be a string' });
  const { rows } = await pool.query('INSERT INTO jobs (text) VALUES ($1) RETURNING id', [text]);
  await redis.xAdd(STREAM, '*', { id: rows[0].id });
  return { id: rows[0].id };
});

app.get('/jobs/:id', async (request, reply) => {
  const { id } = request.params as { id: string };
  const { rows } = await pool.query('SELECT id, status, result FROM jobs WHERE id = $1', [id]);
  if (rows.length === 0) return reply.code(404).send({ message: 'No such job' });
  return rows[0];
});

app.get('/report', async (request) => {
  const { seconds = '0' } = request.query as { seconds?: string };
  const sql = 'SELECT count(*)::int AS jobs FROM jobs, (SELECT pg_sleep($1)) AS slow';
  const { rows } = await pool.query(sql, [Number(seconds)]);
  return rows[0];
});

async function work(text: string): Promise<string> {
  if (text === 'bad') throw new Error('Cannot work on a bad text');
  await delay(10);
  return createHash('sha256').update(text).digest('hex');
}

async function run({ id, message }: { id: string; message: Record<string, string> }) {
  const { rows } = await pool.query('SELECT text FROM jobs WHERE id = $1', [message['id']]);
  if (rows.length > 0) {
    const result = await work(rows[0].text);
    const sql = `UPDATE jobs SET status = 'done', result = $2, runs = runs + 1 WHERE id = $1`;
    await pool.query(sql, [message['id'], result]);
  }
  await redis.xAck(STREAM, GROUP, id);
}

let stopping = false;

async function consume() {
  const name = `${process.pid}`;
  while (!stopping) {
    try {
      const { messages } = await redis.xAutoClaim(STREAM, GROUP, name, 10_000, '0', { COUNT: 10 });
      const streams = await reader.xReadGroup(
        GROUP,
        name,
        { key: STREAM, id: '>' },
        { COUNT: 10, BLOCK: 1_000 },
      );
      const fresh = (streams as any)?.[0]?.messages ?? [];
      await Promise.all([...messages, ...fresh].filter(Boolean).map(run));
    } catch (error) {
      app.log.error(error);
    }
  }
}

async function sweep() {
  const sql = `UPDATE jobs SET queued_at = now() WHERE status = 'queued'
    AND queued_at < now() - interval '50 s' RETURNING id`;
  const { rows } = await pool.query(sql);
  await Promise.all(rows.map(({ id }) => redis.xAdd(STREAM, '*', { id })));
}

await redis.connect();
await reader.connect();
await pool.query(`CREATE TABLE IF NOT EXISTS jobs (id bigserial PRIMARY KEY, text text NOT NULL,
  result text, status text NOT NULL DEFAULT 'queued', runs int NOT NULL DEFAULT 0,
  queued_at timestamptz NOT NULL DEFAULT now())`);
await redis.xGroupCreate(STREAM, GROUP, '0', { MKSTREAM: true }).catch(() => {});
await app.listen({ port: Number(PORT), host: '127.0.0.1' });

const timer = setInterval(() => {
  sweep().catch((error) => app.log.error(error));
}, 5_000);
void consume();

process.on('SIGTERM', async () => {
  stopping = true;
  clearInterval(timer);
  await app.close();
  await pool.end();
  redis.destroy();
  reader.destroy();
  process.exit(0);
});
