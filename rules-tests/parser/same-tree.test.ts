import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { compareTrees } from '../../tools/trees/differences.js';

const entities = new URL('../../eslint-plugin/src/parser/entities.ts', import.meta.url);

const folders = [
  '../../eslint-plugin/src',
  '../../runtime/src',
  '../../node_modules/eslint/lib/linter',
  '../../node_modules/undici-types',
  '../fixtures/syntax',
  '.',
];

/** Sources of all kinds: this project's, declarations of a platform, JavaScript, elements. */
const files = folders.flatMap((folder) => {
  const path = fileURLToPath(new URL(folder, import.meta.url));
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?[jt]sx?$/.test(name))
    .map((name) => `${path.replace(/\/$/, '')}/${name}`);
});

test.each(files)('typescript-eslint makes the same of %s', (file) => {
  const { hasTrees, differences } = compareTrees(readFileSync(file, 'utf8'), file);
  expect(differences).toEqual([]);
  expect(hasTrees).toBe(true);
});

describe('and of what programs rarely have', () => {
  test.each([
    ['a name that is exported as a keyword', 'a.ts', `export { default } from './a.js'; b('c');`],
    ['more of them', 'a.ts', `export { if, "a", default as else } from './a.js'; b('c');`],
    ['a keyword as a variable', 'a.cjs', `var { let } = a; var [static, b = 'c'] = 'd';`],
    ['escapes in names', 'a.ts', `class A { publi\\u0063 = 'a'; \\u{70}rivate = b; }`],
    ['entities', 'a.tsx', `<a b='&amp;&#65;&no;'>&lt;&#x41;&nbsp;&#x110000;</a>;`],
    ['flags in another order', 'a.ts', '/a/mgi; b(/[/]/gu);'],
    ['members of an enum without values', 'a.ts', `enum E { a, b = 1, 'c' }`],
    ['a decorator before a default', 'a.ts', `class A { constructor(@dec a = 1) {} }`],
    ['a name in parentheses before a default', 'a.ts', `[(a) = 1, { b: (c) = 2 }] = d;`],
    ['decorators beside export', 'a.ts', `@dec export default class A { @dec b() {} }`],
    ['attributes of an imported type', 'a.ts', `let a: import('b', { with: { c: 'd' } }).E;`],
    ['as they once were', 'a.ts', `let a: import('b', { assert: { c: 'd' } }).E; assert(a);`],
    ['the type of this', 'a.ts', 'class A { b: typeof this; c: typeof this.d; }'],
    ['dashes in names of elements', 'a.tsx', `<a:b-c d-e:f='g'></a:b-c>;`],
    ['a line for the shell', 'a.js', `#!/usr/bin/env -S node 'a\nb('c');`],
    ['a name beyond the basic plane', 'a.tsx', `<\u{2F804}></\u{2F804}>; let \u{2F804}a;`],
    ['declarations of a stylesheet', 'a.d.css.ts', 'declare const a: string; export default a;'],
  ])('%s', (_, file, text) => {
    expect(compareTrees(text, file)).toEqual({ hasTrees: true, differences: [] });
  });

  test('every entity', () => {
    const names = [...readFileSync(entities, 'utf8').matchAll(/\d+, '([^']+)'/g)];
    const text = `<a>${names.flatMap(([, run]) => run!.split(' ').map((it) => `&${it};`)).join('')}</a>;`;
    expect(text.match(/&/g)).toHaveLength(253);
    expect(compareTrees(text, 'a.tsx')).toEqual({ hasTrees: true, differences: [] });
  });
});
