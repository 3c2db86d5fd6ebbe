/**
 * Writes `eslint-plugin/docs/rules/`: the pages of the rules, for the tarball of the plugin. A message
 * then leads somewhere without a network, and an editor can show the page. Links to other pages lead
 * to the repository, for these are not in the tarball.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { PAGES } from './addresses.js';
import { root } from './root.js';

const from = join(root, 'docs/rules');
const to = join(root, 'eslint-plugin/docs/rules');

rmSync(to, { recursive: true, force: true });
mkdirSync(to, { recursive: true });
for (const name of readdirSync(from)) {
  const page = readFileSync(join(from, name), 'utf8');
  writeFileSync(
    join(to, name),
    page.replaceAll(/<!--.*?-->\n+/gs, '').replaceAll(/\]\((\.\.\/[^)]+)\)/g, linkToPage),
  );
}

function linkToPage(_: string, path: string): string {
  return `](${new URL(path, `${PAGES}/rules/`).href})`;
}
