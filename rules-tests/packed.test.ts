import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Outcome, run, runWell } from './support/run.js';

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
    ['pack', '--json', '--pack-destination', folder, './runtime', './eslint-plugin'],
    { cwd: workspace, limit: INSTALL_LIMIT },
  );
  packed = JSON.parse(json) as Packed[];
  const manifest = await readFile(join(workspace, 'package.json'), 'utf8');
  pinned = (JSON.parse(manifest) as Manifest).devDependencies;
}, INSTALL_LIMIT);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the tarballs', () => {
  test('have what is built, its sources, and the papers', () => {
    expect(packed.map(({ name }) => name).sort()).toEqual(['eslint-plugin-mooring', 'mooring']);
    for (const { files } of packed) {
      const paths = files.map(({ path }) => path);
      expect(paths).toEqual(
        expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/index.js']),
      );
      const others = paths.filter(
        (path) =>
          !/^(dist\/.*\.(js|d\.ts)(\.map)?|src\/.*\.ts|[A-Z]+(\.md)?|package\.json)$/.test(path),
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

  beforeAll(async () => {
    const eslint = wanted === 'workspace' ? pinned['eslint']! : wanted;
    project = join(folder, `eslint-${eslint}`);
    await cp(fixture, project, { recursive: true });
    await writeFile(
      join(project, 'package.json'),
      JSON.stringify({ name: 'stranger', private: true, type: 'module' }),
    );
    const packages = ['typescript', 'typescript-eslint', '@types/node'].map(
      (name) => `${name}@${pinned[name]}`,
    );
    const tarballs = packed.map(({ filename }) => join('..', filename));
    // Strict about peers: a range that does not admit what stands here is an error.
    const options = ['--no-audit', '--no-fund', '--prefer-offline', '--strict-peer-deps'];
    await runWell('npm', ['install', ...options, `eslint@${eslint}`, ...packages, ...tarballs], {
      cwd: project,
      limit: INSTALL_LIMIT,
    });
  }, INSTALL_LIMIT);

  const lintWith = (config: string, file: string): Promise<Outcome> =>
    run(
      process.execPath,
      [
        '--no-warnings',
        'node_modules/eslint/bin/eslint.js',
        ...['--config', `config/${config}`, '--format', 'json', file],
      ],
      { cwd: project },
    );

  test.each(CONFIGS)(
    'config/$config turns the preset on $how',
    async ({ config }) => {
      const lint = (file: string): Promise<Outcome> => lintWith(config, file);

      const wrong = await lint('src/unstructured.ts');
      expect(wrong.stderr).toBe('');
      expect(reportsIn(wrong.stdout)).toEqual(
        expect.arrayContaining(['mooring/no-detached-iife', 'mooring/no-floating-promises']),
      );
      expect(wrong.code).toBe(1);

      const right = await lint('src/structured.ts');
      expect(right.stderr).toBe('');
      expect(reportsIn(right.stdout)).toEqual([]);
      expect(right.code).toBe(0);
    },
    120_000,
  );

  test('a typed rule where types are missing ends the run with one clear error', async () => {
    const { code, stderr } = await lintWith('untyped.mjs', 'src/structured.ts');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /mooring\/[a-z-]+ needs types, and there are none for .*structured\.ts\. Set languageOptions/,
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

function reportsIn(json: string): string[] {
  const [result] = JSON.parse(json) as { messages: { ruleId: string | null; message: string }[] }[];
  return result!.messages.map(({ ruleId, message }) => ruleId ?? message);
}
