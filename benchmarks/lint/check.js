/**
 * `mooring check` beside ESLint with the native session, on a project of 1,000 files: both load, read
 * the same files with the same rules, and ask the same checker. What is compared is processor time,
 * that of the checker with it; the two take turns. Linux only.
 *
 *     npm run benchmark:check [-- --runs 3]
 *
 * Prints the ratio, and how long it took until `check` said something on a terminal.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const FOLDERS = 50;
const FILES = 20;

const workspace = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({ options: { runs: { type: 'string', default: '3' } } });

const CONFIG = `
import mooring from 'eslint-plugin-mooring';
import parser from 'eslint-plugin-mooring/parser';

export default [
  { ignores: ['eslint.config.mjs'] },
  ...mooring.configs['recommended-type-checked'].map((config) => ({
    ...config,
    files: ['**/*.ts'],
    languageOptions: { parser },
    settings: { mooring: { types: 'native', typescript: 'typescript-7' } },
  })),
];
`;

const project = makeProject();
const usage = join(project, 'usage.json');
const contenders = {
  'mooring check': [join(workspace, 'cli/dist/main.js'), 'check', '--format', 'json'],
  ESLint: [join(workspace, 'node_modules/eslint/bin/eslint.js'), '--format', 'json', '.'],
};
const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
for (let round = 0; round < Number(values.runs); round++) {
  for (const [name, args] of Object.entries(contenders)) times[name].push(run(args));
}
for (const [name, all] of Object.entries(times)) {
  const { cpu, wall, found } = all.toSorted((a, b) => a.cpu - b.cpu)[Math.floor(all.length / 2)];
  console.log(
    `${name.padEnd(14)} ${cpu.toFixed(1)} s of processor, ${wall.toFixed(1)} s, ${found} reports`,
  );
}
const median = (name) =>
  times[name].map(({ cpu }) => cpu).toSorted((a, b) => a - b)[Math.floor(times[name].length / 2)];
console.log(`ratio          ${(median('mooring check') / median('ESLint')).toFixed(2)}`);
console.log(`first word     ${(await firstWord()).toFixed(2)} s`);
rmSync(project, { recursive: true });

function run(args) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', join(workspace, 'benchmarks/lint/usage.js'), ...args],
    {
      cwd: project,
      encoding: 'utf8',
      maxBuffer: 1e9,
      env: { ...process.env, BENCHMARK_USAGE: usage },
    },
  );
  if (status > 1) throw new Error(stderr || stdout);
  const { cpu } = JSON.parse(readFileSync(usage, 'utf8'));
  const json = JSON.parse(stdout);
  const found = Array.isArray(json)
    ? json.reduce((sum, { messages }) => sum + messages.length, 0)
    : json.findings.length;
  return { cpu, wall: (performance.now() - start) / 1000, found };
}

/** Seconds until something is seen on a terminal, which `script` of util-linux plays. */
async function firstWord() {
  const command = [process.execPath, ...contenders['mooring check']].join(' ');
  const start = performance.now();
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  const seconds = (performance.now() - start) / 1000;
  child.kill();
  return seconds;
}

/** Files that import each other, with a promise afloat in every tenth. */
function makeProject() {
  const root = mkdtempSync(join(tmpdir(), 'mooring-check-'));
  symlinkSync(join(workspace, 'node_modules'), join(root, 'node_modules'));
  const compilerOptions = { target: 'es2023', module: 'nodenext', strict: true, types: ['node'] };
  write(root, 'package.json', JSON.stringify({ private: true, type: 'module' }));
  write(root, 'tsconfig.json', JSON.stringify({ compilerOptions, include: ['src'] }));
  write(root, 'eslint.config.mjs', CONFIG);
  for (let folder = 0; folder < FOLDERS; folder++) {
    for (let file = 0; file < FILES; file++) {
      write(root, `src/part${folder}/file${file}.ts`, moduleOf(folder, file));
    }
  }
  return root;
}

function write(root, file, text) {
  mkdirSync(join(root, file, '..'), { recursive: true });
  writeFileSync(join(root, file), text);
}

function moduleOf(folder, file) {
  const other = `../part${(folder + 1) % FOLDERS}/file${(file + 7) % FILES}.js`;
  return `
import { readFile } from 'node:fs/promises';
${file === 0 ? '' : `import { load as before } from './file${file - 1}.js';`}
import { type Item as Other } from '${other}';

export interface Item { readonly id: string; readonly size: number; readonly next?: Other }

export class Store {
  readonly #items = new Map<string, Item>();

  async load(id: string, options: { signal?: AbortSignal } = {}): Promise<Item> {
    const known = this.#items.get(id);
    if (known !== undefined) return known;
    const text = await readFile(id, { encoding: 'utf8', ...options });
    const item = JSON.parse(text) as Item;
    this.#items.set(id, item);
    return item;
  }

  async sizes(ids: readonly string[]): Promise<number[]> {
    const items = await Promise.all(ids.map((id) => this.load(id)));
    return items.map(({ size }) => size).filter((size) => size > ${file});
  }
}

export async function load(id: string): Promise<Item> {
  const store = new Store();
  try {
    const item = await store.load(id);
    ${file % 10 === 0 ? 'store.load(`${id}.next`);' : ''}
    ${file === 0 ? '' : 'if (item.size > 0) await before(item.id);'}
    return item;
  } catch (error) {
    console.error(error);
    throw error;
  }
}
`;
}
