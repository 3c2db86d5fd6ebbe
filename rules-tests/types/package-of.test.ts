import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { packageOf } from '../../eslint-plugin/src/types/package-of.js';

const folder = mkdtempSync(join(tmpdir(), 'package-of-'));

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const packageOfFile = (path: string): string | undefined => packageOf(join(folder, path));

test('a file lies in the package of the nearest package.json above it', () => {
  write('one/package.json', '{ "name": "one" }');
  write('one/node_modules/two/package.json', '{ "name": "@scope/two" }');
  expect(packageOfFile('one/src/deep/file.d.ts')).toBe('one');
  expect(packageOfFile('one/node_modules/two/dist/file.d.ts')).toBe('@scope/two');
});

test('a package.json without a name, such as one that sets the type, is passed over', () => {
  write('three/package.json', '{ "name": "three" }');
  write('three/esm/package.json', '{ "type": "module" }');
  write('three/broken/package.json', '{ "name": ');
  write('three/odd/package.json', 'null');
  expect(packageOfFile('three/esm/file.d.ts')).toBe('three');
  expect(packageOfFile('three/broken/file.d.ts')).toBe('three');
  expect(packageOfFile('three/odd/file.d.ts')).toBe('three');
});

test('a file that lies in no package', () => {
  expect(packageOf('/file.ts')).toBe(undefined);
  expect(packageOf('bundled:///libs/lib.d.ts')).toBe(undefined);
});
