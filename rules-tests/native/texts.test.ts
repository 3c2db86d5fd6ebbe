import { afterAll, expect, test } from 'vitest';

import { closeNativeSessions } from '../../eslint-plugin/src/types/native/types.js';
import { Folder } from './folder.js';

afterAll(closeNativeSessions);

const project = { 'tsconfig.json': '{ "include": ["src"] }' };

test('a text is what is linted, whatever is on disk', () => {
  using folder = new Folder({ ...project, 'src/a.ts': 'const a = 1; a;' });
  expect(folder.last('src/a.ts', 'const a = 1; a;').promise).toBe('no');
  expect(folder.last('src/a.ts', 'const a = Promise.resolve(1); a;').promise).toBe('yes');
  expect(folder.last('src/a.ts', 'const a = [Promise.resolve(1)]; a;').promise).toBe('no');
  expect(folder.last('src/a.ts', 'const a = 1; a;').promise).toBe('no');
});

test('a text changes with each keystroke, also that of a file in no project', () => {
  using folder = new Folder({ ...project, 'a.ts': '' });
  for (const length of [1, 2, 3]) {
    const name = 'x'.repeat(length);
    expect(folder.last('a.ts', `const ${name} = Promise.resolve(); ${name};`).promise).toBe('yes');
    expect(folder.last('a.ts', `const ${name} = 1; ${name};`).promise).toBe('no');
  }
});

test('a file that is linted next sees what is on disk', () => {
  using folder = new Folder({
    ...project,
    'src/a.ts': 'export const a = 1;',
    'src/b.ts': '',
  });
  const importing = "import { a } from './a.js'; a;";
  expect(folder.last('src/b.ts', importing).promise).toBe('no');
  expect(folder.last('src/a.ts', 'export const a = Promise.resolve(1); a;').promise).toBe('yes');
  expect(folder.last('src/b.ts', importing).promise).toBe('no');
});

test('a file that was linted next to another keeps its own text', () => {
  using folder = new Folder({ 'a.ts': '', 'b.ts': '' });
  expect(folder.last('a.ts', 'const a = Promise.resolve(); a;').promise).toBe('yes');
  expect(folder.last('b.ts', 'const a = 1; a;').promise).toBe('no');
  expect(folder.last('a.ts', 'const a = Promise.resolve(); a;').promise).toBe('yes');
});

test('a file need not be on disk', () => {
  using folder = new Folder({ ...project, 'src/a.ts': 'export const a = async () => {};' });
  expect(folder.last('src/new.ts', "import { a } from './a.js'; a();").promise).toBe('yes');
  expect(folder.last('src/new.ts', "import { a } from './a.js'; a;").promise).toBe('no');
  expect(folder.last('nowhere/b.ts', 'Promise.resolve();').promise).toBe('yes');
});

test('nothing is known of a type that the checker fails on, and of others all', () => {
  using folder = new Folder({ ...project, 'src/a.ts': '', 'src/b.ts': '' });
  const failing = 'declare const text: string; (text.match(/x/g) || []);';
  expect(folder.last('src/a.ts', failing).promise).not.toBe('yes');
  expect(folder.last('src/b.ts', 'const b = Promise.resolve(1); b;').promise).toBe('yes');
  expect(folder.last('src/a.ts', failing).thenable).not.toBe('yes');
});

test('a piece of a file is a file of its own', () => {
  using folder = new Folder({ ...project, 'README.md': '# Read me' });
  expect(folder.last('README.md/0.ts', 'Promise.resolve();').promise).toBe('yes');
  expect(folder.last('README.md/1.ts', '1;').promise).toBe('no');
});

test.each([
  ['a mark for the byte order on disk', '\uFEFFconst a = "é"; Promise.resolve(a);', 1],
  ['lines that end in two characters', '/* 1 */\r\nconst a = "😀";\r\nPromise.resolve(a);\r\n', 0],
  ['half a character', 'const a = "\ud83d"; Promise.resolve(a);', 0],
  ['a first line for the shell', '#!/usr/bin/env node\nPromise.resolve(1);', 0],
  ['no text but the question', 'Promise.resolve(1)', 0],
])('%s', (_, text, skipped) => {
  using folder = new Folder({ ...project, 'src/a.ts': text });
  expect(folder.last('src/a.ts', text.slice(skipped)).promise).toBe('yes');
});
