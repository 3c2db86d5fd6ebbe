import { afterAll, expect, test } from 'vitest';

import { closeNativeSessions } from '../../eslint-plugin/src/types/native/types.js';
import { Folder } from './folder.js';

afterAll(closeNativeSessions);

/** A project in which the name is a promise. Elsewhere nobody knows it, and it is `unknown`. */
const knows = (name: string): string => `declare const ${name}: Promise<void>;`;

test('a file belongs to the nearest tsconfig.json above it', () => {
  using folder = new Folder({
    'tsconfig.json': '{}',
    'a.ts': '',
    'outer.d.ts': knows('outer'),
    'inner/tsconfig.json': '{}',
    'inner/deep/b.ts': '',
    'inner/inner.d.ts': knows('inner'),
  });
  expect(folder.last('inner/deep/b.ts', 'inner;').promise).toBe('yes');
  expect(folder.last('inner/deep/b.ts', 'outer;').promise).toBe('unknown');
  expect(folder.last('a.ts', 'outer;').promise).toBe('yes');
});

test('a jsconfig.json is a project too', () => {
  using folder = new Folder({
    'jsconfig.json': '{}',
    'a.js': '',
    'names.d.ts': knows('known'),
  });
  expect(folder.last('a.js', 'known;').promise).toBe('yes');
});

test('of a tsconfig.json with nothing but references, a file belongs to what contains it', () => {
  using folder = new Folder({
    'tsconfig.json': `{
      "files": [],
      "references": [{ "path": "./tsconfig.app.json" }, { "path": "./tsconfig.tools.json" }]
    }`,
    'tsconfig.app.json': '{ "compilerOptions": { "composite": true }, "include": ["app"] }',
    'tsconfig.tools.json': '{ "compilerOptions": { "composite": true }, "include": ["tools"] }',
    'app/a.ts': '',
    'app/b.ts': '',
    'app/app.d.ts': knows('app'),
    'tools/a.ts': '',
    'tools/tools.d.ts': knows('tools'),
  });
  expect(folder.last('app/a.ts', 'app;').promise).toBe('yes');
  expect(folder.last('app/a.ts', 'tools;').promise).toBe('unknown');
  expect(folder.last('tools/a.ts', 'tools;').promise).toBe('yes');
  expect(folder.last('app/b.ts', 'app;').promise).toBe('yes');
});

test('a file that is only imported belongs to the project all the same', () => {
  using folder = new Folder({
    'tsconfig.json': '{ "files": ["a.ts", "names.d.ts"] }',
    'a.ts': "import './b.js';",
    'b.ts': 'export {};',
    'names.d.ts': knows('known'),
  });
  expect(folder.last('b.ts', 'export {}; known;').promise).toBe('yes');
});

test('a file in no project has types of its own, of the platform, and of what it imports', () => {
  using folder = new Folder({
    'tsconfig.json': '{ "include": ["src"] }',
    'src/names.d.ts': knows('known'),
    'scripts/a.ts': '',
    'scripts/b.ts': 'export const b = async () => {};',
  });
  expect(folder.last('scripts/a.ts', 'Promise.resolve(1);').promise).toBe('yes');
  expect(folder.last('scripts/a.ts', "import { b } from './b.js'; b();").promise).toBe('yes');
  expect(folder.last('scripts/a.ts', 'known;').promise).toBe('unknown');
  expect(folder.last('scripts/b.ts', 'Promise.resolve(1);').promise).toBe('yes');
  expect(folder.last('scripts/a.ts', 'Promise.reject(1);').promise).toBe('yes');
});

test('a folder without any config is no obstacle', () => {
  using folder = new Folder({ 'a.js': '' });
  expect(folder.last('a.js', '(async () => {})();').promise).toBe('yes');
});

test('a JavaScript file has types, in a project that allows it and in one that does not', () => {
  using folder = new Folder({
    'with/tsconfig.json': '{ "compilerOptions": { "allowJs": true } }',
    'with/a.js': '',
    'with/names.d.ts': knows('known'),
    'without/tsconfig.json': '{}',
    'without/a.js': '',
    'without/names.d.ts': knows('known'),
  });
  const text = '/** @returns {Promise<void>} */ const f = () => {}; f();';
  expect(folder.last('with/a.js', text).promise).toBe('yes');
  expect(folder.last('with/a.js', 'known;').promise).toBe('yes');
  expect(folder.last('without/a.js', text).promise).toBe('yes');
  expect(folder.last('without/a.js', 'known;').promise).toBe('unknown');
});

test('a file outside the working directory is found by its own path', () => {
  using inside = new Folder({ 'tsconfig.json': '{}', 'a.ts': '' });
  using outside = new Folder({
    'tsconfig.json': '{}',
    'b.ts': '',
    'names.d.ts': knows('known'),
  });
  expect(inside.last('a.ts', 'known;').promise).toBe('unknown');
  expect(outside.last('b.ts', 'known;').promise).toBe('yes');
});
