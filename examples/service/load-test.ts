/**
 * The service beside the same one as people write it, under load: the table of its README.
 *
 *     npm run test:service -- --load
 */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import autocannon, { type Result } from 'autocannon';

import { startServers } from './servers.js';
import { makeHome, type RunningService, type ServiceHome, startService } from './tests/service.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
const SECONDS = Number(process.env['SECONDS'] ?? 4);
const SERVICES = {
  'this service': 'src/main.js',
  'as people write it': 'by-hand/main.js',
} as const;
type Name = keyof typeof SERVICES;

/** What one run of one service gives. */
type Figures = Record<string, number>;

const JOB = { method: 'POST', headers: { 'content-type': 'application/json' } } as const;

/** Load of 50 connections, each with a request after the other. */
function load(url: string, text: string, seconds: number): Promise<Result> {
  return autocannon({
    url: `${url}/jobs`,
    ...JOB,
    body: JSON.stringify({ text }),
    connections: 50,
    duration: seconds,
  });
}

async function throughput({ url, program }: RunningService): Promise<Figures> {
  await load(url, 'warm', 2);
  const before = processorTime(program.pid);
  const { requests, latency } = await load(url, 'a text', SECONDS);
  return {
    'requests a second': requests.average,
    'p50, ms': latency.p50,
    'p99, ms': latency.p99,
    'processor, ms for 1,000 requests and what the queue does meanwhile':
      ((processorTime(program.pid) - before) / requests.total) * 1_000,
  };
}

/** Milliseconds, as Linux tells. */
function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

/** Ten clients ask for a report of five seconds, and go: how many queries run on a second later. */
async function clientsLeave({ url }: RunningService, home: ServiceHome): Promise<Figures> {
  const client = new AbortController();
  for (let n = 0; n < 10; n++) {
    fetch(`${url}/report?seconds=5`, { signal: client.signal }).catch(() => {});
  }
  while ((await home.runningQueries()) < 10) await delay(5);
  client.abort();
  await delay(1_000);
  return { 'queries running a second after their 10 clients left': await home.runningQueries() };
}

/** Forty jobs that fail come in at once: how many are never named in the log. */
async function jobsFail({ url, program }: RunningService): Promise<Figures> {
  const ids: string[] = [];
  const post = async (text: string): Promise<string> => {
    const response = await fetch(`${url}/jobs`, { ...JOB, body: JSON.stringify({ text }) });
    return ((await response.json()) as { id: string }).id;
  };
  ids.push(...(await Promise.all(Array.from({ length: 40 }, () => post('bad')))));
  await delay(3_000);
  const told = program.output.split('\n').filter((line) => line.includes('a bad text')).length;
  return { 'errors lost, of 40 jobs that fail': Math.max(0, ids.length - told) };
}

/** SIGTERM under load, with reports of a minute underway; what has not ended after 30 s is killed. */
async function stop({ url, program }: RunningService, home: ServiceHome): Promise<Figures> {
  let cut = 0;
  for (let n = 0; n < 5; n++) {
    fetch(`${url}/report?seconds=60`).then(undefined, () => (cut += 1));
  }
  while ((await home.runningQueries()) < 5) await delay(5);
  const loading = load(url, 'a text', 3);
  await delay(1_000);
  const at = performance.now();
  program.kill('SIGTERM');
  const killer = setTimeout(() => program.kill('SIGKILL'), 30_000);
  await program.end;
  clearTimeout(killer);
  const seconds = (performance.now() - at) / 1_000;
  await loading;
  await delay(100);
  return {
    'seconds to stop under load (killed after 30)': seconds,
    'requests that the stop left without an answer, of 5 long ones': cut,
  };
}

/** Jobs that had an answer, and are not done when the service has come again. */
async function left(home: ServiceHome, name: Name, redisUrl: string): Promise<Figures> {
  const { program } = await startService(SERVICES[name], home, redisUrl);
  const count = `SELECT count(*)::int AS n FROM jobs WHERE status = 'queued' AND text <> 'bad'`;
  let n = -1;
  for (let waited = 0; waited < 120; waited++) {
    const { rows } = await home.observer.query<{ n: number }>(count);
    if (rows[0]!.n === 0) break;
    if (rows[0]!.n === n && waited > 60) break;
    n = rows[0]!.n;
    await delay(500);
  }
  program.kill('SIGKILL');
  await program.end;
  const { rows } = await home.observer.query<{ n: number }>(count);
  return { 'jobs lost': rows[0]!.n };
}

async function measure(
  name: Name,
  round: number,
  servers: { databaseUrl: string; redisUrl: string },
): Promise<Figures> {
  const id = `load_${round}_${Object.keys(SERVICES).indexOf(name)}`;
  const home = await makeHome(servers.databaseUrl, id);
  try {
    const service = await startService(SERVICES[name], home, servers.redisUrl);
    const figures = {
      ...(await clientsLeave(service, home)),
      ...(await jobsFail(service)),
      ...(await throughput(service)),
      ...(await stop(service, home)),
    };
    return { ...figures, ...(await left(home, name, servers.redisUrl)) };
  } finally {
    await home.observer.end();
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const servers = await startServers();
const results = new Map<Name, Figures[]>();
try {
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of Object.keys(SERVICES) as Name[]) {
      const figures = await measure(name, round, servers);
      results.set(name, [...(results.get(name) ?? []), figures]);
      console.error(name, figures);
    }
  }
} finally {
  await servers.stop();
}

const names = [...results.keys()];
console.log(`| | ${names.join(' | ')} |\n| --- | ${names.map(() => '---:').join(' | ')} |`);
for (const figure of Object.keys(results.get(names[0]!)![0]!)) {
  const cells = names.map((name) => {
    const value = median(results.get(name)!.map((figures) => figures[figure]!));
    return value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 });
  });
  console.log(`| ${figure} | ${cells.join(' | ')} |`);
}
