/**
 * Writes `runtime/dist/browser.js`: `mooring` in one file, for a page without a bundler. It knows
 * neither `process` nor names like `#invariant`, which a browser looks up in an import map.
 *
 * The names of classes and functions stay: who opens the console of such a page reads them.
 */
import { join } from 'node:path';

import { build } from 'esbuild';

import { root } from './root.js';

await build({
  entryPoints: [join(root, 'runtime/dist/index.js')],
  outfile: join(root, 'runtime/dist/browser.js'),
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  keepNames: true,
  sourcemap: 'linked',
  sourcesContent: false,
  // A page without a build is one in development: it is warned, and stacks lead to its own lines.
  define: { 'process.env.NODE_ENV': '"development"' },
  logLevel: 'warning',
});
