import { sleep } from 'mooring';
import { Limiter } from 'mooring/limiter';
import pg from 'pg';

import type { Scope } from './scope.js';

/** The server's code for a query that somebody cancelled. */
const CANCELLED = '57014';

/** Where a query is sent that ends with the scope it is made in, on the server too. */
export class Database implements AsyncDisposable {
  readonly #pool: pg.Pool;
  /** When many queries are to be cancelled, it is they who hold all connections of the pool. */
  readonly #canceller: pg.Pool;
  /** Waiting for a connection can be cancelled; `pool.connect()` alone cannot. */
  readonly #connections: Limiter;

  constructor(url: string, connections = 10) {
    this.#connections = new Limiter(connections);
    this.#pool = new pg.Pool({ connectionString: url, max: connections });
    this.#canceller = new pg.Pool({ connectionString: url, max: 2 });
    // An idle connection that the server closes: the pool drops it, and the next query opens another.
    for (const pool of [this.#pool, this.#canceller]) pool.on('error', () => {});
  }

  /** Rejects with the reason of the scope once the query has ended on the server. */
  async query<Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[],
    { signal }: Scope,
  ): Promise<Row[]> {
    using _permit = await this.#connections.acquire({ signal });
    const connection = await this.#pool.connect();
    let isRunning = true;
    let cancelling: Promise<void> | undefined;
    const cancel = (): void => {
      cancelling = this.#cancel(connection, () => isRunning);
    };
    try {
      signal.throwIfAborted();
      signal.addEventListener('abort', cancel, { once: true });
      return (await connection.query<Row>(text, [...values])).rows;
    } catch (error) {
      if (signal.aborted && (error as { code?: unknown }).code === CANCELLED) throw signal.reason;
      throw error;
    } finally {
      isRunning = false;
      signal.removeEventListener('abort', cancel);
      await cancelling;
      // A request to cancel that comes too late must not hit the query of somebody else.
      connection.release(cancelling !== undefined);
    }
  }

  /** Asks until the query has ended: a request that overtakes its query does nothing. */
  async #cancel(connection: pg.PoolClient, isRunning: () => boolean): Promise<void> {
    const { processID } = connection as pg.PoolClient & { processID: number };
    while (isRunning()) {
      try {
        await this.#canceller.query('SELECT pg_cancel_backend($1)', [processID]);
      } catch {
        return; // A server that cannot be asked has lost the connection of the query, too.
      }
      await sleep(20);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.end();
    await this.#canceller.end();
  }
}
