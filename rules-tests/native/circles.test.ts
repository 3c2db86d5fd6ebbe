import { expect, test } from 'vitest';

import { Folder } from './folder.js';

/** TypeScript 7.0 looks for the end of these for ever (P2). */
test.each([
  ['itself', { 'tsconfig.json': '{ "extends": "./tsconfig.json" }' }],
  ['itself, without its ending', { 'tsconfig.json': '{ "extends": "./tsconfig" }' }],
  [
    'one that extends it',
    {
      'tsconfig.json': '{ "extends": "./one.json" }',
      'one.json': '{ "extends": ["./none.json", "./two.json"] }',
      'two.json': '{ // A comment.\n "extends": "./one.json", }',
    },
  ],
  [
    'one of a package that does',
    {
      'tsconfig.json': '{ "extends": "base" }',
      'node_modules/base/package.json': '{ "name": "base" }',
      'node_modules/base/tsconfig.json': '{ "extends": "./tsconfig.json" }',
    },
  ],
  [
    'and refers to one that does',
    {
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./b" }] }',
      'b/tsconfig.json': '{ "extends": "./tsconfig.json" }',
    },
  ],
])('a config that extends %s is one message', (_, files) => {
  using folder = new Folder({ ...files, 'a.ts': 'Promise.resolve();' });
  const ask = (): string => folder.last('a.ts', 'Promise.resolve();').promise;
  expect(ask).toThrow(
    /^There are no types for .+a\.ts: .+\.json extends itself, by way of .+ → .+ \(TS18000\)/,
  );
});

test('a circle that is taken out, and made again, while an editor is open', () => {
  const [loop, config] = ['{ "extends": "./tsconfig.json" }', '{ "compilerOptions": {} }'];
  using folder = new Folder({ 'tsconfig.json': config, 'a.ts': 'Promise.resolve();' });
  const ask = (): string => folder.last('a.ts', 'Promise.resolve();').promise;
  for (const round of [1, 2]) {
    expect(ask(), `round ${round}`).toBe('yes');
    folder.write('tsconfig.json', loop);
    expect(ask).toThrow(/extends itself/);
    folder.write('tsconfig.json', config);
  }
});

test('a config that two others extend is no circle, and neither are two that refer to each other', () => {
  using folder = new Folder({
    'tsconfig.json':
      '{ "extends": ["./one.json", "./two.json"], "references": [{ "path": "./b" }] }',
    'one.json': '{ "extends": "./base.json" }',
    'two.json': '{ "extends": "./base" }',
    'base.json': '{ "compilerOptions": { "composite": true } }',
    'b/tsconfig.json': '{ "extends": "../base.json", "references": [{ "path": ".." }] }',
    'a.ts': 'Promise.resolve();',
  });
  expect(folder.last('a.ts', 'Promise.resolve();').promise).toBe('yes');
});
