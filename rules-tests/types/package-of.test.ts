import { join } from 'node:path';

import { expect, test } from 'vitest';

import { packageOf } from '../../eslint-plugin/src/types/package-of.js';
import { temporaryProject } from '../support/temporary-project.js';

test('a file lies in the package of the nearest package.json above it', () => {
  const root = temporaryProject({
    'package.json': '{ "name": "one" }',
    'node_modules/two/package.json': '{ "name": "@scope/two" }',
  });
  expect(packageOf(join(root, 'src/deep/file.d.ts'))).toBe('one');
  expect(packageOf(join(root, 'node_modules/two/dist/file.d.ts'))).toBe('@scope/two');
});

test('a package.json without a name, such as one that sets the type, is passed over', () => {
  const root = temporaryProject({
    'package.json': '{ "name": "three" }',
    'esm/package.json': '{ "type": "module" }',
    'broken/package.json': '{ "name": ',
    'odd/package.json': 'null',
  });
  for (const folder of ['esm', 'broken', 'odd']) {
    expect(packageOf(join(root, folder, 'file.d.ts'))).toBe('three');
  }
});

test('a file that lies in no package', () => {
  expect(packageOf('/file.ts')).toBe(undefined);
  expect(packageOf('bundled:///libs/lib.d.ts')).toBe(undefined);
});
