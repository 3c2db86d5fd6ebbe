/** What each library adds to a bundle for a browser: minified, and compressed with gzip. */
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';

import { markdown } from './markdown.js';

const BUNDLES = {
  'mooring: TaskGroup, timeout': `import { TaskGroup, timeout } from 'mooring'; use(TaskGroup, timeout);`,
  'mooring, all of it': `import * as all from 'mooring'; use(all);`,
  'p-limit': `import limit from 'p-limit'; use(limit);`,
  'p-map': `import map from 'p-map'; use(map);`,
  'p-queue': `import Queue from 'p-queue'; use(Queue);`,
  'p-limit, p-map and p-queue': `import limit from 'p-limit'; import map from 'p-map'; import Queue from 'p-queue'; use(limit, map, Queue);`,
  'effection: run, spawn, all': `import { run, spawn, all } from 'effection'; use(run, spawn, all);`,
  'effect: Effect, Fiber': `import { Effect, Fiber } from 'effect'; use(Effect.gen, Effect.all, Effect.forkChild, Effect.runPromise, Effect.timeout, Fiber.interrupt);`,
};

export async function bundleSizes() {
  const rows = [];
  for (const [name, contents] of Object.entries(BUNDLES)) {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      write: false,
      external: ['node:*'],
    });
    const code = outputFiles[0].contents;
    rows.push([
      name,
      `${kilobytes(code.length)}`,
      `${kilobytes(gzipSync(code, { level: 9 }).length)}`,
    ]);
  }
  return `### Bundle size\n\n${markdown(['', 'minified', 'and gzip'], rows)}`;
}

function kilobytes(bytes) {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}
