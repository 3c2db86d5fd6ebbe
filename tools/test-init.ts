/**
 * `npm run test:init`: sets projects of npm, pnpm and yarn up with `mooring init`, with all packages
 * really installed, ours from the tarballs that would be published. Then what it told to do is done, and
 * the step of CI that it wrote is run: each has to report the promise that nobody waits for, and nothing
 * once that is awaited. Takes minutes and a registry.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { Fixture } from './init/fixture.js';
import { FRAMEWORKS } from './init/frameworks.js';
import { LINTERS } from './init/linters.js';
import { root } from './root.js';

const WORKFLOW = '.github/workflows/ci.yml';
const managers = join(root, 'cli/tests/package-managers');
const env = {
  ...process.env,
  PATH: `${join(managers, 'node_modules/.bin')}:${process.env['PATH']}`,
  // Both tell their users to be careful in CI: a lock that is to change is an error there.
  CI: '',
  YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
  YARN_ENABLE_TELEMETRY: 'false',
};

const folder = mkdtempSync(join(tmpdir(), 'mooring-init-'));
let failures = 0;
try {
  run(root, 'npm', ['ci', '--prefix', managers, '--ignore-scripts', '--no-audit', '--no-fund']);
  const packages = ['./runtime', './eslint-plugin', './cli'];
  run(root, 'npm', ['pack', '--silent', '--pack-destination', folder, ...packages]);
  const wanted = process.argv.slice(2);
  for (const fixture of [...LINTERS, ...FRAMEWORKS]) {
    if (wanted.length > 0 && !wanted.includes(fixture.name)) continue;
    try {
      testFixture(fixture);
      console.log(`✔ ${fixture.name}`);
    } catch (error) {
      failures++;
      console.error(`✘ ${fixture.name}: ${(error as Error).message}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = failures > 0 ? 1 : 0;

function testFixture({ name, manager, files, lints, warns = '', ...fixture }: Fixture): void {
  const project = join(folder, name);
  for (const [file, text] of Object.entries(files)) write(project, file, text);
  const install = (): void => void run(project, manager, ['install']);
  install();
  if (warns !== '') expectWords(project, lints, 0, [warns]);
  const said = run(project, process.execPath, [join(root, 'cli/dist/main.js'), 'init', '--yes']);
  for (const told of [`${manager} install`, lints]) {
    if (!said.includes(`  ${told}\n`)) throw new Error(`it does not tell to run ${told}:\n${said}`);
  }
  takeTarballs(project);
  install();
  const step = /- run: (.*mooring.*|.*eslint.*|.*oxlint.*)/.exec(read(project, WORKFLOW))?.[1];
  const commands = [...new Set([lints, ...(step === undefined ? [] : [step])])];
  const check = `${process.execPath} ${join(root, 'cli/dist/main.js')} check --format stylish`;
  for (const command of commands) {
    expectWords(project, command, 1, ['mooring/no-floating-promises', warns]);
  }
  expectWords(project, check, 1, ['mooring/no-floating-promises']);
  const source = fixture.source ?? Object.keys(files).find((file) => file.startsWith('src/'))!;
  write(project, source, files[source]!.replace('  save(', '  await save('));
  for (const command of commands) expectWords(project, command, 0, [warns]);
  expectWords(project, check, 0, ['0 findings']);
}

/** What a command prints, however a linter writes the name of a rule. */
function expectWords(
  project: string,
  command: string,
  code: number,
  words: readonly string[],
): void {
  const said = shell(project, command, code);
  const missing = words.filter((word) => {
    const [, plugin, rule] = /^(mooring)\/(.*)$/.exec(word) ?? [];
    return !said.includes(word) && !said.includes(`${plugin}(${rule})`);
  });
  if (missing.length > 0) throw new Error(`${command} does not say ${missing.join()}:\n${said}`);
}

/** No registry has our packages yet, neither what the project asks for nor what one asks of another. */
function takeTarballs(project: string): void {
  const tarballs: Record<string, string> = {};
  for (const file of readdirSync(folder).filter((each) => each.endsWith('.tgz'))) {
    tarballs[file.replace(/-\d.*$/, '')] = `file:${join(folder, file)}`;
  }
  const manifest = JSON.parse(read(project, 'package.json')) as {
    devDependencies: Record<string, string>;
  };
  const asked = Object.keys(manifest.devDependencies).filter((name) => name in tarballs);
  if (asked.length === 0) throw new Error('init asks for no package of ours');
  for (const name of asked) manifest.devDependencies[name] = tarballs[name]!;
  const others = Object.fromEntries(
    Object.entries(tarballs).filter(([name]) => !asked.includes(name)),
  );
  const overrides = { overrides: others, resolutions: others, pnpm: { overrides: tarballs } };
  write(project, 'package.json', JSON.stringify({ ...manifest, ...overrides }, null, 2));
}

function write(project: string, file: string, text: string): void {
  const path = join(project, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function read(project: string, file: string): string {
  return readFileSync(join(project, file), 'utf8');
}

function shell(cwd: string, command: string, expected: number): string {
  return run(cwd, 'sh', ['-c', command], expected);
}

/** What it printed. @throws {Error} it ended with another code. */
function run(cwd: string, program: string, args: readonly string[], expected = 0): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  if (error !== undefined) throw error;
  if (status === expected) return stdout + stderr;
  throw new Error(`${[program, ...args].join(' ')} ended with ${status}:\n${stdout}${stderr}`);
}
