import { readFileSync, writeFileSync } from 'node:fs';

import type { Client } from './client.js';

export const guide: URL = new URL('../../../../docs/guide/cancellation.md', import.meta.url);
const TABLE = /(<!-- clients -->\n)([\s\S]*?)(\n<!-- \/clients -->)/;
const HEAD = ['client', 'version', 'takes', 'rejects with', 'runs on'];

/** What the table says of a client that was cut, cell by cell. */
export function rowOf(client: Client, rejectedWith: string): string {
  const version = client.package === undefined ? 'Node' : versionOf(client.package);
  return row([client.name, version, client.takes, rejectedWith, client.runsOn ?? 'nothing']);
}

/** The table of clients in the guide. Its rows are without the padding of the columns. */
export function pageTable(): { rows: string[]; write(rows: readonly string[]): void } {
  const text = readFileSync(guide, 'utf8');
  const [, , table = ''] = TABLE.exec(text) ?? [];
  return {
    rows: table
      .trim()
      .split('\n')
      .slice(2)
      .map((line) => line.replaceAll(/ +\|/g, ' |').replaceAll(/\| +/g, '| ')),
    write(rows) {
      const lines = ['', row(HEAD), row(HEAD.map(() => '---')), ...rows, ''].join('\n');
      writeFileSync(
        guide,
        text.replace(TABLE, (_all, open: string, _old, close: string) => open + lines + close),
      );
    },
  };
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Not asked of the package itself: some do not export their `package.json`. */
function versionOf(name: string): string {
  const file = new URL(`../../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
