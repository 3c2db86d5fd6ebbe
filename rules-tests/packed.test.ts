import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { type Outcome, run, runWell } from './support/run.js';

vi.setConfig({ testTimeout: 120_000 });

const workspace = fileURLToPath(new URL('..', import.meta.url));
const fixture = fileURLToPath(new URL('fixtures/packed', import.meta.url));

/** Long enough for a cold cache of npm and a slow registry. */
const INSTALL_LIMIT = 600_000;

interface Manifest {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
}

interface Packed {
  readonly name: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

let folder: string;
let packed: readonly Packed[];
let pinned: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-packed-'));
  const json = await runWell(
    'npm',
    ['pack', '--json', '--pack-destination', folder, './runtime', './eslint-plugin', './cli'],
    { cwd: workspace, limit: INSTALL_LIMIT },
  );
  packed = JSON.parse(json) as Packed[];
  const manifest = await readFile(join(workspace, 'package.json'), 'utf8');
  pinned = (JSON.parse(manifest) as Manifest).devDependencies;
}, INSTALL_LIMIT);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the tarballs', () => {
  test('have what is built, its sources, and the papers', () => {
    expect(packed.map(({ name }) => name).sort()).toEqual([
      'eslint-plugin-mooring',
      'mooring',
      'mooring-cli',
    ]);
    for (const { name, files } of packed) {
      const paths = files.map(({ path }) => path);
      expect(paths).toEqual(
        expect.arrayContaining([
          ...['LICENSE', 'README.md', 'package.json'],
          name === 'mooring-cli' ? 'dist/main.js' : 'dist/index.js',
          ...(name === 'eslint-plugin-mooring' ? ['docs/rules/require-join.md'] : []),
        ]),
      );
      const others = paths.filter(
        (path) =>
          !/^(dist\/.*\.(js|d\.ts)(\.map)?|docs\/rules\/[\w-]+\.md|src\/.*\.ts|[A-Z]+(\.md)?|package\.json)$/.test(
            path,
          ),
      );
      expect(others).toEqual([]);
    }
  });
});

/** The configs of the fixture. */
const CONFIGS = [
  { config: 'extends.mjs', how: 'by name, in an ECMAScript module' },
  { config: 'arrays.mjs', how: 'as arrays, in an ECMAScript module' },
  { config: 'extends.cjs', how: 'by name, in a CommonJS module' },
  { config: 'arrays.cjs', how: 'as arrays, in a CommonJS module' },
];

describe.each(['9.39.5', 'workspace'])('installed beside ESLint %s', (wanted) => {
  let project: string;
  let reports: Reports;

  beforeAll(async () => {
    const eslint = wanted === 'workspace' ? pinned['eslint']! : wanted;
    const packages = ['typescript', 'typescript-eslint', '@types/node'];
    project = await install(`eslint-${eslint}`, [`eslint@${eslint}`, ...packages.map(atPin)]);
    const configs = CONFIGS.map(({ config }) => config);
    reports = await reportsWith(project, configs);
  }, INSTALL_LIMIT);

  test.each(CONFIGS)('config/$config turns the preset on $how', ({ config }) => {
    expectPresetIsOn(reports[config]!);
  });

  test('a typed rule where types are missing ends the run with one clear error', async () => {
    const { code, stderr } = await lint(project, 'untyped.mjs', 'src/structured.ts');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /mooring\/[a-z-]+ needs types, and there are none for .*structured\.ts\. .* set languageOptions/,
    );
  });

  test('the sources compile against the declarations of the runtime', async () => {
    const { code, stdout } = await run(
      process.execPath,
      ['node_modules/typescript/bin/tsc', '--project', '.'],
      { cwd: project },
    );
    expect(stdout).toBe('');
    expect(code).toBe(0);
  });

  test.each([
    { how: 'imports it, compiled', file: 'built/structured.js' },
    { how: 'requires it', file: 'required.cjs' },
  ])('the runtime runs in a program that $how', async ({ file }) => {
    // Some versions of Node warn of `require` of an ECMAScript module.
    const outcome = await run(process.execPath, ['--no-warnings', file], { cwd: project });
    expect(outcome).toEqual({ code: 0, stdout: 'one, two\n', stderr: '' });
  });
});

describe('installed beside TypeScript 7, without typescript-eslint', () => {
  test(
    'the preset is on, with the parser and the types that the plugin brings',
    { timeout: INSTALL_LIMIT },
    async () => {
      const seven = pinned['typescript-7']!.replace('npm:', '');
      const project = await install('typescript-7', [
        seven,
        ...['eslint', '@types/node'].map(atPin),
      ]);
      const reports = await reportsWith(project, ['native.mjs']);
      expectPresetIsOn(reports['native.mjs']!);
    },
  );
});

test(
  'the command line brings all it needs: nothing is installed beside it',
  { timeout: INSTALL_LIMIT },
  async () => {
    const project = await install('cli', [], true);
    const mooring = (...args: readonly string[]): Promise<Outcome> =>
      run(process.execPath, ['node_modules/.bin/mooring', ...args], { cwd: project });
    const { stdout, code } = await mooring('check', '--format', 'json', 'src/unstructured.ts');
    const { findings } = JSON.parse(stdout) as { findings: { rule: string }[] };
    expect(findings.map(({ rule }) => rule)).toContain('mooring/no-floating-promises');
    expect(code).toBe(1);
    // It stands in the manifest.
    expect((await mooring('init')).stdout).toContain('there is nothing to write');
  },
);

const atPin = (name: string): string => `${name}@${pinned[name]}`;

/** Makes a project of the fixture with these packages and the tarballs, and gives its folder. */
async function install(
  name: string,
  packages: readonly string[],
  withCli = false,
): Promise<string> {
  const project = join(folder, name);
  await cp(fixture, project, { recursive: true });
  const manifest = { name: 'stranger', private: true, type: 'module' };
  await writeFile(join(project, 'package.json'), JSON.stringify(manifest));
  const tarballs = packed
    .filter((each) => withCli || each.name !== 'mooring-cli')
    .map(({ filename }) => join('..', filename));
  // Strict about peers: a range that does not admit what stands here is an error.
  const options = ['--no-audit', '--no-fund', '--prefer-offline', '--strict-peer-deps'];
  await runWell('npm', ['install', ...options, ...packages, ...tarballs], {
    cwd: project,
    limit: INSTALL_LIMIT,
  });
  return project;
}

const lint = (project: string, config: string, file: string): Promise<Outcome> =>
  run(
    process.execPath,
    ['--no-warnings', 'node_modules/eslint/bin/eslint.js', '--config', `config/${config}`, file],
    { cwd: project },
  );

/** What is reported of the structured file and of the other, by the name of the config. */
type Reports = Readonly<Record<string, readonly [string[], string[]]>>;

/** In one process: each would load TypeScript and the types of the library for itself. */
async function reportsWith(project: string, configs: readonly string[]): Promise<Reports> {
  const { stderr, stdout } = await run(
    process.execPath,
    ['--no-warnings', 'lint.mjs', ...configs],
    {
      cwd: project,
    },
  );
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Reports;
}

function expectPresetIsOn([structured, unstructured]: Reports[string]): void {
  expect(unstructured).toEqual(
    expect.arrayContaining(['mooring/no-async-void-callback', 'mooring/no-floating-promises']),
  );
  expect(structured).toEqual([]);
}
