import { setTimeout as delay } from 'node:timers/promises';

import { timeout, TimeoutError } from 'mooring';
import { afterAll, expect, inject, test } from 'vitest';

import { Database } from '../src/database.js';

const database = new Database(inject('databaseUrl'), 3);
const observer = new Database(inject('databaseUrl'), 1);
const never = new AbortController();

afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await observer[Symbol.asyncDispose]();
});

/** Queries with this word in them that the server is busy with. */
async function running(word: string): Promise<number> {
  const sql = `SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE $1 AND pid <> pg_backend_pid()`;
  return (await observer.query(sql, [`%${word}%`], never)).length;
}

async function untilRunning(word: string, count: number): Promise<void> {
  while ((await running(word)) !== count) await delay(5);
}

test('a query gives its rows', async () => {
  expect(await database.query('SELECT $1::int AS n', [5], never)).toEqual([{ n: 5 }]);
});

test('a query ends on the server with its scope, and rejects with the reason', async () => {
  const controller = new AbortController();
  const queries = Array.from({ length: 3 }, () =>
    database.query('SELECT pg_sleep(600) AS sleepy', [], controller),
  );
  await untilRunning('sleepy', 3);
  const reason = new Error('the client has gone');
  controller.abort(reason);
  const outcomes = await Promise.allSettled(queries);
  expect(outcomes).toEqual(Array(3).fill({ status: 'rejected', reason }));
  expect(await running('sleepy')).toBe(0);
  // The pool is whole.
  await Promise.all(Array.from({ length: 9 }, () => database.query('SELECT 1', [], never)));
});

test('a deadline over queries is a TimeoutError', async () => {
  const late = timeout(20, (deadline) => database.query('SELECT pg_sleep(600)', [], deadline));
  await expect(late).rejects.toBeInstanceOf(TimeoutError);
});

test('who waits for a connection waits no longer than its scope', async () => {
  const holders = new AbortController();
  const held = Array.from({ length: 3 }, () =>
    database.query('SELECT pg_sleep(600) AS holder', [], holders).catch(() => 'cut'),
  );
  await untilRunning('holder', 3);
  const waiter = timeout(20, (deadline) => database.query('SELECT 1', [], deadline));
  await expect(waiter).rejects.toBeInstanceOf(TimeoutError);
  holders.abort();
  expect(await Promise.all(held)).toEqual(['cut', 'cut', 'cut']);
});

test('a query that is cancelled as it starts ends, and the next one is not hit', async () => {
  for (let n = 0; n < 20; n++) {
    const controller = new AbortController();
    const query = database.query('SELECT pg_sleep(600) AS early', [], controller);
    setImmediate(() => controller.abort('gone'));
    await expect(query).rejects.toBe('gone');
    expect(await database.query('SELECT 1 AS n', [], never)).toEqual([{ n: 1 }]);
  }
  expect(await running('early')).toBe(0);
});

test("the database's own errors come out as they are", async () => {
  const query = database.query('SELECT * FROM nothing_of_this_name', [], never);
  await expect(query).rejects.toMatchObject({ code: '42P01' });
});
