import { existsSync } from 'node:fs';

import { install } from './debian.js';
import * as jest from './jest.js';
import { node10 } from './node10.js';
import { folder, run } from './run.js';

/** What the programs are run in. */
export const environments: ReadonlyMap<string, () => boolean> = new Map([
  ...[3, 4].flatMap((version) =>
    ['jsdom', 'happy-dom'].map((dom): [string, () => boolean] => [
      `vitest-${version}-${dom}`,
      () => all(vitest(version, dom), vitest(version, dom, { INLINE: 'true' })),
    ]),
  ),
  ['node-test', () => suite('node-test.js')],
  ['commonjs', () => suite('commonjs.js')],
  ['jest-commonjs', () => all(jest.inCommonJs('node'), jest.inCommonJs('jsdom'))],
  ['ts-jest', () => jest.inCommonJs('node', 'ts-jest')],
  ['swc-jest', () => jest.inCommonJs('node', '@swc/jest')],
  ['jest-esm', () => all(jest.inModules('node'), jest.inModules('jsdom'))],
  ['node10', node10],
  ['workerd', () => suite('workerd.js')],
  ['page', () => suite('page.js', 'chromium')],
  ['clients', () => suite('clients.js', 'postgresql', 'redis-server')],
]);

/** Takes them when all have run: of two that fail both are seen. */
function all(...passed: readonly boolean[]): boolean {
  return passed.every(Boolean);
}

/** Once with the package loaded by Node, and once by vite, under the conditions of a browser. */
function vitest(version: number, dom: string, env: Record<string, string> = {}): boolean {
  const own = `vitest-${version}/node_modules/vitest/vitest.mjs`;
  const program = existsSync(folder + own) ? own : 'node_modules/vitest/vitest.mjs';
  const args = [`../${program}`, 'run', '--environment', dom];
  return run(`vitest-${version}`, process.execPath, args, env);
}

/** A file of tests for Node's own runner, in no process of its own: some errors cannot be sent. */
function suite(file: string, ...programs: readonly string[]): boolean {
  install(...programs);
  return run('dist/suites', process.execPath, ['--test-reporter=spec', file]);
}
