import { spawnSync } from 'node:child_process';
import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { temporaryProject } from '../../rules-tests/support/temporary-project.js';
import { mooring, type Said } from './support/mooring.js';

const main = join(import.meta.dirname, '../dist/main.js');
const CLEAN = 'export const one = 1;\n';
/** Only types know that this floats, in a function that waits for nothing else. */
const FLOATING =
  'declare function save(): Promise<void>; export async function run() {\nsave();\n}\n';
const RULE = 'mooring/no-floating-promises';
const TSCONFIG = JSON.stringify({
  compilerOptions: { target: 'es2022', module: 'nodenext', strict: true, types: [] },
});

const check = (cwd: string, ...args: readonly string[]): Promise<Said> =>
  mooring(['check', '--format', 'stylish', ...args], { cwd });

/** The places of the findings, `file:line`, of a check that could be done. */
async function foundIn(cwd: string, ...args: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await mooring(['check', '--format', 'json', ...args], { cwd });
  expect(stderr).toBe('');
  const { findings } = JSON.parse(stdout) as { findings: { file: string; line: number }[] };
  expect(code).toBe(findings.length === 0 ? 0 : 1);
  return findings.map(({ file, line }) => `${file}:${line}`);
}

function close(folder: string): void {
  chmodSync(folder, 0o000);
  onTestFinished(() => chmodSync(folder, 0o700));
}

/** Nothing but one sentence on the standard error. */
async function expectRefusal(cwd: string, args: readonly string[], says: RegExp): Promise<void> {
  const { code, stdout, stderr } = await check(cwd, ...args);
  expect(stderr).toMatch(/^[^\n]+[.?]\n$/);
  expect(stderr).toMatch(says);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
}

describe('mooring check', () => {
  const root = (): string =>
    temporaryProject({
      '.git/HEAD': '',
      '.gitignore': 'generated/\n*.gen.ts\n!kept.gen.ts\n',
      'tsconfig.json': JSON.stringify({ include: ['src'] }),
      'src/a.ts': FLOATING,
      'src/deep/b.tsx': CLEAN,
      'src/größe ♥/[id]{a,b}(c).ts': FLOATING,
      'scripts/orphan.ts': FLOATING,
      'scripts/plain.js':
        "import { readFile } from 'node:fs/promises'; export async function run() {\nreadFile('x');\n}\n",
      'scripts/old.cjs':
        "const fs = require('node:fs/promises');\nmodule.exports = async () => {\n  fs.readFile('x');\n};\n",
      'scripts/returns.js': 'if (process.argv[2]) return;\n',
      'packages/one/tsconfig.json': TSCONFIG,
      'packages/one/c.ts': FLOATING,
      'packages/one/.gitignore': 'local.ts\n',
      'packages/one/local.ts': FLOATING,
      'packages/composite/tsconfig.json':
        '{ "files": [], "references": [{ "path": "./tsconfig.lib.json" }] }',
      'packages/composite/tsconfig.lib.json':
        '{ "compilerOptions": { "composite": true }, "include": ["lib"], "references": [{ "path": "." }] }',
      'packages/composite/lib/d.ts': FLOATING,
      'kept.gen.ts': FLOATING,
      'a.gen.ts': FLOATING,
      'generated/b.ts': FLOATING,
      'node_modules/c/c.ts': FLOATING,
      '.hidden/c.ts': FLOATING,
      'dist/d.ts': FLOATING,
      'e.d.ts': 'declare const e: Promise<void>;\n',
    });

  test('looks at all that is written by hand: by its tsconfig, in none, and JavaScript', async () => {
    const project = root();
    symlinkSync('.', join(project, 'self'));
    symlinkSync('nowhere', join(project, '.#a.ts'));
    symlinkSync('nowhere', join(project, 'gone.ts'));
    expect(await foundIn(project)).toEqual([
      'kept.gen.ts:2',
      'packages/composite/lib/d.ts:2',
      'packages/one/c.ts:2',
      'scripts/old.cjs:3',
      'scripts/orphan.ts:2',
      'scripts/plain.js:2',
      'src/a.ts:2',
      'src/größe ♥/[id]{a,b}(c).ts:2',
    ]);
  });

  test('takes folders, files and links, and shows paths from where it runs', async () => {
    const project = root();
    symlinkSync('packages/one', join(project, 'link'));
    const paths = ['link', 'scripts/plain.js', join(project, 'src/größe ♥/[id]{a,b}(c).ts')];
    expect(await foundIn(project, ...paths)).toEqual([
      'packages/one/c.ts:2',
      'scripts/plain.js:2',
      'src/größe ♥/[id]{a,b}(c).ts:2',
    ]);
    expect(await foundIn('/', project)).toHaveLength(8);
    expect(await foundIn(join(project, 'scripts'), '../packages')).toEqual([
      'composite/lib/d.ts:2',
      'one/c.ts:2',
    ]);
  });

  test('climbs the steps with --preset', async () => {
    const project = temporaryProject({
      'tsconfig.json': TSCONFIG,
      'a.ts': `
        declare function save(): Promise<void>;
        export function later(): void {
          void save().catch(() => {});
        }
        export async function each(signal: AbortSignal): Promise<void> {
          signal.throwIfAborted();
          await fetch('/a');
        }
      `,
    });
    expect(await foundIn(project)).toEqual([]);
    expect(await foundIn(project, '--preset', 'structured')).toEqual(['a.ts:3']);
    await expectRefusal(project, ['--preset', 'all'], /'all' is invalid\. Allowed choices are rec/);
  });

  test('works without a tsconfig, with a byte order mark, and with the line ends of Windows', async () => {
    const project = temporaryProject({ 'package.json': '{ "type": "commonjs" }' });
    writeFileSync(join(project, 'a.ts'), `\uFEFF${FLOATING.replaceAll('\n', '\r\n')}`);
    expect(await foundIn(project)).toEqual(['a.ts:2']);
  });

  test('names a file that does not parse, looks at the others, and is not clean', async () => {
    const project = temporaryProject({ 'a.ts': FLOATING, 'broken.ts': 'export const = 1;\n' });
    const { stdout } = await check(project);
    expect(stdout).toMatch(/^not parsed: broken\.ts:1:\d+ \S/m);
    expect(stdout).toContain(RULE);
    const { code, stdout: said } = await check(project, '--max', '5');
    expect(said).toMatch(/^2 files, 1 finding, 1 file not parsed$/m);
    expect(code).toBe(1);
  });

  test('keeps the names of files in no project apart', async () => {
    const main = (kind: string): string => `${kind} main() {}\nmain();\n`;
    const project = temporaryProject({ 'a.js': main('function'), 'b.js': main('async function') });
    expect(await foundIn(project, '--preset', 'structured')).toEqual(['b.js:2']);
  });

  test('gives files in no project what the config above them says of modules', async () => {
    const project = temporaryProject({
      'tsconfig.json':
        '{ "compilerOptions": { "paths": { "#lib/*": ["./lib/*"] } }, "include": ["lib"] }',
      'lib/save.ts': 'export declare function save(): Promise<void>;\n',
      'tests/a.ts': "import { save } from '#lib/save'; export async function run() {\nsave();\n}\n",
    });
    expect(await foundIn(project)).toEqual(['tests/a.ts:2']);
  });

  test('asks TypeScript 6 for a project that TypeScript 7 refuses', async () => {
    const project = temporaryProject({
      'tsconfig.json': JSON.stringify({
        compilerOptions: { module: 'commonjs', moduleResolution: 'node', baseUrl: '.' },
        include: ['lib', 'src'],
      }),
      'lib/save.ts': 'export declare function save(): Promise<void>;\n',
      'src/a.ts': "import { save } from 'lib/save'; export async function run() {\nsave();\n}\n",
      'tests/b.ts': "import { save } from 'lib/save'; export async function run() {\nsave();\n}\n",
      'new/tsconfig.json': TSCONFIG,
      'new/c.ts': FLOATING,
    });
    const { stdout } = await check(project);
    expect(stdout.match(/^\w+.[abc]\.ts$/gm)).toEqual(['new/c.ts', 'src/a.ts', 'tests/b.ts']);
    expect(stdout).toMatch(/tsconfig\.json: .*has been removed.* TypeScript 6 was asked/);
  });

  test('says which packages are not installed, for less is found then', async () => {
    const project = temporaryProject({
      'package.json': JSON.stringify({
        dependencies: { here: '1.0.0', 'not-here': '1.0.0' },
        devDependencies: { '@types/not-here': '1.0.0' },
      }),
      'tsconfig.json': JSON.stringify({ extends: '@tsconfig/node20/tsconfig.json' }),
      'src/a.ts': "import { save } from 'not-here';\nsave();\n",
      'node_modules/here/package.json': '{}',
      'one/package.json': JSON.stringify({ dependencies: { here: '1.0.0' } }),
      'one/a.ts': CLEAN,
    });
    const { code, stdout } = await check(project);
    expect(stdout).toMatch(/^Not installed: @types\/not-here and 1 other package, whose types /m);
    expect(code).toBe(0);
    expect((await check(project, 'one')).stdout).not.toContain('Not installed');
  });
});

describe('what is not looked at whole is said', () => {
  test('a package whose tsconfig is broken, beside others', async () => {
    const project = temporaryProject({
      'one/tsconfig.json': '{ "extends": "./.generated/tsconfig.json" }',
      'one/a.ts': FLOATING,
      'two/tsconfig.json': TSCONFIG,
      'two/b.ts': FLOATING,
    });
    const { code, stdout } = await check(project);
    expect(stdout).toMatch(
      /^one.tsconfig\.json is broken, and the types of its files may be wrong/m,
    );
    expect(stdout).toMatch(/^two.b\.ts$/m);
    expect(code).toBe(1);
  });

  test('components', async () => {
    const project = temporaryProject({ 'a.ts': CLEAN, 'b.vue': '', 'deep/c.svelte': '' });
    const { code, stdout } = await check(project);
    expect(stdout).toMatch(/^Not looked at: 2 components \(\.vue, \.svelte\); /m);
    expect(code).toBe(0);
    await expectRefusal(
      project,
      ['b.vue'],
      /in .*b\.vue; .*\. Not looked at: 1 component \(\.vue\)/,
    );
  });
});

describe('the ESLint config of the project', () => {
  const files = {
    'tsconfig.json': TSCONFIG,
    'eslint.config.mjs': `
      export default [
        { ignores: ['left-out/'] },
        {
          files: ['**/*.ts'],
          plugins: { mooring: { rules: { 'no-floating-promises': { create: () => ({}) } } } },
          settings: { mooring: { safeCalls: ['warm'] } },
          rules: { 'no-var': 'error' },
        },
        { files: ['tests/**'], rules: { 'mooring/no-floating-promises': 'off' } },
      ];
    `,
    'a.ts': `declare function warm(): Promise<void>; export async function start() {\nwarm();\n}\nvar one;\n${FLOATING}`,
    'left-out/b.ts': FLOATING,
    'tests/c.ts': FLOATING,
  };

  test('says what is left out, what is off, and the settings; its other rules are not run', async () => {
    const project = temporaryProject(files);
    expect(await foundIn(project)).toEqual(['a.ts:6']);
    expect(await foundIn(project, '--preset', 'structured')).toEqual(['a.ts:6']);
  });

  test('has no say with --no-config', async () => {
    const project = temporaryProject(files);
    const places = ['a.ts:2', 'a.ts:6', 'left-out/b.ts:2', 'tests/c.ts:2'];
    expect(await foundIn(project, '--no-config')).toEqual(places);
  });

  test('decides which of our rules run, where it has turned some on', async () => {
    const rules = "{ 'mooring/require-join': 'error' }";
    const project = temporaryProject({
      'eslint.config.mjs': `
        const plugin = { rules: { 'require-join': { create: () => ({}) } } };
        export default [{ files: ['**/*.ts'], plugins: { mooring: plugin }, rules: ${rules} }];
      `,
      'a.ts': FLOATING,
    });
    expect(await foundIn(project)).toEqual([]);
    expect(await foundIn(project, '--preset', 'recommended')).toEqual(['a.ts:2']);
  });

  test('that cannot be loaded is said, and the project is checked all the same', async () => {
    const project = temporaryProject({
      'eslint.config.js': 'throw new Error("no plugin here");\n',
      'a.ts': FLOATING,
    });
    const { code, stdout } = await check(project);
    expect(stdout).toContain('eslint.config.js cannot be loaded, and has no say: no plugin here.');
    expect(stdout).toContain(RULE);
    expect(code).toBe(1);
  });

  test('that speaks of other files, or of none, leaves nothing out', async () => {
    const project = temporaryProject({
      'eslint.config.mjs': "export default [{ files: ['**/*.js'] }, { ignores: ['gone/'] }];\n",
      'a.ts': FLOATING,
      'gone/a.ts': FLOATING,
      'empty/eslint.config.mjs': 'export default [];\n',
      'empty/a.ts': FLOATING,
    });
    expect(await foundIn(project)).toEqual(['a.ts:2', 'empty/a.ts:2']);
  });

  test('of one package is not asked about the others, and a broken one has no say alone', async () => {
    const project = temporaryProject({
      'a/a.ts': FLOATING,
      'b/eslint.config.mjs': "export default [{ ignores: ['b.ts'] }];\n",
      'b/b.ts': FLOATING,
      'c/eslint.config.mjs': "import 'not-installed';\n",
      'c/c.ts': FLOATING,
      'd/eslint.config.ts': "const ignores: string[] = ['d.ts'];\nexport default [{ ignores }];\n",
      'd/d.ts': FLOATING,
    });
    const { stdout } = await check(project);
    expect(stdout.match(/^\w.[abcd]\.ts$/gm)).toEqual(['a/a.ts', 'c/c.ts']);
    expect(stdout.match(/^.* cannot be loaded, and has no say: /gm)).toEqual([
      'c/eslint.config.mjs cannot be loaded, and has no say: ',
    ]);
  });

  test('of ESLint 8 has a list of what is left out beside it', async () => {
    const project = temporaryProject({
      '.eslintignore': 'generated\n',
      'generated/a.ts': FLOATING,
      'b.ts': FLOATING,
    });
    expect(await foundIn(project)).toEqual(['b.ts:2']);
  });

  test('prints nothing into the report, and ESLint does not either', () => {
    const project = temporaryProject({
      '.eslintignore': '',
      'package.json': '{}',
      'eslint.config.js': "console.log('injected 3 variables');\nexport default [];\n",
      'a.ts': FLOATING,
    });
    const args = [main, 'check', '--format', 'json'];
    const { stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: project,
      encoding: 'utf8',
    });
    expect((JSON.parse(stdout) as { findings: object[] }).findings).toHaveLength(1);
    expect(stderr).toBe('injected 3 variables\n');
  });

  test('and a reader that goes ends it without a word', () => {
    const project = temporaryProject({
      'a.ts': FLOATING.repeat(1000).replaceAll(/run/g, (_, at) => `run${at}`),
    });
    const command = `"${process.execPath}" "${main}" check --format json | head -c 1`;
    const { stdout, stderr } = spawnSync(command, { cwd: project, encoding: 'utf8', shell: true });
    expect({ stdout, stderr }).toEqual({ stdout: '{', stderr: '' });
  });

  // Other systems have no such file.
  test.runIf(process.platform === 'linux')('and a full disk is said in a sentence', () => {
    const project = temporaryProject({ 'a.ts': FLOATING });
    const command = `"${process.execPath}" "${main}" check > /dev/full`;
    const { status, stderr } = spawnSync(command, { cwd: project, encoding: 'utf8', shell: true });
    expect(stderr).toBe('The report cannot be written: no space left on device.\n');
    expect(status).toBe(2);
  });

  test('and its comments are heeded, those for our rules', async () => {
    const project = temporaryProject({
      'a.ts': `
        /* eslint other/rule: 2, no-var: 2 */
        declare function save(): Promise<void>; export async function run() {
        // eslint-disable-next-line mooring/no-floating-promises -- saved on the way, whatever comes
        save();
        // eslint-disable-next-line other/rule -- not ours
        save();
        var one; }
      `,
    });
    expect(await foundIn(project)).toEqual(['a.ts:6']);
  });
});

test.skipIf(process.getuid?.() === 0)(
  'a closed folder in a project is named, and the rest is looked at',
  async () => {
    const project = temporaryProject({ 'a.ts': FLOATING, 'data/b.ts': FLOATING });
    close(join(project, 'data'));
    expect(await foundIn(project)).toEqual(['a.ts:2']);
    const { stdout } = await check(project);
    expect(stdout).toMatch(/^Not looked at: .*data cannot be read: permission denied$/m);
  },
);

describe('what cannot be checked exits with 2 and says why in a sentence', () => {
  test('a path', async () => {
    const project = temporaryProject({ 'a.ts': CLEAN });
    symlinkSync('itself', join(project, 'itself'));
    await expectRefusal(project, ['nowhere'], /nowhere cannot be read: there is nothing at that /);
    await expectRefusal(project, ['itself'], /itself cannot be read: too many symbolic links/);
    await expectRefusal(project, ['a.ts/below'], /below cannot be read: not a directory\.$/m);
    await expectRefusal(
      project,
      ['src/**/*.ts'],
      /path; it takes folders and files, and no patterns\.$/m,
    );
    await expectRefusal(project, [''], /^A path is empty\.$/m);
  });

  // Nothing is closed to the superuser.
  test.skipIf(process.getuid?.() === 0)('a closed folder', async () => {
    const project = temporaryProject({ 'data/a.ts': FLOATING });
    close(join(project, 'data'));
    await expectRefusal(project, ['data'], /data cannot be read: permission denied\.$/m);
    await expectRefusal(project, [], /Not looked at: .*data cannot be read: permission denied\.$/m);
  });

  test.skipIf(process.getuid?.() === 0)('a closed tsconfig', async () => {
    const project = temporaryProject({ 'tsconfig.json': '{}', 'src/a.ts': CLEAN });
    chmodSync(join(project, 'tsconfig.json'), 0o000);
    await expectRefusal(project, [], /tsconfig\.json cannot be read: permission denied\.$/m);
  });

  test('a .gitignore that is a folder', async () => {
    const project = temporaryProject({ 'a.ts': FLOATING, '.gitignore/a': '' });
    await expectRefusal(project, [], /\.gitignore cannot be read: /);
  });

  test('nothing to look at', async () => {
    const project = temporaryProject({ 'README.md': '# a\n', 'a.d.ts': 'declare const a: 1;\n' });
    await expectRefusal(project, [], /^There is no source file to check in /m);
    await expectRefusal(project, ['a.d.ts'], /^There is no source file to check in .*a\.d\.ts; /);
    await expectRefusal(
      project,
      ['README.md'],
      /^There is no source file to check in .*README\.md/,
    );
  });

  test('a project of which no file can be parsed', async () => {
    const project = temporaryProject({ 'tsconfig.json': TSCONFIG, 'a.ts': 'const = 1;\n' });
    await expectRefusal(project, [], /No file of .* can be parsed; the first: a\.ts:1:\d+ /);
  });

  test.each([
    ['that is no JSON', '{ "compilerOptions": {', /'}' expected\.$/m],
    [
      'with a value that does not exist',
      '{ "compilerOptions": { "target": "es1" } }',
      /'--target'/,
    ],
    [
      'with an option that does not exist',
      '{ "compilerOptions": { "strickt": true } }',
      /'strickt'/,
    ],
    ['with a base that does not exist', '{ "extends": "./base.json" }', /base\.json'/],
    ['that extends itself', '{ "extends": "./tsconfig.json" }', /extends itself/],
  ])('a tsconfig %s', async (_, text, says) => {
    const project = temporaryProject({ 'tsconfig.json': text, 'src/a.ts': CLEAN });
    await expectRefusal(project, [], says);
  });
});
