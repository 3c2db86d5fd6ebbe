/**
 * Writes what the playground loads when it is opened: the worker that lints, the worker that runs, the
 * runtime, and the declarations that types come from. Into the `public` folder of the pages, so that
 * all of it comes from the site itself.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));

/** What a program of the playground may import. `mooring/main` is for processes. */
const ENTRIES = {
  mooring: 'index.js',
  'mooring/inspect': 'inspect/index.js',
  'mooring/limiter': 'limiter.js',
  'mooring/retry': 'retry.js',
  'mooring/testing': 'testing/index.js',
  'mooring/time': 'time.js',
};

/** Of Node, to what is linted in a page: its files are those of `files.js`, and it starts nothing. */
const NODE = { fs: 'node-fs.js', path: 'node-path.js' };

export async function bundlePlayground(folder) {
  mkdirSync(folder, { recursive: true });
  const shared = {
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    logLevel: 'warning',
    outdir: folder,
  };
  await build({
    ...shared,
    entryPoints: { lint: join(here, 'lint/worker.js') },
    banner: {
      js: "var process = { env: {}, platform: 'browser', browser: true, cwd: () => '/' };",
    },
    plugins: [withoutNode],
  });
  const runtime = Object.entries(ENTRIES).map(([name, file]) => [
    name,
    join(root, 'runtime/dist', file),
  ]);
  await build({
    ...shared,
    // One copy for all entries, as a program under Node has it.
    splitting: true,
    keepNames: true,
    entryPoints: { run: join(here, 'run/worker.js'), ...Object.fromEntries(runtime) },
    define: { 'process.env.NODE_ENV': '"development"' },
    plugins: [withTracers],
  });
  writeFileSync(join(folder, 'files.json'), JSON.stringify(declarations()));
}

const withoutNode = {
  name: 'without-node',
  setup({ onResolve, onLoad }) {
    // Nor are there other files of the project, which the plugin would parse by itself.
    onResolve({ filter: /^(?:node:|oxc-parser$|\.\.\/parser\/parser\.js$)/ }, ({ path }) => {
      const shim = NODE[path.replace('node:', '')];
      return shim === undefined
        ? { path, namespace: 'absent' }
        : { path: join(here, 'lint', shim) };
    });
    onLoad({ filter: /.*/, namespace: 'absent' }, () => ({
      contents: 'module.exports = {}',
      loader: 'js',
    }));
  },
};

/** The runtime tells what starts and ends to tracers, which Node has: here the time line is one. */
const withTracers = {
  name: 'with-tracers',
  setup({ onResolve }) {
    const traced = join(root, 'runtime/dist/traced.node.js');
    onResolve({ filter: /^#traced$/ }, () => ({ path: traced }));
    onResolve({ filter: /^\.\/channels\.node\.js$/ }, () => ({
      path: join(here, 'run/tracers.js'),
    }));
  },
};

/** What the compiler reads: the declarations of the platform, and those of the runtime. */
function declarations() {
  const files = {};
  const libraries = join(root, 'node_modules/typescript/lib');
  for (const name of readdirSync(libraries)) {
    if (!/^lib\.(?:es|dom|decorators).*\.d\.ts$/.test(name) || name.includes('.full.')) continue;
    files[`/node_modules/typescript/lib/${name}`] = readFileSync(join(libraries, name), 'utf8');
  }
  const runtime = join(root, 'runtime');
  files['/node_modules/mooring/package.json'] = readFileSync(join(runtime, 'package.json'), 'utf8');
  for (const name of readdirSync(join(runtime, 'dist'), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.d.ts')) continue;
    files[`/node_modules/mooring/dist/${name.replaceAll('\\', '/')}`] = readFileSync(
      join(runtime, 'dist', name),
      'utf8',
    );
  }
  return files;
}
