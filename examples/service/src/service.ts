import fastify, { type FastifyInstance } from 'fastify';
import { TaskGroup } from 'mooring';

import { Database } from './database.js';
import { HttpError, type Route, serve } from './http.js';
import { Jobs } from './jobs.js';
import { connect, consume } from './queue.js';
import type { Scope } from './scope.js';

export interface ServiceOptions {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly port: number;
  readonly stream: string;
  /** Milliseconds that requests and jobs may take to end, once the service is stopped. */
  readonly drain: number;
}

/** HTTP, a queue and periodic work over one database, until the scope is cancelled. */
export async function service(options: ServiceOptions, scope: Scope): Promise<void> {
  const { databaseUrl, redisUrl, port, stream, drain } = options;
  const app = fastify({ logger: { level: 'warn' }, forceCloseConnections: false });
  const report = (error: unknown, id?: string): void => app.log.error(error, id);
  await using database = new Database(databaseUrl);
  await using redis = await connect(redisUrl);
  const jobs = new Jobs(database, redis, stream);
  await jobs.createTable(scope);
  await TaskGroup.run(
    (group) => {
      group.createTask(
        (context) =>
          serve(
            app,
            (route) => addRoutes(app, route, jobs),
            { port, drain, deadline: 10_000 },
            context,
          ),
        { name: 'http' },
      );
      group.createTask(
        (context) =>
          consume(
            {
              ...{ url: redisUrl, stream, group: 'workers', limit: 10, attempts: 3, report },
              ...{ deadline: 5_000, idle: 10_000, drain },
            },
            ({ body }, limit) => jobs.run(body['id']!, limit),
            context,
          ),
        { name: 'consumer' },
      );
      group.createTask((context) => jobs.sweep(5_000, report, context), { name: 'sweep' });
    },
    { signal: scope.signal, name: 'service' },
  );
}

function addRoutes(app: FastifyInstance, route: Route, jobs: Jobs): void {
  app.get('/health', () => ({ ok: true }));
  app.post(
    '/jobs',
    route(async ({ body }, scope) => ({ id: await jobs.add(textOf(body), scope) })),
  );
  app.get(
    '/jobs/:id',
    route(async ({ params }, scope) => {
      const job = await jobs.find((params as { id: string }).id, scope);
      if (job === undefined) throw new HttpError(404, 'No such job');
      return job;
    }),
  );
  app.get(
    '/report',
    route(({ query }, scope) =>
      jobs.report(Number((query as { seconds?: string }).seconds ?? 0), scope),
    ),
  );
}

function textOf(body: unknown): string {
  const { text } = Object(body) as { text?: unknown };
  if (typeof text !== 'string') throw new HttpError(400, 'text must be a string');
  return text;
}
