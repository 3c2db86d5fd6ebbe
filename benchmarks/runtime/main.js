/**
 * Measures `mooring` and its peers on every Node at hand, and prints Markdown.
 *
 *     npm run benchmark                                  all of it: half an hour
 *     npm run benchmark -- --node 24 --case map,heap     some of it
 *     npm run benchmark -- --write                       and puts it into docs/benchmarks.md
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { heading, table } from './markdown.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const CASES = [
  'spawn',
  'map',
  'scopes',
  'nesting',
  'cancel',
  'heap',
  'limiter',
  'seen',
  'seen-nesting',
];

const { values: options } = parseArgs({
  options: {
    node: { type: 'string', default: '20,24,26' },
    case: { type: 'string', default: CASES.join() },
    rounds: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
  },
});

if (!existsSync(here('../node_modules'))) install('benchmarks');
const nodes = options.node
  .split(',')
  .map((major) => here(`../../runtimes/node_modules/node-${major}/bin/node`));
if (!nodes.every(existsSync)) install('runtimes');

const { bundleSizes } = await import('./bundle-size.js');
const { measureCase } = await import('./measure-case.js');

const parts = [heading(versions(), os.cpus()[0].model, Number(options.rounds))];
for (const name of options.case.split(',')) {
  const definition = await import(`./cases/${name}.js`);
  const results = nodes.map((node) => measureCase(node, definition, Number(options.rounds)));
  parts.push(table(definition, nodes.map(versionOf), results));
}
parts.push(await bundleSizes());

const text = parts.join('\n');
console.log(text);
if (options.write) write(text);

function write(text) {
  const page = here('../../docs/benchmarks.md');
  const mark = /(<!-- benchmarks: generated -->\n)[\s\S]*(\n<!-- \/benchmarks -->)/;
  writeFileSync(
    page,
    readFileSync(page, 'utf8').replace(mark, (_, open, close) => `${open}\n${text}${close}`),
  );
  execFileSync('npx', ['prettier', '--write', '--log-level', 'warn', page]);
}

function install(folder) {
  execFileSync('npm', ['ci', '--prefix', here(`../../${folder}`)], { stdio: 'inherit' });
}

function versionOf(node) {
  return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
}

function versions() {
  const { dependencies } = JSON.parse(readFileSync(here('../package.json'), 'utf8'));
  const { version } = JSON.parse(readFileSync(here('../../runtime/package.json'), 'utf8'));
  return { mooring: version, ...dependencies };
}
