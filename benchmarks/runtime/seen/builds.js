/**
 * The runtime as it is, and without all by which it can be seen running: no list of open scopes, no times,
 * no channels, no notes of tasks. Both are bundled in the same way.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readFile } from 'node:fs/promises';

import { build } from 'esbuild';

const dist = fileURLToPath(new URL('../../../runtime/dist/', import.meta.url));
const out = fileURLToPath(new URL('../../../node_modules/.cache/mooring-seen/', import.meta.url));

/** What takes the place of a file, or of text in it. */
const WITHOUT = {
  'open-scopes.js': () => `
    export const previous = Symbol(), next = Symbol(), about = Symbol();
    export function opened() {}
    export function closed() {}
    export function taskWaits() {}
    export function tellOfDeadTask() {}`,
  'traced.node.js': () => `export * from './traced.js';`,
  'task-notes.js': () => `export class TaskNotes { add() {} started() {} settled() {} }`,
  'group.js': (text) => text.replaceAll('Date.now()', '0'),
  'timeout.js': (text) => text.replaceAll('Date.now()', '0'),
};

const without = {
  name: 'without',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]runtime[\\/]dist[\\/][^\\/]*\.js$/ }, async ({ path }) => {
      const change = WITHOUT[path.slice(dist.length)];
      return change && { contents: change(await readFile(path, 'utf8')), loader: 'js' };
    });
  },
};

async function bundle(name, plugins) {
  mkdirSync(out, { recursive: true });
  const outfile = `${out}${name}-${process.pid}.mjs`;
  const entryPoints = [`${dist}index.js`];
  const options = { bundle: true, format: 'esm', platform: 'node', logLevel: 'error' };
  await build({ entryPoints, outfile, plugins, ...options });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile);
  }
}

/** By the name that a table has for each. */
export async function builds() {
  return { without: await bundle('without', [without]), asItIs: await bundle('as-it-is', []) };
}
