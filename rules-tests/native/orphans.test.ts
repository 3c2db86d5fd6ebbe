import { afterAll, beforeEach, expect, test, vi } from 'vitest';

import { findInstall } from '../../eslint-plugin/src/types/native/install.js';
import { closeNativeSessions } from '../../eslint-plugin/src/types/native/types.js';
import { typescript } from '../support/providers.js';
import { Folder, root } from './folder.js';

beforeEach(closeNativeSessions);
afterAll(closeNativeSessions);

const names = Array.from({ length: 20 }, (_, index) => `scripts/${index % 2}/${index}.ts`);
const module = 'export const made = Promise.resolve(1); made;';
const project = { 'tsconfig.json': '{ "include": ["src"] }', 'src/a.ts': 'export {};' };

/** How many states of the world the checker has been asked for. */
function countSnapshots(): () => number {
  const install = findInstall(typescript, [root]);
  const { API } = install.load(['typescript/sync', 'typescript/unstable/sync']) as {
    API: { prototype: Record<string, (...args: unknown[]) => unknown> };
  };
  const name = 'updateSnapshot' in API.prototype ? 'updateSnapshot' : 'createSnapshot';
  const spy = vi.spyOn(API.prototype, name);
  return () => spy.mock.calls.length;
}

test('modules in no project are given one program', () => {
  using folder = new Folder({
    ...project,
    ...Object.fromEntries(names.map((name) => [name, module])),
  });
  const snapshots = countSnapshots();
  for (const name of names) expect(folder.last(name, module).promise).toBe('yes');
  // The first is one file, as in an editor; the second brings the others.
  expect(snapshots()).toBeLessThan(8);
});

test('a file in no project finds its modules as the config above it says', () => {
  const importing = "import { a } from '#src/a.js'; a;";
  using folder = new Folder({
    'tsconfig.json': JSON.stringify({
      compilerOptions: { paths: { '#src/*': ['./src/*'] } },
      include: ['src'],
    }),
    'src/a.ts': 'export const a = Promise.resolve(1);',
    'scripts/a.ts': importing,
    'scripts/deep/b.ts': importing,
  });
  expect(folder.last('scripts/a.ts', importing).promise).toBe('yes');
  expect(folder.last('scripts/deep/b.ts', importing).promise).toBe('yes');
});

test('a file in no project knows Node where the config above it does not', () => {
  using folder = new Folder({
    'tsconfig.json': '{ "compilerOptions": { "types": [] }, "include": ["src"] }',
    'node_modules/@types/node/index.d.ts': 'declare const known: Promise<void>;',
    'src/a.ts': 'export {}; known;',
    'scripts/a.ts': 'export {}; known;',
  });
  expect(folder.last('scripts/a.ts', 'export {}; known;').promise).toBe('yes');
  expect(folder.last('src/a.ts', 'export {}; known;').promise).toBe('unknown');
});

test('a file in no project that comes into one leaves the others', () => {
  const known = 'export {}; known;';
  using folder = new Folder({
    ...project,
    'names.d.ts': 'declare const known: Promise<void>;',
    'scripts/a.ts': known,
    'scripts/b.ts': known,
  });
  const last = () =>
    ['scripts/a.ts', 'scripts/b.ts'].map((name) => folder.last(name, known).promise);
  expect(last()).toEqual(['unknown', 'unknown']);
  folder.write('tsconfig.json', '{ "files": ["names.d.ts", "scripts/b.ts"] }');
  expect(last()).toEqual(['unknown', 'yes']);
});

test('a script in no project lends its names to nobody', () => {
  const script = 'declare const known: Promise<void>; known;';
  using folder = new Folder({
    ...project,
    'scripts/a.ts': module,
    'scripts/b.ts': script,
    'scripts/c.ts': 'export {}; known;',
    'scripts/d.ts': module,
  });
  expect(folder.last('scripts/a.ts', module).promise).toBe('yes');
  expect(folder.last('scripts/d.ts', module).promise).toBe('yes');
  expect(folder.last('scripts/b.ts', script).promise).toBe('yes');
  expect(folder.last('scripts/c.ts', 'export {}; known;').promise).toBe('unknown');
});

test('a module in no project that changes between two runs is read again', () => {
  const importing = "import { a } from './a.js'; a;";
  using folder = new Folder({
    ...project,
    'scripts/a.ts': 'export const a = 1; a;',
    'scripts/b.ts': importing,
    'scripts/c.ts': module,
  });
  for (const name of ['scripts/c.ts', 'scripts/b.ts']) folder.last(name, folder.read(name));
  expect(folder.last('scripts/b.ts', importing).promise).toBe('no');
  folder.write('scripts/a.ts', 'export const a = Promise.resolve(1); a;');
  expect(folder.last('scripts/b.ts', importing).promise).toBe('yes');
  folder.remove('scripts/a.ts');
  expect(folder.last('scripts/b.ts', importing).promise).toBe('unknown');
});

test('what a module in no project imports, and what only that imports, is read again', () => {
  const importing = "import { a } from '../lib/a.js'; a;";
  using folder = new Folder({
    ...project,
    'lib/tsconfig.json': '{ "files": [] }',
    'lib/a.ts': "export { a } from './deep.js';",
    'lib/deep.ts': 'export const a = 1;',
    'scripts/b.ts': importing,
  });
  expect(folder.last('scripts/b.ts', importing).promise).toBe('no');
  folder.write('lib/deep.ts', 'export const a = Promise.resolve(1);');
  expect(folder.last('scripts/b.ts', importing).promise).toBe('yes');
});

test('a module beside one in no project, which belongs to a project, stays in it', () => {
  using folder = new Folder({
    'tsconfig.json': '{ "files": ["tools/in.ts", "names.d.ts"] }',
    'names.d.ts': 'declare const known: Promise<void>;',
    'tools/in.ts': "import './imported.js'; known;",
    'tools/imported.ts': 'export {}; known;',
    'tools/out.ts': 'export {}; known;',
    'tools/other.ts': 'export {}; known;',
  });
  const last = (name: string) => folder.last(name, folder.read(name)).promise;
  expect(['tools/out.ts', 'tools/other.ts'].map(last)).toEqual(['unknown', 'unknown']);
  expect(['tools/in.ts', 'tools/imported.ts'].map(last)).toEqual(['yes', 'yes']);
  folder.write('names.d.ts', 'declare const known: number;');
  expect(['tools/in.ts', 'tools/imported.ts'].map(last)).toEqual(['no', 'no']);
});
