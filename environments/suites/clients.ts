/**
 * Real clients through cancellation: of a task, of a group, by a deadline. What they reject with has
 * to be taken for the cancellation, and their work has to end. What is seen is the table in
 * `docs/guide/cancellation.md`; with WRITE_TABLE it is written.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import type { Client } from './clients/client.js';
import { cut, stops } from './clients/cut.js';
import { postgresClients, redisClients } from './clients/database-clients.js';
import { EndlessServer } from './clients/endless-server.js';
import { httpClients } from './clients/http-clients.js';
import { nodeClients } from './clients/node-clients.js';
import { type Service, startPostgres, startRedis } from './clients/services.js';
import { pageTable, rowOf } from './clients/table.js';

const server = new EndlessServer();
const rows: string[] = [];
const skipped: string[] = [];

before(() => server.open());
after(() => server.close());

testEach([...httpClients, ...nodeClients]);
testWith('postgresql', await startPostgres(), postgresClients);
testWith('redis-server', await startRedis(), redisClients);

test('the table in the guide says what was seen', () => {
  const table = pageTable();
  if (process.env['WRITE_TABLE']) table.write(rows);
  else assert.deepEqual(table.rows.filter(isTested), rows);
});

function testEach(clients: readonly Client[]): void {
  for (const client of clients) {
    test(client.name, { timeout: 300_000 }, async () => {
      rows.push(rowOf(client, await cutEachWay(client)));
    });
  }
}

async function cutEachWay(client: Client): Promise<string> {
  const seen = new Set<string>();
  for (const [name, stop] of Object.entries(stops)) {
    const { rejectedWith, isFailure } = await cut(client, server.work(), stop);
    seen.add(rejectedWith);
    assert.ok(!isFailure, `${name}: taken for a failure: ${rejectedWith}`);
  }
  return [...seen].join('; ');
}

function testWith(
  name: string,
  service: Service | undefined,
  clientsOf: (service: Pick<Service, 'port'>) => readonly Client[],
): void {
  if (service) {
    testEach(clientsOf(service));
    after(() => service.stop());
    return;
  }
  for (const client of clientsOf({ port: 0 })) {
    test(client.name, { skip: `${name} is not installed: apt-get install ${name}` });
    skipped.push(client.name);
  }
}

function isTested(row: string): boolean {
  return !skipped.some((name) => row.startsWith(`| ${name} |`));
}
