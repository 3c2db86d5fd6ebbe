/**
 * Real clients through cancellation: of a task, of a group, by a deadline. What they reject with has
 * to be taken for the cancellation, and their work has to end. What is seen is the table in
 * `docs/guide/cancellation.md`; with WRITE_TABLE it is written.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import type { Client } from './clients/client.js';
import { cut, stops } from './clients/cut.js';
import { EndlessServer } from './clients/endless-server.js';
import { httpClients } from './clients/http-clients.js';
import { nodeClients } from './clients/node-clients.js';
import { pageTable, rowOf } from './clients/table.js';

const server = new EndlessServer();
const rows: string[] = [];

before(() => server.open());
after(() => server.close());

async function cutEachWay(client: Client): Promise<string> {
  const seen = new Set<string>();
  for (const [name, stop] of Object.entries(stops)) {
    const { rejectedWith, isFailure } = await cut(client, server.work(), stop);
    seen.add(rejectedWith);
    assert.ok(!isFailure, `${name}: taken for a failure: ${rejectedWith}`);
  }
  return [...seen].join('; ');
}

for (const client of [...httpClients, ...nodeClients]) {
  test(client.name, { timeout: 300_000 }, async () => {
    rows.push(rowOf(client, await cutEachWay(client)));
  });
}

test('the table in the guide says what was seen', () => {
  const table = pageTable();
  if (process.env['WRITE_TABLE']) table.write(rows);
  else assert.deepEqual(table.rows, rows);
});
