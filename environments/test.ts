/**
 * Runs `mooring`, as it is published, in what it meets in other people's projects.
 *
 *     npm run test:environments                       all of it
 *     npm run test:environments -- jest-esm clients   these
 */
import { existsSync } from 'node:fs';

import { environments } from './environments.js';
import { unpackMooring } from './packed.js';
import { folder, root, run } from './run.js';

const names = process.argv.slice(2);
const unknown = names.filter((name) => !environments.has(name));
if (unknown.length > 0) {
  console.error(`No environment is called ${unknown.join(' or ')}; there are:`);
  for (const name of environments.keys()) console.error(`  ${name}`);
  process.exit(2);
}

if (!existsSync(`${folder}node_modules/.package-lock.json`)) {
  if (!run('', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'])) process.exit(1);
}
// Not a part of the workspace's build: it takes the types of the packages that are now there.
const tsc = `${root}node_modules/typescript/bin/tsc`;
if (!run('', process.execPath, [tsc, '-b', 'suites'])) process.exit(1);
unpackMooring(root, `${folder}node_modules`);

const failed: string[] = [];
let passed = 0;
for (const [name, test] of environments) {
  if (names.length > 0 && !names.includes(name)) continue;
  console.log(`\n── ${name}`);
  if (test()) passed++;
  else failed.push(name);
}
for (const name of failed) console.error(`failed: ${name}`);
console.log(`\n${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;
