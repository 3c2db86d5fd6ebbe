/**
 * Lints, builds and tests the service, and runs the recipes that need a server, on a PostgreSQL and a
 * Redis of their own. Installs what is missing.
 *
 *     npm run test:service
 *     npm run test:service -- queue       the tests whose file is so called
 *     KILLS=100 npm run test:service -- queue
 *     npm run test:service -- --load      measures it beside the same service written by hand
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { install } from '../../environments/dist/debian.js';

const folder = fileURLToPath(new URL('.', import.meta.url));
const bin = (name) => fileURLToPath(new URL(`../../node_modules/.bin/${name}`, import.meta.url));

function run(program, ...args) {
  const { status, error } = spawnSync(program, args, { cwd: folder, stdio: 'inherit' });
  if (error) console.error(error.message);
  if (status !== 0) process.exit(1);
}

if (!existsSync(`${folder}node_modules/.package-lock.json`)) {
  run('npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund');
}
install('postgresql', 'redis-server');
run(bin('tsc'), '-p', '.');
run(bin('eslint'), '.', '--max-warnings', '0');
const names = process.argv.slice(2);
if (names.includes('--load')) run(process.execPath, 'dist/load-test.js');
else run(bin('vitest'), 'run', '--root', '.', ...names);
