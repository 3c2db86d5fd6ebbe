import { readdirSync, symlinkSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { TaskGroup } from 'mooring';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { sampleOf } from '../tools/audit/sample.js';
import { type Outcome, run, runWell } from './support/run.js';

/** A build of the whole workspace is part of it. */
const LIMIT = 600_000;
vi.setConfig({ testTimeout: LIMIT });

const workspace = fileURLToPath(new URL('..', import.meta.url));

/** The tools write into the workspace that they stand in: here, into a copy of it. */
let copy: string;
beforeAll(async () => {
  copy = await realpath(await mkdtemp(join(tmpdir(), 'mooring-workspace-')));
  for (const name of readdirSync(workspace)) {
    if (['.git', 'node_modules', 'coverage'].includes(name)) continue;
    await cp(join(workspace, name), join(copy, name), {
      recursive: true,
      // What is newer than its build would be built anew.
      preserveTimestamps: true,
      filter: (path) => !path.slice(workspace.length).split('/').includes('node_modules'),
    });
  }
  await linkPackages();
}, LIMIT);
afterAll(() => rm(copy, { recursive: true, force: true }));

/** What is installed is shared; the packages of the workspace are those of the copy. */
async function linkPackages(): Promise<void> {
  const from = join(workspace, 'node_modules');
  const to = join(copy, 'node_modules');
  const scopes = readdirSync(from).filter((name) => name.startsWith('@'));
  const packages = [
    ...readdirSync(from).filter((name) => !name.startsWith('@')),
    ...scopes.flatMap((scope) => readdirSync(join(from, scope)).map((name) => join(scope, name))),
  ];
  for (const name of packages) {
    const path = await realpath(join(from, name));
    const isInstalled = path.includes('/node_modules/');
    await mkdir(dirname(join(to, name)), { recursive: true });
    symlinkSync(isInstalled ? path : join(copy, relative(workspace, path)), join(to, name));
  }
  // What a package has in another version than the others.
  symlinkSync(join(workspace, 'cli/node_modules'), join(copy, 'cli/node_modules'));
}

const node = (...args: readonly string[]): Promise<string> =>
  runWell(process.execPath, args, { cwd: copy, limit: LIMIT });
const vitest = (...args: readonly string[]): Promise<string> =>
  node('node_modules/vitest/vitest.mjs', 'run', '--project', 'rules', ...args);

const textOf = (file: string): Promise<string> => readFile(join(copy, file), 'utf8');

const RULE = 'no-forgotten-debugger';
const FILES = [
  `eslint-plugin/src/rules/${RULE}.ts`,
  `rules-tests/rules/${RULE}.test.ts`,
  `docs/rules/${RULE}.md`,
];

describe('npm run new-rule', () => {
  const newRule = (...names: readonly string[]): Promise<Outcome> =>
    run(process.execPath, ['tools/dist/new-rule.js', ...names], { cwd: copy });

  test.each([
    { name: 'noForgotten', why: 'no kebab-case' },
    { name: 'No-Forgotten', why: 'capital letters' },
    { name: 'no-forgotten-', why: 'a hyphen at its end' },
    { name: '../no-forgotten', why: 'a path' },
    { name: 'no-2-forgotten', why: 'a digit' },
    { name: '', why: 'nothing' },
  ])('refuses “$name”: $why', async ({ name }) => {
    const { code, stdout, stderr } = await newRule(name);
    expect(stderr).toBe(
      `new-rule takes one name in kebab-case, such as no-floating-promises; got '${name}'.\n`,
    );
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  test('refuses two names, and none', async () => {
    for (const names of [[], ['no-one', 'no-two']]) {
      const { code, stderr } = await newRule(...names);
      expect(stderr).toMatch(/^new-rule takes one name/);
      expect(code).toBe(2);
    }
  });

  test('refuses a name that is taken, and leaves its files as they are', async () => {
    const page = 'docs/rules/no-floating-promises.md';
    const before = await textOf(page);
    const { code, stderr } = await newRule('no-floating-promises');
    expect(stderr).toMatch(/no-floating-promises\.ts exists already; choose another name\.\n$/);
    expect(code).toBe(2);
    expect(await textOf(page)).toBe(before);
  });

  test('writes three files that are well-formed, build, and pass their tests', async () => {
    const { code, stdout, stderr } = await newRule(RULE);
    expect(stderr).toBe('');
    expect(stdout).toBe(FILES.map((file) => `wrote ${file}\n`).join(''));
    expect(code).toBe(0);

    await node('node_modules/typescript/bin/tsc', '-b', 'rules-tests');
    await node('node_modules/prettier/bin/prettier.cjs', '--check', ...FILES);
    await node('node_modules/eslint/bin/eslint.js', '--max-warnings', '0', ...FILES.slice(0, 2));
    await vitest(`rules/${RULE}.test.ts`, 'docs.test.ts', 'plugin.test.ts', '-t', RULE);
    // That all of it is as generated, `npm test` sees to.
    for (const file of ['README.md', 'docs/rules/README.md', 'eslint-plugin/src/rules/index.ts']) {
      expect(await textOf(file)).toContain(RULE);
    }
  });
});

describe('npm run generate -- --check', () => {
  const check = (): Promise<Outcome> =>
    run(process.execPath, ['tools/dist/generate.js', '--check'], { cwd: copy });

  test('names what is not, and leaves it to be written; says which page is missing', async () => {
    const changes = [
      ['eslint-plugin/src/rules/index.ts', 'export { default', '// export { default'],
      ['docs/rules/no-floating-promises.md', 'In the presets', 'In none of the presets'],
      ['README.md', '| rule', '| the rule'],
      ['docs/rules/README.md', '| rule', '| the rule'],
      ['eslint-plugin/README.md', '| rule', '| the rule'],
    ] as const;
    const files = changes.map(([file]) => file);
    const upToDate = await TaskGroup.map(files, (file) => textOf(file));
    for (const [file, before, after] of changes) {
      const text = await textOf(file);
      expect(text).toContain(before);
      await writeFile(join(copy, file), text.replace(before, after));
    }
    const stale = await TaskGroup.map(files, (file) => textOf(file));
    const missing = 'docs/rules/require-join.md';
    const page = await textOf(missing);
    await rm(join(copy, missing));

    const { code, stderr } = await check();
    const [first, ...rest] = stderr.split('\n');
    expect(first).toMatch(/^docs\/rules\/require-join\.md has no place for generated text: .*\.$/);
    expect(rest).toEqual([`Not up to date: ${files.join(', ')}. Run \`npm run generate\`.`, '']);
    expect(code).toBe(1);
    expect(await TaskGroup.map(files, (file) => textOf(file))).toEqual(stale);

    await writeFile(join(copy, missing), page);
    await node('tools/dist/generate.js');
    expect(await TaskGroup.map(files, (file) => textOf(file))).toEqual(upToDate);
  });
});

describe('npm run robustness', () => {
  const robustness = (...args: readonly string[]): Promise<Outcome> =>
    run(process.execPath, ['tools/dist/robustness.js', ...args], {
      cwd: copy,
      env: { INIT_CWD: copy },
      limit: LIMIT,
    });

  test('says what it went through, and how to go through the same again', async () => {
    const { code, stdout, stderr } = await robustness(
      '--minutes',
      '0.05',
      '--seed',
      '3',
      'examples',
    );
    expect(stderr).toBe('');
    expect(stdout.split('\n')).toEqual([
      'robustness for 0.05 min, with --seed 3',
      expect.stringMatching(/^files without types: \d+$/),
      expect.stringMatching(/^files with types: \d+$/),
      expect.stringMatching(/^mutated programs: \d+$/),
      expect.stringMatching(/^odd programs: \d+$/),
      '',
    ]);
    expect(code).toBe(0);
  });

  test.each([
    { args: [], says: 'robustness needs --minutes with a number above 0.' },
    { args: ['--minutes', 'one'], says: 'robustness needs --minutes with a number above 0.' },
    { args: ['--minutes', '1', '--seed', '1.5'], says: 'robustness takes an integer as --seed.' },
    { args: ['--minutes', '1', 'nowhere'], says: 'nowhere is no folder.' },
    { args: ['--hours', '1'], says: "Unknown option '--hours'" },
  ])('refuses $args', async ({ args, says }) => {
    const { code, stdout, stderr } = await robustness(...args);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/\n./);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('audit-repo', () => {
  const audit = (...args: readonly string[]): Promise<Outcome> =>
    run(process.execPath, ['tools/dist/audit-repo.js', ...args], {
      cwd: copy,
      env: { INIT_CWD: copy },
      limit: LIMIT,
    });
  const titlesOf = (page: string): string[] =>
    page.split('\n').flatMap((line) => (line.startsWith('### ') ? [line.slice(4)] : []));

  beforeAll(async () => {
    await mkdir(join(copy, 'audited'));
    const program = Array.from({ length: 30 }, (_, index) => [
      `export async function start${index}(): Promise<void> {`,
      ...Array.from({ length: 20 }, (_, line) => `  console.log(${line});`),
      `  send(${index});`,
      '}',
    ]);
    await writeFile(
      join(copy, 'audited/program.ts'),
      ['declare function send(what: number): Promise<void>;', ...program.flat(), ''].join('\n'),
    );
  });

  test('draws reports in the order of the file, with more of their code', async () => {
    const all = titlesOf((await audit('audited')).stdout);
    const { stdout: page, stderr } = await audit('audited', '--sample', '5', '--seed', '1');
    const drawn = titlesOf(page);
    expect(stderr).toBe('');
    expect(all).toHaveLength(30);
    expect(drawn).toHaveLength(5);
    expect(all.filter((title) => drawn.includes(title))).toEqual(drawn);
    expect(page).toContain('5 of the 30 reports of the preset, drawn with the seed 1:');
    expect(page).toContain('| `mooring/no-floating-promises` | 30 |');

    // The whole of a short function, and what a suggestion makes of it.
    expect(page).toMatch(/^ {2} +\d+ export async function start\d+\(\)/m);
    expect(page).toMatch(/^> +\d+ {3}send\(\d+\);$/m);
    expect(page).toMatch(/^Suggestion: .*\n\n`+ts\n- .*\n\+ +\d+ {3}await send\(\d+\);$/m);
  });

  test('draws the same with the same seed, others with another, and no more than there are', () => {
    const all = Array.from({ length: 30 }, (_, index) => index);
    const drawn = sampleOf(all, { size: 5, seed: 1 });
    expect(drawn).toHaveLength(5);
    expect(sampleOf(all, { size: 5, seed: 1 })).toEqual(drawn);
    expect(sampleOf(all, { size: 5, seed: 2 })).not.toEqual(drawn);
    expect(sampleOf(all, { size: 99, seed: 1 })).toEqual(all);
  });

  test.each([
    { args: ['--sample', '0', '--seed', '1'], says: 'takes an integer above 0 as --sample.' },
    { args: ['--sample', 'all', '--seed', '1'], says: 'takes an integer above 0 as --sample.' },
    { args: ['--sample', '5', '--seed', '1.5'], says: 'takes an integer as --seed.' },
    { args: ['--sample', '5'], says: '--sample and --seed go together.' },
  ])('refuses $args', async ({ args, says }) => {
    const { code, stdout, stderr } = await audit('audited', ...args);
    expect(stderr).toContain(says);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
