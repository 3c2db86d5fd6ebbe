import { readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { expect, test } from 'vitest';

import { run } from '../support/run.js';
import { Folder, root } from './folder.js';

/** The configs that a page shows, in a project with the packages that the page has installed. */
function projectOf(
  page: string,
  config: number,
  packages: Readonly<Record<string, string>>,
): Folder {
  const text = readFileSync(join(root, 'docs', page), 'utf8');
  const blocks = [...text.matchAll(/```js\n\/\/ ([\w.]+)\n([\s\S]*?)```/g)];
  const [, name, code] = blocks[config]!;
  const folder = new Folder({
    'package.json': '{ "type": "module" }',
    'tsconfig.json': '{ "compilerOptions": { "strict": true }, "include": ["src"] }',
    'src/load.ts': 'export async function load(name: string): Promise<string> { return name; }',
    'dist/load.d.ts': 'export declare function load(name: string): Promise<string>;',
    'vitest.config.ts': 'export default {};',
    'src/tests.ts': "import { load } from './load.js';\n\nif (load('one')) console.log('one');\n",
    [name!]: code!,
    'node_modules/marker': '',
  });
  for (const [alias, installed] of Object.entries(packages)) {
    symlinkSync(folderOf(installed), join(folder.path, 'node_modules', alias));
  }
  return folder;
}

const require = createRequire(import.meta.url);
const folderOf = (name: string): string => dirname(require.resolve(`${name}/package.json`));
const same = (...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, name]));

const linters = {
  eslint: ['eslint/bin/eslint.js', '--format', 'json', 'src'],
  oxlint: ['oxlint/bin/oxlint', '-c', 'oxlint.config.js', '--format', 'json', 'src'],
};

const throughTypescriptEslint = same(
  'eslint',
  'eslint-plugin-mooring',
  'typescript',
  'typescript-eslint',
);

test.each([
  ['../README.md', 'the README', 0, 'eslint', throughTypescriptEslint],
  ['eslint.md', 'TypeScript and JavaScript', 0, 'eslint', throughTypescriptEslint],
  ['eslint.md', 'CommonJS', 1, 'eslint', throughTypescriptEslint],
  ['eslint.md', 'settings', 2, 'eslint', throughTypescriptEslint],
  [
    'typescript-7.md',
    'TypeScript 7 alone',
    0,
    'eslint',
    { ...same('eslint', 'eslint-plugin-mooring'), typescript: 'typescript-7' },
  ],
  [
    'typescript-7.md',
    'TypeScript 6 and 7',
    1,
    'eslint',
    same('eslint', 'eslint-plugin-mooring', 'typescript', 'typescript-7', 'typescript-eslint'),
  ],
  [
    'oxlint.md',
    'oxlint',
    0,
    'oxlint',
    { ...same('oxlint', 'eslint-plugin-mooring'), typescript: 'typescript-7' },
  ],
] as const)('docs/%s, %s', async (page, _, config, linter, packages) => {
  using folder = projectOf(page, config, packages);
  const [program, ...args] = linters[linter];
  const command = join(folder.path, 'node_modules', program!);
  const { stdout, stderr } = await run(process.execPath, [command, ...args], { cwd: folder.path });
  expect(stderr).toBe('');
  expect(stdout).toContain('no-floating-promises');
  expect(stdout.match(/This tests the promise/g)).toHaveLength(1);
});

test.each([
  ['../README.md', 0],
  ['eslint.md', 0],
])('docs/%s: what is built, and a config at the root, are no error (P10)', async (page, config) => {
  using folder = projectOf(page, config, throughTypescriptEslint);
  const command = join(folder.path, 'node_modules/eslint/bin/eslint.js');
  const { stdout } = await run(process.execPath, [command, '.'], { cwd: folder.path });
  expect(stdout).toContain('src/tests.ts');
  expect(stdout).not.toMatch(/Parsing error|vitest\.config|load\.d\.ts/);
});
