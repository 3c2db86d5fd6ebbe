import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { TaskGroup } from 'mooring';
import { describe, expect, test, vi } from 'vitest';

import { type Outcome, run } from './support/run.js';
import { temporaryProject } from './support/temporary-project.js';

// Each start loads ESLint and TypeScript anew.
vi.setConfig({ testTimeout: 120_000 });

const workspace = fileURLToPath(new URL('..', import.meta.url));
const program = join(workspace, 'tools/dist/start.js');

const CLEAN = 'export const one = 1;\n';
/** Only types know that this floats. */
const FLOATING = 'declare function save(): Promise<void>;\nsave();\nexport {};\n';
const FLOATS = 'mooring/no-floating-promises';
const TSCONFIG = JSON.stringify({
  compilerOptions: { target: 'es2022', module: 'nodenext', strict: true, types: [] },
});

/** `npm start -- …`, called from a folder. */
const start = (args: readonly string[], from = workspace, env = {}): Promise<Outcome> =>
  run(process.execPath, [program, ...args], { cwd: workspace, env: { INIT_CWD: from, ...env } });

/** Nothing but one sentence on the standard error. */
async function expectRefusal(args: readonly string[], sentence: RegExp): Promise<void> {
  const { code, stdout, stderr } = await start(args);
  expect(stderr).toMatch(/^[^\n]+[.?]\n$/);
  expect(stderr).toMatch(sentence);
  expect(stdout).toBe('');
  expect(code).toBe(2);
}

async function expectReports(path: string, ...reports: readonly string[]): Promise<Outcome> {
  const outcome = await start([path]);
  expect(outcome.stderr).toBe('');
  const total = outcome.stdout.match(/^\d+ files?, (\d+) reports?$/m)?.[1];
  expect({ total, code: outcome.code }, outcome.stdout).toEqual({
    total: String(reports.length),
    code: reports.length === 0 ? 0 : 1,
  });
  for (const report of reports) expect(outcome.stdout).toContain(report);
  return outcome;
}

describe('npm start', () => {
  test('lints the unstructured example, then runs the structured one', async () => {
    const { code, stdout, stderr } = await start([]);
    expect(stderr).toBe('');
    const [linted, ran] = stdout.split('The structured crawler, run:');
    expect(linted).toMatch(/mooring\//);
    expect(ran).toMatch(/\S/);
    expect(code).toBe(0);
  });

  test('takes a relative path from where npm was called', async () => {
    const project = temporaryProject({ 'tsconfig.json': TSCONFIG, 'src/a.ts': FLOATING });
    const { code, stdout } = await start(['./src'], project);
    expect(stdout).toContain(FLOATS);
    expect(code).toBe(1);
  });

  test('and so does the script of the workspace', { timeout: 300_000 }, async () => {
    const project = temporaryProject({ 'tsconfig.json': TSCONFIG, 'src/a.ts': FLOATING });
    const { code, stdout } = await run(
      'npm',
      ['start', '--silent', '--prefix', workspace, '--', 'src'],
      { cwd: project, limit: 280_000 },
    );
    expect(stdout).toContain(FLOATS);
    expect(code).toBe(1);
  });

  test('takes a path with spaces, in any script, and with the signs of a glob', async () => {
    const project = temporaryProject({
      'two words/tsconfig.json': TSCONFIG,
      'two words/größe ♥/[id]{a,b}(c).ts': FLOATING,
    });
    await expectReports(join(project, 'two words'), FLOATS);
    await expectReports(join(project, 'two words/größe ♥/[id]{a,b}(c).ts'), FLOATS);
  });

  test('says how it is used', async () => {
    const { code, stdout } = await start(['--help']);
    expect(stdout).toContain('npm start -- PATH');
    expect(code).toBe(0);
  });
});

describe('a project', () => {
  test('that is clean exits with 0', async () => {
    const project = temporaryProject({ 'tsconfig.json': TSCONFIG, 'a.ts': CLEAN });
    await expectReports(project);
  });

  test('with reports exits with 1, and says where they are', async () => {
    const project = temporaryProject({ 'tsconfig.json': TSCONFIG, 'src/a.ts': FLOATING });
    const { stdout } = await expectReports(project, FLOATS);
    expect(stdout).toContain(join(project, 'src/a.ts'));
    expect(stdout).toMatch(/2:1\s+error/);
  });

  test('can be named by a file, which alone is linted', async () => {
    const project = temporaryProject({
      'tsconfig.json': TSCONFIG,
      'a.ts': FLOATING,
      'b.ts': FLOATING,
    });
    await expectReports(join(project, 'a.ts'), 'a.ts');
  });

  test('is linted once, wherever its links lead', async () => {
    const project = temporaryProject({ 'tsconfig.json': TSCONFIG, 'a.ts': FLOATING });
    symlinkSync('.', join(project, 'self'));
    symlinkSync(project, join(project, 'again'));
    await expectReports(project, FLOATS);
  });

  test('may be named by a link to it', async () => {
    const project = temporaryProject({
      'base.json': TSCONFIG,
      'packages/one/tsconfig.json': JSON.stringify({ extends: '../../base.json' }),
      'packages/one/a.ts': FLOATING,
    });
    symlinkSync('packages/one', join(project, 'link'));
    await expectReports(join(project, 'link'), FLOATS);
  });

  test('may be CommonJS, with a byte order mark and the line ends of Windows', async () => {
    const project = temporaryProject({
      'package.json': JSON.stringify({ type: 'commonjs' }),
      'tsconfig.json': '\uFEFF' + JSON.stringify({ compilerOptions: { module: 'commonjs' } }),
    });
    writeFileSync(
      join(project, 'a.ts'),
      '\uFEFFdeclare function save(): Promise<void>;\r\nsave();\r\nexport = save;\r\n',
    );
    const { stdout } = await expectReports(project, FLOATS);
    expect(stdout).toMatch(/2:1\s+error/);
  });

  test('without a tsconfig is linted with types all the same', async () => {
    await expectReports(temporaryProject({ 'a.ts': FLOATING, 'deep/b.tsx': CLEAN }), FLOATS);
  });

  test('with a tsconfig that includes some files is linted whole', async () => {
    const project = temporaryProject({
      'tsconfig.json': JSON.stringify({ include: ['src'] }),
      'src/a.ts': FLOATING,
      'scripts/b.ts': FLOATING,
    });
    await expectReports(project, 'src/a.ts', 'scripts/b.ts');
  });

  test('with references is linted by the projects that they name', async () => {
    const composite = JSON.stringify({ compilerOptions: { composite: true, strict: true } });
    const project = temporaryProject({
      'tsconfig.json': JSON.stringify({ files: [], references: [{ path: 'a' }, { path: 'b' }] }),
      'a/tsconfig.json': composite,
      'a/a.ts': FLOATING,
      'b/tsconfig.json': composite,
      'b/b.ts': FLOATING,
    });
    await expectReports(project, 'a/a.ts', 'b/b.ts');
  });

  test('with references that refer to each other is linted', async () => {
    const refersTo = (path: string): string =>
      JSON.stringify({ compilerOptions: { composite: true }, references: [{ path }] });
    const project = temporaryProject({
      'tsconfig.json': JSON.stringify({ files: [], references: [{ path: 'a' }, { path: 'b' }] }),
      'a/tsconfig.json': refersTo('../b'),
      'a/a.ts': FLOATING,
      'b/tsconfig.json': refersTo('../a'),
      'b/b.ts': FLOATING,
    });
    await expectReports(project, 'a/a.ts', 'b/b.ts');
  });

  test('of many packages is linted by the tsconfig of each', async () => {
    const project = temporaryProject({
      'package.json': JSON.stringify({ private: true, workspaces: ['packages/*'] }),
      'packages/strict/tsconfig.json': TSCONFIG,
      'packages/strict/a.ts': FLOATING,
      'packages/loose/tsconfig.json': JSON.stringify({ compilerOptions: { strict: false } }),
      'packages/loose/b.ts': FLOATING,
      'packages/bare/c.ts': FLOATING,
    });
    await expectReports(project, 'strict/a.ts', 'loose/b.ts', 'bare/c.ts');
  });

  test('is not linted where it is ignored, installed or built', async () => {
    const project = temporaryProject({
      '.gitignore': 'generated/\n',
      'tsconfig.json': TSCONFIG,
      'a.ts': CLEAN,
      'generated/b.ts': FLOATING,
      'node_modules/c/c.ts': FLOATING,
      'dist/d.ts': FLOATING,
      'e.d.ts': 'declare const e: Promise<void>;\n',
    });
    await expectReports(project);
  });

  test('may have a file that does not parse, which is named, and the others are linted', async () => {
    const project = temporaryProject({
      'tsconfig.json': TSCONFIG,
      'a.ts': FLOATING,
      'broken.ts': 'export const = 1;\n',
    });
    const { stdout } = await expectReports(project, FLOATS);
    expect(stdout).toMatch(/^not parsed: broken\.ts:1:\d+ \S/m);
  });

  test('may have an ESLint config of its own, which is not heeded', async () => {
    const project = temporaryProject({
      'tsconfig.json': TSCONFIG,
      'eslint.config.js': 'throw new Error("loaded");\n',
      '.eslintrc.json': '{ "root": true, "extends": ["nowhere"] }\n',
      'a.ts': `/* eslint other/rule: 2, no-var: 2 */\nvar one;\n${FLOATING}`,
    });
    await expectReports(project, FLOATS);
  });

  test('may disable a report where it stands, and say why', async () => {
    const project = temporaryProject({
      'tsconfig.json': TSCONFIG,
      'a.ts': `
        declare function save(): Promise<void>;
        // eslint-disable-next-line mooring/no-floating-promises -- saved on the way, whatever comes of it
        save();
        // eslint-disable-next-line other/rule -- not ours
        save();
        export {};
      `,
    });
    const { stdout } = await expectReports(project, FLOATS);
    expect(stdout).toMatch(/5:1\s+error/);
  });

  test('may wait for its packages to be installed', async () => {
    const project = temporaryProject({
      'tsconfig.json': JSON.stringify({ extends: '@tsconfig/node20/tsconfig.json' }),
      'a.ts': `import { other } from 'other';\nother();\n${FLOATING}`,
    });
    // Under CI the parser reads a tsconfig by itself, and is stricter.
    const [byHand, onCi] = await TaskGroup.map(['', 'true'], (CI) =>
      start([project], workspace, { CI }),
    );
    expect(byHand!.stdout).toContain(FLOATS);
    expect(onCi).toEqual(byHand);
  });
});

describe('a project whose packages are not installed', () => {
  const manifest = {
    dependencies: { here: '1.0.0', 'not-here': '1.0.0' },
    devDependencies: { '@types/not-here': '1.0.0' },
  };

  test('is not said to be clean without a word', async () => {
    const project = temporaryProject({
      'package.json': JSON.stringify(manifest),
      'tsconfig.json': TSCONFIG,
      'src/a.ts': "import { save } from 'not-here';\nsave();\n",
      'node_modules/here/package.json': '{}',
    });
    const { stdout } = await expectReports(project);
    expect(stdout).toMatch(/^not installed: @types\/not-here and 1 other package, whose types /m);
  });

  test('by the package.json that is nearest to each file', async () => {
    const project = temporaryProject({
      'package.json': JSON.stringify(manifest),
      'one/package.json': JSON.stringify({ dependencies: { here: '1.0.0' } }),
      'one/a.ts': CLEAN,
      'node_modules/here/package.json': '{}',
    });
    expect((await expectReports(project)).stdout).not.toContain('not installed');
    writeFileSync(join(project, 'b.ts'), CLEAN);
    expect((await expectReports(project)).stdout).toContain('not installed');
  });
});

describe('what cannot be linted exits with 2 and says why in a sentence', () => {
  test('a path that does not exist', async () => {
    const path = join(temporaryProject({}), 'nowhere');
    await expectRefusal([path], /nowhere cannot be read: there is nothing at that path\.$/m);
  });

  test('a path that cannot be read', async () => {
    const root = temporaryProject({});
    symlinkSync('itself', join(root, 'itself'));
    await expectRefusal([join(root, 'itself')], /itself cannot be read: too many symbolic links/);
  });

  test('a folder under a file', async () => {
    const file = join(temporaryProject({ 'a.ts': CLEAN }), 'a.ts', 'below');
    await expectRefusal([file], /below cannot be read: not a directory\.$/m);
  });

  test('more than one path', async () => {
    await expectRefusal(['a', 'b'], /^start takes one path; got 2\.$/m);
  });

  test('an option', async () => {
    await expectRefusal(['--fix'], /^start has no option '--fix'; it takes a path\.$/m);
    await expectRefusal(['a', '-x'], /'-x'/);
  });

  test('an empty path', async () => {
    await expectRefusal([''], /^start takes a path; got an empty one\.$/m);
  });

  test('a link to nowhere that is called TypeScript', async () => {
    const project = temporaryProject({ 'tsconfig.json': TSCONFIG, 'a.ts': FLOATING });
    symlinkSync('nowhere', join(project, 'b.ts'));
    await expectRefusal([project], /b\.ts cannot be read: there is nothing at that path\.$/m);
  });

  // Nothing is closed to the superuser.
  test.skipIf(process.getuid?.() === 0)('a closed folder in the project', async () => {
    const project = temporaryProject({ 'tsconfig.json': TSCONFIG, 'a.ts': FLOATING });
    mkdirSync(join(project, 'closed'));
    chmodSync(join(project, 'closed'), 0o000);
    await expectRefusal([project], /closed cannot be read: permission denied\.$/m);
  });

  test('a .gitignore that is a folder', async () => {
    const project = temporaryProject({ 'a.ts': FLOATING, '.gitignore/a': '' });
    await expectRefusal([project], /\.gitignore cannot be read: /);
  });

  test('a folder without TypeScript', async () => {
    const project = temporaryProject({ 'a.js': 'save();\n', 'README.md': '# a\n' });
    await expectRefusal([project], /^There is no TypeScript file to lint in .*\.$/m);
    await expectRefusal([temporaryProject({})], /^There is no TypeScript file to lint in /);
  });

  test('a file of declarations', async () => {
    const file = join(temporaryProject({ 'a.d.ts': 'declare const a: 1;\n' }), 'a.d.ts');
    await expectRefusal([file], /^There is no TypeScript file to lint in .*a\.d\.ts; /);
  });

  test('a file that is no TypeScript', async () => {
    const project = temporaryProject({ 'a.js': 'save();\n' });
    await expectRefusal([join(project, 'a.js')], /a\.js is no TypeScript file\.$/m);
  });

  test('a project of which no file can be parsed', async () => {
    const project = temporaryProject({ 'tsconfig.json': TSCONFIG, 'a.ts': 'const = 1;\n' });
    await expectRefusal([project], /No file of .* can be parsed; the first: a\.ts:1:\d+ /);
  });

  test.each([
    { how: 'no JSON', text: '{ "compilerOptions": {', says: /'}' expected\.$/m },
    {
      how: 'a value that does not exist',
      text: '{ "compilerOptions": { "target": "es1" } }',
      says: /'--target'/,
    },
    {
      how: 'an option that does not exist',
      text: '{ "compilerOptions": { "strickt": true } }',
      says: /'strickt'/,
    },
    {
      how: 'a base that does not exist',
      text: '{ "extends": "./base.json" }',
      says: /base\.json'\.$/m,
    },
  ])('a tsconfig with $how', async ({ text, says }) => {
    const project = temporaryProject({ 'tsconfig.json': text, 'src/a.ts': CLEAN });
    await expectRefusal([project], says);
    // Also where the tsconfig stands above what is linted.
    const below = join(project, 'src');
    await expectRefusal([below], new RegExp(`^${join(project, 'tsconfig.json')} is broken: `));
  });

  test.each([
    {
      how: 'extends itself',
      files: { 'base.json': '{ "extends": "./tsconfig.json" }' },
      says: /tsconfig\.json is broken: Circularity /,
    },
    {
      how: 'extends a broken one',
      files: { 'base.json': '{ "compilerOptions": {' },
      says: /base\.json is broken: '}' expected\.$/m,
    },
    {
      how: 'refers to a broken one',
      files: {
        'tsconfig.json': '{ "files": [], "references": [{ "path": "./app.json" }] }',
        'app.json': '{ "compilerOptions": { "composite": true, "strickt": true } }',
      },
      says: /app\.json is broken: .*'strickt'/,
    },
  ])('a tsconfig that $how', async ({ files, says }) => {
    const project = temporaryProject({
      'tsconfig.json': '{ "extends": "./base.json" }',
      'a.ts': CLEAN,
      ...files,
    });
    await expectRefusal([project], says);
  });

  test('a broken tsconfig of one package of many', async () => {
    const project = temporaryProject({
      'good/tsconfig.json': TSCONFIG,
      'good/a.ts': FLOATING,
      'bad/tsconfig.json': '{ "compilerOptions": { "module": "esm" } }',
      'bad/b.ts': CLEAN,
    });
    await expectRefusal([project], /bad\/tsconfig\.json is broken: .*'--module'/);
  });
});
