import type { Socket } from 'node:net';

import type { FastifyInstance, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { isCancellation, sleep, TaskGroup, timeout, TimeoutError } from 'mooring';
import { ticks } from 'mooring/time';

import { lagging, type Scope, untilCancelled } from './scope.js';

/** An answer that is no success. */
export class HttpError extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, message: string, cause?: unknown) {
    super(message, { cause });
    this.statusCode = statusCode;
  }
}

export interface HttpOptions {
  readonly port: number;
  /** Milliseconds that a request may take. */
  readonly deadline: number;
  /** Milliseconds that requests which are being answered may take once the server is stopped. */
  readonly drain: number;
}

/** Makes a handler of a function that is given the scope of its request. */
export type Route = (
  work: (request: FastifyRequest, scope: Scope) => Promise<unknown>,
) => RouteHandlerMethod;

/**
 * Serves until the scope is cancelled; then takes no new connection, and ends when the last request
 * has been answered: with 503, if it takes longer than `drain`.
 */
export async function serve(
  app: FastifyInstance,
  addRoutes: (route: Route) => void,
  { port, deadline, drain }: HttpOptions,
  scope: Scope,
): Promise<void> {
  const sockets = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await lagging(scope, drain, (later) =>
    TaskGroup.run(
      async (requests) => {
        addRoutes((work) => routeIn(requests, deadline, work));
        // eslint-disable-next-line mooring/forward-signal -- it is closed below, and waited for
        await app.listen({ port, host: '127.0.0.1' });
        await untilCancelled(scope);
        await close(app, sockets);
      },
      // A handler that fails has told its client.
      { signal: later.signal, onTaskError: (error, { name }) => app.log.error(error, name) },
    ),
  );
}

/** Ends when the last request has been answered. Those that take too long `later` has ended by then. */
async function close(app: FastifyInstance, sockets: ReadonlySet<Socket>): Promise<void> {
  await TaskGroup.run((closing) => {
    closing.createTask(() => app.close());
    closing.createTask((context) => closeIdle(app, sockets, context), { background: true });
  });
}

/**
 * A connection that is closed the moment it is idle is closed under a request that is on its way. For
 * a moment whoever sends one hears 503, and that the connection closes; then those that idle are closed.
 */
async function closeIdle(
  app: FastifyInstance,
  sockets: ReadonlySet<Socket>,
  scope: Scope,
): Promise<void> {
  await sleep(250, scope);
  for await (const _ of ticks(20, scope)) {
    app.server.closeIdleConnections();
    // To Node, one that a browser has opened in advance is not idle: for a minute, a request may come.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  }
}

/** Each request is a task: it ends with its client, with its deadline, and with the server. */
function routeIn(
  requests: TaskGroup,
  deadline: number,
  work: Parameters<Route>[0],
): RouteHandlerMethod {
  return async (request, reply) => {
    if (requests.signal.aborted) throw new HttpError(503, 'The service is being stopped');
    const name = `${request.method} ${request.url}`;
    const task = requests.createTask(
      (context) => timeout(deadline, (limit) => work(request, limit), context),
      { name },
    );
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) task.cancel(); // The client has gone.
    });
    try {
      return await task;
    } catch (error) {
      if (isCancellation(error, requests)) {
        throw new HttpError(503, 'The service is being stopped', error);
      }
      if (error instanceof TimeoutError) throw new HttpError(504, error.message, error);
      throw error;
    }
  };
}
