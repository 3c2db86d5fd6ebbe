/**
 * `npm run new-rule NAME`: writes the rule, its test and its page, and registers it.
 * Those three files are all that a rule touches; everything else is generated from them.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { root } from './root.js';
import { templates } from './templates.js';

const [name, ...rest] = process.argv.slice(2);
if (name === undefined || rest.length > 0 || !/^[a-z]+(-[a-z]+)*$/.test(name)) {
  fail(`new-rule takes one name in kebab-case, such as no-floating-promises; got ${show(name)}.`);
}
const files = Object.entries(templates).map(
  ([path, write]) => [join(root, path.replace('NAME', name)), write(name)] as const,
);
const taken = files.find(([path]) => existsSync(path));
if (taken !== undefined) fail(`${taken[0]} exists already; choose another name.`);
for (const [path, text] of files) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`wrote ${path.slice(root.length + 1)}`);
}
const run = (command: string, ...args: string[]): void => {
  execFileSync(command, args, { cwd: root, stdio: 'inherit' });
};
run('node', 'tools/dist/generate.js', '--index-only');
run('npx', 'tsc', '-b', 'eslint-plugin');
run('node', 'tools/dist/generate.js');

function show(value: string | undefined): string {
  return value === undefined ? 'none' : `'${value}'`;
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
