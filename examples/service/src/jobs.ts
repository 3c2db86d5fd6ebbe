import { createHash } from 'node:crypto';

import { sleep } from 'mooring';
import { retry } from 'mooring/retry';
import { ticks } from 'mooring/time';

import type { Database } from './database.js';
import type { Redis } from './queue.js';
import type { Scope } from './scope.js';

export interface Job {
  readonly id: string;
  readonly status: 'done' | 'queued';
  readonly result: string | null;
}

/** The jobs of the service: rows that the queue's messages name. */
export class Jobs {
  readonly #database: Database;
  readonly #redis: Redis;
  readonly #stream: string;

  constructor(database: Database, redis: Redis, stream: string) {
    this.#database = database;
    this.#redis = redis;
    this.#stream = stream;
  }

  async createTable(scope: Scope): Promise<void> {
    const columns = `id bigserial PRIMARY KEY, text text NOT NULL, result text,
      status text NOT NULL DEFAULT 'queued', runs int NOT NULL DEFAULT 0,
      queued_at timestamptz NOT NULL DEFAULT now()`;
    await this.#database.query(`CREATE TABLE IF NOT EXISTS jobs (${columns})`, [], scope);
  }

  /** Once the row is there the job is done some time, also when the queue does not hear of it now. */
  async add(text: string, scope: Scope): Promise<string> {
    const sql = 'INSERT INTO jobs (text) VALUES ($1) RETURNING id';
    const [row] = await this.#database.query<{ id: string }>(sql, [text], scope);
    await this.#announce(row!.id);
    return row!.id;
  }

  async find(id: string, scope: Scope): Promise<Job | undefined> {
    const sql = 'SELECT id, status, result FROM jobs WHERE id = $1';
    const [job] = await this.#database.query<Job>(sql, [id], scope);
    return job;
  }

  /** May be called twice for a job, and comes to the same. */
  async run(id: string, scope: Scope): Promise<void> {
    const select = 'SELECT text FROM jobs WHERE id = $1';
    const [job] = await this.#database.query<{ text: string }>(select, [id], scope);
    if (job === undefined) return;
    const result = await work(job.text, scope);
    const update = `UPDATE jobs SET status = 'done', result = $2, runs = runs + 1 WHERE id = $1`;
    await retry((attempt) => this.#database.query(update, [id, result], attempt), scope);
  }

  /** A report that takes as long as it is told to. */
  async report(seconds: number, scope: Scope): Promise<{ jobs: number }> {
    const sql = 'SELECT count(*)::int AS jobs FROM jobs, (SELECT pg_sleep($1)) AS slow';
    const [row] = await this.#database.query<{ jobs: number }>(sql, [seconds], scope);
    return row!;
  }

  /** Every `period` ms, announces the jobs again that have waited too long. Goes on after a failure. */
  async sweep(period: number, report: (error: unknown) => void, scope: Scope): Promise<void> {
    const sql = `UPDATE jobs SET queued_at = now() WHERE status = 'queued'
      AND queued_at < now() - $1 * interval '1 ms' RETURNING id`;
    for await (const { missed } of ticks(period, scope)) {
      if (missed > 0) report(new Error(`The sweep is slow: ${missed} rounds were missed`));
      try {
        const late = await this.#database.query<{ id: string }>(sql, [10 * period], scope);
        for (const { id } of late) await this.#announce(id);
      } catch (error) {
        scope.signal.throwIfAborted();
        report(error);
      }
    }
  }

  async #announce(id: string): Promise<void> {
    await this.#redis.xAdd(this.#stream, '*', { id });
  }
}

/** Stands in for what the service is there for: some waiting, and some computing. */
async function work(text: string, scope: Scope): Promise<string> {
  if (text === 'bad') throw new Error('Cannot work on a bad text');
  await sleep(10, scope);
  return createHash('sha256').update(text).digest('hex');
}
