/** The recipe's `serve` beyond what its own program shows, on a real server. */
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { type TaskContext, TaskGroup } from 'mooring';
import ts from 'typescript';
import { describe, expect, it, vi } from 'vitest';

import { deferred } from '../support/promises.js';
import { examplesOf } from './examples.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

type Handle = (
  request: IncomingMessage,
  response: ServerResponse,
  scope: TaskContext,
) => Promise<void>;

type Serve = (
  server: ReturnType<typeof createServer>,
  handler: { ms: number; handle: Handle },
  scope: TaskContext,
) => Promise<void>;

/** The functions of the recipe, without the program below them. */
async function serveOfTheRecipe(): Promise<Serve> {
  const [example] = examplesOf(`${root}docs/recipes/http-server.md`);
  const [functions] = example!.code.split('const server = createServer();');
  const folder = `${root}node_modules/.cache/mooring-examples/`;
  const file = `${folder}http-server-${process.pid}.mjs`;
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    file,
    ts.transpileModule(`${functions} export { serve };`, { compilerOptions }).outputText,
  );
  try {
    return ((await import(pathToFileURL(file).href)) as { serve: Serve }).serve;
  } finally {
    rmSync(file);
  }
}

const serve = await serveOfTheRecipe();

/** Serves `handle` while `use` runs, and gives the lines that the server logs of failures. */
async function whileServing(
  handle: Handle,
  use: (url: string, stop: () => void) => Promise<void>,
): Promise<string[]> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const server = createServer();
  try {
    await TaskGroup.run(async (group) => {
      const serving = group.createTask((context) =>
        serve(server, { ms: 600_000, handle }, context),
      );
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const { port } = server.address() as AddressInfo;
      await use(`http://127.0.0.1:${port}/page`, () => serving.cancel());
      serving.cancel();
    });
    return log.mock.calls.map(([line]) => String(line));
  } finally {
    log.mockRestore();
    server.close();
    server.closeAllConnections();
  }
}

describe('the recipe http-server', () => {
  it('answers 500 for a handler that throws before it returns a promise', async () => {
    const log = await whileServing(
      () => {
        throw new Error('boom');
      },
      async (url) => expect((await fetch(url)).status).toBe(500),
    );
    expect(log).toEqual(['GET /page failed: Error: boom']);
  });

  it('breaks off an answer that a handler has begun before it throws', async () => {
    const log = await whileServing(
      async (_, response) => {
        await new Promise((resolve) => response.write('half', resolve));
        throw new Error('boom');
      },
      async (url) => {
        const response = await fetch(url);
        expect(response.status).toBe(200);
        await expect(response.text()).rejects.toThrow();
      },
    );
    expect(log).toEqual(['GET /page failed: Error: boom']);
  });

  it('leaves alone what a handler does after its answer', async () => {
    const answered = deferred();
    const signals: AbortSignal[] = [];
    await whileServing(
      async (_, response, { signal }) => {
        signals.push(signal);
        const closed = once(response, 'close');
        response.end('hello');
        await closed;
        await answered.promise;
      },
      async (url) => {
        expect(await (await fetch(url)).text()).toBe('hello');
        expect(signals[0]?.aborted).toBe(false);
        answered.resolve();
      },
    );
  });

  it('keeps an answer that is sent whole when its handler fails afterwards', async () => {
    const log = await whileServing(
      async (_, response) => {
        response.end('hello');
        throw new Error('the log is full');
      },
      async (url) => expect(await (await fetch(url)).text()).toBe('hello'),
    );
    expect(log).toEqual(['GET /page failed: Error: the log is full']);
  });

  it('answers 503 once the last handler has ended and the server is still open', async () => {
    const begun = deferred();
    const ended = deferred();
    await whileServing(
      async (request, _, { signal }) => {
        begun.resolve();
        try {
          await once(request, 'never', { signal });
        } finally {
          ended.resolve();
        }
      },
      async (url, stop) => {
        const first = fetch(url);
        await begun.promise;
        stop();
        await ended.promise;
        expect((await first).status).toBe(503);
        expect((await fetch(url)).status).toBe(503);
      },
    );
  });

  it('logs no failure of a handler whose client has gone', async () => {
    const begun = deferred();
    const ended = deferred();
    const log = await whileServing(
      async (request, _, { signal }) => {
        begun.resolve();
        await once(request, 'never', { signal }).finally(ended.resolve);
      },
      async (url) => {
        const client = new AbortController();
        const gone = fetch(url, client).catch((error: Error) => error.name);
        await begun.promise;
        client.abort();
        expect(await gone).toBe('AbortError');
        await ended.promise;
      },
    );
    expect(log).toEqual([]);
  });
});
