import { afterAll, expect, test } from 'vitest';

import { closeNativeSessions } from '../../eslint-plugin/src/types/native/types.js';
import { Folder } from './folder.js';

afterAll(closeNativeSessions);

const project = { 'tsconfig.json': '{}' };
const importing = "import { a } from './a.js'; a;";

test('an imported file that changes between two runs is read again', () => {
  using folder = new Folder({ ...project, 'a.ts': 'export const a = 1;', 'b.ts': importing });
  expect(folder.last('b.ts', importing).promise).toBe('no');
  folder.write('a.ts', 'export const a = Promise.resolve(1);');
  expect(folder.last('b.ts', importing).promise).toBe('yes');
});

test('an imported file that is deleted is gone', () => {
  using folder = new Folder({
    ...project,
    'a.ts': 'export const a = Promise.resolve(1);',
    'b.ts': importing,
  });
  expect(folder.last('b.ts', importing).promise).toBe('yes');
  folder.remove('a.ts');
  expect(folder.last('b.ts', importing).promise).toBe('unknown');
});

test('a new file can be imported', () => {
  using folder = new Folder({ ...project, 'b.ts': importing });
  expect(folder.last('b.ts', importing).promise).toBe('unknown');
  folder.write('a.ts', 'export const a = Promise.resolve(1);');
  expect(folder.last('b.ts', importing).promise).toBe('yes');
});

test('a new file in a new folder belongs to the project', () => {
  using folder = new Folder({ ...project, 'b.ts': 'known;' });
  expect(folder.last('b.ts', 'known;').promise).toBe('unknown');
  folder.write('deep/er/names.d.ts', 'declare const known: Promise<void>;');
  expect(folder.last('b.ts', 'known;').promise).toBe('yes');
  expect(folder.last('deep/er/names.d.ts', 'known;').promise).toBe('unknown');
});

test('the linted file is deleted, and comes again', () => {
  using folder = new Folder({ ...project, 'a.ts': 'Promise.resolve();' });
  expect(folder.last('a.ts', 'Promise.resolve();').promise).toBe('yes');
  folder.remove('a.ts');
  expect(folder.last('a.ts', '[Promise.resolve()];').promise).toBe('no');
  folder.write('a.ts', 'Promise.resolve();');
  expect(folder.last('a.ts', 'Promise.resolve();').promise).toBe('yes');
});

test('a tsconfig.json that changes, and one that it extends', () => {
  using folder = new Folder({
    'tsconfig.base.json': '{ "files": ["a.ts"] }',
    'tsconfig.json': '{ "extends": "./tsconfig.base.json" }',
    'a.ts': 'known;',
    'names.d.ts': 'declare const known: Promise<void>;',
  });
  expect(folder.last('a.ts', 'known;').promise).toBe('unknown');
  folder.write('tsconfig.base.json', '{ "files": ["a.ts", "names.d.ts"] }');
  expect(folder.last('a.ts', 'known;').promise).toBe('yes');
  folder.write('tsconfig.json', '{ "extends": "./tsconfig.base.json", "files": ["a.ts"] }');
  expect(folder.last('a.ts', 'known;').promise).toBe('unknown');
});

test('a tsconfig.json that comes, and goes', () => {
  using folder = new Folder({
    'src/a.ts': 'known;',
    'src/names.d.ts': 'declare const known: Promise<void>;',
  });
  expect(folder.last('src/a.ts', 'known;').promise).toBe('unknown');
  folder.write('tsconfig.json', '{}');
  expect(folder.last('src/a.ts', 'known;').promise).toBe('yes');
  folder.remove('tsconfig.json');
  expect(folder.last('src/a.ts', 'known;').promise).toBe('unknown');
});

test('a package that is installed', () => {
  const text = "import { a } from 'somewhere'; a();";
  using folder = new Folder({
    'tsconfig.json': '{ "compilerOptions": { "moduleResolution": "bundler", "module": "esnext" } }',
    'a.ts': text,
    'node_modules/.package-lock.json': '{}',
    'node_modules/other/package.json': '{ "types": "index.d.ts" }',
    'node_modules/other/index.d.ts': 'export {};',
    'b.ts': "import 'other';",
  });
  expect(folder.last('a.ts', text).promise).toBe('unknown');
  folder.write('node_modules/somewhere/package.json', '{ "types": "index.d.ts" }');
  folder.write('node_modules/somewhere/index.d.ts', 'export function a(): Promise<void>;');
  folder.write('node_modules/.package-lock.json', '{ "packages": {} }');
  expect(folder.last('a.ts', text).promise).toBe('yes');
});
