/** The consumer in processes of its own, on one stream, which are killed or stopped. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';

import { connect, type Redis } from '../src/queue.js';
import { type Program, start } from './program.js';

/** How often a process is killed. `KILLS=100` is the test at full length. */
const KILLS = Number(process.env['KILLS'] ?? 6);

let redis: Redis;
let stream: string;
const workers = new Set<Program>();

beforeAll(async () => {
  redis = await connect(inject('redisUrl'));
});
afterAll(() => redis.close());
beforeEach(() => {
  stream = `test:${randomUUID()}`;
});
afterEach(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await Promise.all([...workers].map(({ end }) => end));
  workers.clear();
});

function startWorker(): Program {
  const worker = start('tests/worker.js', { REDIS_URL: inject('redisUrl'), STREAM: stream });
  workers.add(worker);
  void worker.end.then(() => workers.delete(worker));
  return worker;
}

async function send(...numbers: readonly (number | string)[]): Promise<void> {
  for (const n of numbers) await redis.xAdd(stream, '*', { n: String(n) });
}

const handled = (): Promise<Record<string, string>> => redis.hGetAll(`${stream}:handled`);

/** Messages that no consumer has acknowledged yet, delivered or not. */
async function left(): Promise<number> {
  const [group] = await redis.xInfoGroups(stream);
  return Number(group!['lag'] ?? 0) + group!.pending;
}

async function untilEmpty(): Promise<void> {
  while ((await left()) > 0) await delay(20);
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

test('every message is handled, whichever process is killed in the middle of it', async () => {
  const perRound = 60;
  const alive = [startWorker(), startWorker()];
  for (let kill = 0; kill < KILLS; kill++) {
    await send(...range(kill * perRound, (kill + 1) * perRound));
    const victim = alive.shift()!;
    await victim.printed(/handling/);
    await delay(Math.random() * 100); // Anywhere: it is not to wait for something.
    victim.kill('SIGKILL');
    expect(await victim.end).toBe('SIGKILL');
    expect(victim.output).not.toContain('more than its limit');
    alive.push(startWorker());
  }
  await untilEmpty();
  const counts = await handled();
  expect(Object.keys(counts)).toHaveLength(KILLS * perRound);
  const again = Object.values(counts).filter((count) => count !== '1').length;
  console.log(`${KILLS} kills, ${KILLS * perRound} messages, ${again} handled more than once`);
}, 1_200_000);

test('a process that is stopped hands out nothing twice, and leaves nothing behind', async () => {
  const worker = startWorker();
  await send(...range(0, 200));
  await worker.printed(/handling/);
  worker.kill('SIGTERM');
  expect(await worker.end).toBe(143);
  const [group] = await redis.xInfoGroups(stream);
  expect(group!.pending).toBe(0);
  const before = Object.keys(await handled()).length;
  expect(before).toBeLessThan(200);
  const other = startWorker();
  await untilEmpty();
  other.kill('SIGTERM');
  await other.end;
  const counts = await handled();
  expect(Object.keys(counts)).toHaveLength(200);
  expect(Object.values(counts).every((count) => count === '1')).toBe(true);
});

test('a process that waits for messages stops at once', async () => {
  const worker = startWorker();
  await send(1);
  await worker.printed(/handling/);
  await untilEmpty();
  worker.kill('SIGTERM');
  expect(await worker.end).toBe(143);
  expect(worker.output).not.toContain('failed');
});

test('a message that fails is tried again, then put aside; the others go on', async () => {
  const worker = startWorker();
  await send(1, 'bad', 2);
  while ((await redis.xLen(`${stream}:dead`)) === 0) await delay(20);
  await untilEmpty();
  worker.kill('SIGTERM');
  await worker.end;
  expect(worker.output.match(/failed .*: Error: it is bad/g)).toHaveLength(3);
  expect(await handled()).toEqual({ 1: '1', 2: '1' });
});
