/** The example service against a real database and a real queue. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';

import { makeHome, type RunningService, type ServiceHome, startService } from './service.js';

let home: ServiceHome;
const running: RunningService[] = [];

beforeAll(async () => {
  home = await makeHome(inject('databaseUrl'), 'service');
});
afterEach(async () => {
  for (const { program } of running) program.kill('SIGKILL');
  await Promise.all(running.splice(0).map(({ program }) => program.end));
});
afterAll(() => home.observer.end());

async function up(env: Record<string, string> = {}): Promise<RunningService> {
  const service = await startService('src/main.js', home, inject('redisUrl'), env);
  running.push(service);
  return service;
}

const post = (url: string, text: unknown, init: RequestInit = {}): Promise<Response> =>
  fetch(`${url}/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
    ...init,
  });

async function untilRunning(count: number): Promise<void> {
  while ((await home.runningQueries()) !== count) await delay(5);
}

test('a job is taken, done and found', async () => {
  const { url } = await up();
  const { id } = (await (await post(url, 'a text')).json()) as { id: string };
  for (;;) {
    const job = (await (await fetch(`${url}/jobs/${id}`)).json()) as { status: string };
    if (job.status === 'done') break;
    await delay(5);
  }
  expect((await fetch(`${url}/jobs/999999`)).status).toBe(404);
  expect((await post(url, 5)).status).toBe(400);
});

test('the query of a client that leaves ends on the server', async () => {
  const { url } = await up();
  const client = new AbortController();
  const reports = Array.from({ length: 5 }, () =>
    fetch(`${url}/report?seconds=600`, { signal: client.signal }).catch(() => 'left'),
  );
  await untilRunning(5);
  client.abort();
  await Promise.all(reports);
  await untilRunning(0);
  expect((await fetch(`${url}/report`)).status).toBe(200);
});

test('SIGTERM lets requests finish, and cuts with 503 those that take too long', async () => {
  const { url, program } = await up({ DRAIN: '1000' });
  const short = fetch(`${url}/report?seconds=0.3`);
  const long = fetch(`${url}/report?seconds=600`);
  await untilRunning(2);
  program.kill('SIGTERM');
  expect((await short).status).toBe(200);
  expect((await long).status).toBe(503);
  expect(await program.end).toBe(143);
  expect(await home.runningQueries()).toBe(0);
});

test('SIGTERM does not wait for a connection on which nothing has come', async () => {
  const { url, program } = await up();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  await fetch(`${url}/health`);
  program.kill('SIGTERM');
  expect(await program.end).toBe(143);
  expect(program.output).toBe('');
});

test('SIGTERM in the middle of the load loses nothing', async () => {
  const accepted = new Set<string>();
  await home.observer.query('TRUNCATE jobs');
  for (let round = 0; round < 2; round++) {
    const { url, program } = await up();
    let isUp = true;
    const clients = Array.from({ length: 20 }, async () => {
      while (isUp) {
        let response: Response;
        try {
          response = await post(url, `${round}`);
        } catch {
          return; // Nobody listens any more.
        }
        if (response.status === 200) accepted.add(((await response.json()) as { id: string }).id);
        else expect(response.status).toBe(503);
      }
    });
    const before = accepted.size;
    while (accepted.size < before + 100) await delay(5);
    program.kill('SIGTERM');
    expect(await program.end).toBe(143);
    isUp = false;
    await Promise.all(clients);
    expect(program.output).toBe('');
  }
  // Whatever was begun was answered.
  const { rows } = await home.observer.query<{ n: number }>('SELECT count(*)::int AS n FROM jobs');
  expect(rows[0]!.n).toBe(accepted.size);
  await up(); // Whoever comes next does what is left.
  const sql = `SELECT count(*)::int AS n, max(runs) AS runs FROM jobs WHERE status = 'done' AND id = ANY($1)`;
  for (;;) {
    const { rows } = await home.observer.query<{ n: number; runs: number }>(sql, [[...accepted]]);
    if (rows[0]!.n === accepted.size) {
      expect(rows[0]!.runs).toBe(1);
      break;
    }
    await delay(20);
  }
});
