/**
 * Runs the suite of `mooring` on other platforms than the one at hand.
 *
 *     npm run test:runtimes                    all of them
 *     npm run test:runtimes -- node-20 bun     these
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { isInstalled, type Platform, platforms } from './platforms.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

const names = process.argv.slice(2);
const unknown = names.filter((name) => !platforms.some((platform) => platform.name === name));
if (unknown.length > 0) {
  console.error(`No platform is called ${unknown.join(' or ')}; there are:`);
  for (const { name } of platforms) console.error(`  ${name}`);
  process.exit(2);
}

const chosen = platforms.filter(({ name }) => names.length === 0 || names.includes(name));
if (!chosen.every(isInstalled)) run('npm', ['ci', '--prefix', 'runtimes'], {});

const failed: string[] = [];
let passed = 0;
for (const platform of chosen) {
  test(platform, 'lowered');
  if (platform.hasAwaitUsing) test(platform, 'native');
}
for (const name of failed) console.error(`failed: ${name}`);
console.log(`\n${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;

function test({ name, command, config }: Platform, awaitUsing: 'lowered' | 'native'): void {
  const title = `${name}, await using ${awaitUsing}`;
  console.log(`\n── ${title}`);
  const [program, ...args] = command;
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', config];
  if (run(program!, [...args, ...vitest], { AWAIT_USING: awaitUsing })) passed++;
  else failed.push(title);
}

function run(program: string, args: readonly string[], env: Record<string, string>): boolean {
  const { status } = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return status === 0;
}
