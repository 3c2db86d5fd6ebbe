/**
 * Runs the suite of the rules with types from each provider, and each of its programs in oxlint.
 *
 *     npm run test:providers                    all of them
 *     npm run test:providers -- native oxlint   these
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { root } from './root.js';

const tsgo = join(root, 'rules-tests/tsgo');
const SUITE = ['rules-tests/rules', 'rules-tests/types', 'rules-tests/docs.test.ts'];

const runs: Readonly<Record<string, () => boolean>> = {
  'parser-services': () => vitest(SUITE, { MOORING_TYPES: 'parser-services' }),
  tsgo: () => installTsgo() && vitest(SUITE, { MOORING_TYPES: 'tsgo' }),
  native: () => vitest(SUITE, { MOORING_TYPES: 'native' }),
  'native-7.1': () =>
    installTsgo() &&
    vitest(SUITE, {
      MOORING_TYPES: 'native',
      MOORING_TYPESCRIPT: join(tsgo, 'node_modules/@typescript/native'),
    }),
  oxlint,
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in runs));
if (unknown.length > 0) {
  console.error(`No provider is called ${unknown.join(' or ')}; there are:`);
  for (const name of Object.keys(runs)) console.error(`  ${name}`);
  process.exit(2);
}
const failed: string[] = [];
const names = Object.keys(runs).filter((name) => chosen.length === 0 || chosen.includes(name));
for (const name of names) {
  console.log(`\n── ${name}`);
  if (!runs[name]!()) failed.push(name);
}
for (const name of failed) console.error(`failed: ${name}`);
console.log(`\n${names.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;

/** oxlint is started once for all programs: the suite writes them down, with what ESLint says. */
function oxlint(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'providers-'));
  try {
    const env = { MOORING_RECORD: join(folder, 'programs.jsonl') };
    return vitest(['rules-tests/rules'], env) && vitest(['rules-tests/oxlint.test.ts'], env);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function installTsgo(): boolean {
  if (existsSync(join(tsgo, 'node_modules'))) return true;
  return run('npm', ['ci', '--prefix', 'rules-tests/tsgo', '--workspaces=false'], {});
}

function vitest(files: readonly string[], env: Readonly<Record<string, string>>): boolean {
  const vitestArgs = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'rules', ...files];
  return run(process.execPath, vitestArgs, env);
}

function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): boolean {
  const { status } = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return status === 0;
}
