/** `npm run site`: builds the site into `site/dist/`. */
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { makePages, pagesFolder } from './pages.js';
import { bundlePlayground } from './playground/bundle.js';

const here = fileURLToPath(new URL('.', import.meta.url));

if (!existsSync(`${here}node_modules/.package-lock.json`)) {
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
}
makePages();
await bundlePlayground(`${pagesFolder}/public/playground-files`);
run(process.execPath, [
  'node_modules/vitepress/bin/vitepress.js',
  'build',
  '.',
  '--outDir',
  'dist',
]);

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: here, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
