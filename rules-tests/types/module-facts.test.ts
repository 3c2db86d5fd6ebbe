import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { moduleFacts, type ModuleSyntax } from '../../eslint-plugin/src/types/module-facts.js';
import { writeInto } from '../support/temporary-project.js';

const root = mkdtempSync(join(tmpdir(), 'module-facts-'));
afterAll(() => rmSync(root, { recursive: true }));
for (const type of ['commonjs', 'module', undefined]) {
  writeInto(root, `${type}/package.json`, JSON.stringify({ type }));
}

/** A file that imports nothing, exports nothing and requires nothing, as ESLint reads it. */
const plain: ModuleSyntax = {
  isModule: false,
  isScript: false,
  isReadAsModule: true,
  isCommonJs: false,
};
/** The same as oxlint reads it. */
const inOxlint: ModuleSyntax = { ...plain, isReadAsModule: false };

test.each<[given: string, file: string, syntax: ModuleSyntax, requires: boolean]>([
  ['of a package of modules', 'module/a.js', plain, false],
  ['of a package of modules, in oxlint', 'module/a.js', inOxlint, false],
  ['of a package of CommonJS', 'commonjs/a.js', plain, true],
  ['that imports, before a bundler', 'commonjs/a.js', { ...plain, isModule: true }, false],
  ['of a package that says nothing', 'undefined/a.js', plain, false],
  ['of a package that says nothing, in oxlint', 'undefined/a.js', inOxlint, true],
  ['that requires', 'undefined/a.js', { ...plain, isCommonJs: true }, true],
  ['that the config calls a script', 'undefined/a.js', { ...plain, isScript: true }, true],
  ['of the ending cjs', 'module/a.cjs', plain, true],
  ['of the ending mjs, in oxlint', 'commonjs/a.mjs', inOxlint, false],
  ['of TypeScript, whatever comes out of it', 'commonjs/a.ts', inOxlint, false],
  ['of TypeScript that comes out as CommonJS', 'module/a.cts', inOxlint, false],
  ['that is a component', 'commonjs/a.vue', inOxlint, false],
])('a file %s: %s', (_, file, syntax, requires) => {
  const facts = moduleFacts(join(root, file), syntax, () => undefined);
  expect(facts.requires).toBe(requires);
});
