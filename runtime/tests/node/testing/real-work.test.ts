/** The clock stands still while the platform works. Seen on Node alone; the page says so. */
import { execFile } from 'node:child_process';
import { pbkdf2 } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setInterval as ticks, setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { createGzip, gzip } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { sleep, timeout } from 'mooring';
import { withClock } from 'mooring/testing';

import { rejection } from '../../support/promises.js';

const HOUR = 3_600_000;
const isNode = !('bun' in process.versions || 'deno' in process.versions);

/** A server in another thread, which this thread knows nothing of, answers after real time. */
const SLOW_SERVER = `
  const { createServer } = require('node:http');
  const { parentPort } = require('node:worker_threads');
  createServer((request, response) => setTimeout(() => response.end('late'), 50))
    .listen(0, '127.0.0.1', function () { parentPort.postMessage(this.address().port); });
`;

async function bodyOf(url: string): Promise<string> {
  const [response] = (await once(get(url), 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return body;
}

describe.runIf(isNode)('a deadline of an hour does not fire while', () => {
  const works: Record<string, () => Promise<unknown>> = {
    'a file is read': () => readFile(import.meta.filename),
    'zlib compresses': () => promisify(gzip)(Buffer.alloc(8_000_000)),
    'crypto derives a key': () => promisify(pbkdf2)('secret', 'salt', 200_000, 64, 'sha512'),
    'crypto.subtle digests': () => crypto.subtle.digest('SHA-256', new Uint8Array(20_000_000)),
    'a process runs': () => promisify(execFile)(process.execPath, ['-e', '0']),
    'a worker runs': async () =>
      once(new Worker('setTimeout(() => 0, 50)', { eval: true }), 'exit'),
  };
  test.each(Object.entries(works))('%s', async (_, work) => {
    await withClock(async (clock) => {
      await timeout(HOUR, () => work());
      expect(clock.now).toBe(0);
    });
  });

  const clients: Record<string, (url: string) => Promise<string>> = {
    'node:http': bodyOf,
    fetch: async (url) => (await fetch(url)).text(),
  };
  test.each(Object.entries(clients))('a server elsewhere answers %s', async (_, client) => {
    const worker = new Worker(SLOW_SERVER, { eval: true });
    const [port] = (await once(worker, 'message')) as [number];
    try {
      await withClock(async (clock) => {
        const answer = await timeout(HOUR, () => client(`http://127.0.0.1:${port}`));
        expect([answer, clock.now]).toEqual(['late', 0]);
      });
    } finally {
      await worker.terminate();
    }
  });
});

describe.runIf(isNode)('time goes on', () => {
  test.each([
    ['node:http', bodyOf],
    ['fetch', async (url: string) => (await fetch(url)).text()],
  ])('for a server in this process, asked by %s', async (_, client) => {
    await withClock(async (clock) => {
      const server = createServer((_, response) => {
        void sleep(HOUR).then(() => response.end('slept'));
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      expect(await client(`http://127.0.0.1:${port}`)).toBe('slept');
      expect(clock.now).toBe(HOUR);
      server.close();
      server.closeAllConnections();
    });
  });

  test('while a compressor waits for input', async () => {
    await withClock(async () => {
      const stream = createGzip();
      stream.write('first');
      await sleep(HOUR);
      stream.end();
      await stream.resume().toArray();
    });
  });
});

// Bun and Deno have no way to replace what was imported by its name.
describe.runIf(isNode)('node:timers/promises is on virtual time', () => {
  test('setTimeout, by the name that was imported before', async () => {
    await withClock(async (clock) => {
      expect(await wait(HOUR, 'value')).toBe('value');
      expect(clock.now).toBe(HOUR);
    });
  });

  test('setTimeout is cancelled as Node does it', async () => {
    const controller = new AbortController();
    await withClock(async () => {
      const waiting = rejection(wait(HOUR, undefined, { signal: controller.signal }));
      controller.abort('stop');
      const error = await waiting;
      expect([error.name, error.code, error.cause]).toEqual(['AbortError', 'ABORT_ERR', 'stop']);
    });
  });

  test('setInterval', async () => {
    await withClock(async (clock) => {
      const at: number[] = [];
      for await (const value of ticks(HOUR, 'tick')) {
        expect(value).toBe('tick');
        if (at.push(clock.now) === 3) break;
      }
      expect(at).toEqual([HOUR, 2 * HOUR, 3 * HOUR]);
    });
  });

  test('promisify(setTimeout)', async () => {
    await withClock(async (clock) => {
      await promisify(setTimeout)(HOUR);
      expect(clock.now).toBe(HOUR);
    });
  });

  test('a timer has the methods of Node’s', async () => {
    await withClock(async () => {
      let count = 0;
      const timer = setTimeout(() => count++, 10);
      expect(timer.unref().hasRef()).toBe(false);
      expect(timer.ref().hasRef()).toBe(true);
      await sleep(5);
      timer.refresh();
      await sleep(7);
      expect(count).toBe(0);
      await sleep(10);
      expect(count).toBe(1);
    });
  });
});

test('between two ends in this process something may be on its way: a program with a connection is not given up at once', async () => {
  const realTurn = setImmediate;
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  // Of which the clock hears nothing.
  const arrives = (turns = 30): Promise<string> =>
    new Promise((resolve) => {
      realTurn(() => resolve(turns > 0 ? arrives(turns - 1) : 'arrived'));
    });
  try {
    const got = await withClock(async () => {
      const client = connect(port);
      await once(client, 'connect');
      try {
        return await arrives();
      } finally {
        client.destroy();
      }
    });
    expect(got).toBe('arrived');
    await expect(withClock(() => arrives())).rejects.toThrow('Everything waits');
  } finally {
    server.close();
  }
});
