import { join } from 'node:path';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { resolvesFrom } from '../../eslint-plugin/src/types/installed.js';
import { temporaryProject, writeInto } from '../support/temporary-project.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a package resolves that is installed in a folder above', () => {
  const folder = temporaryProject({ 'node_modules/mooring/package.json': '{}' });
  expect(resolvesFrom(join(folder, 'packages/app/src'), 'mooring')).toBe(true);
  expect(resolvesFrom(join(folder, 'packages/app/src'), 'other')).toBe(false);
});

test('a package resolves in itself', () => {
  const folder = temporaryProject({ 'package.json': '{ "name": "mooring" }' });
  expect(resolvesFrom(join(folder, 'src'), 'mooring')).toBe(true);
});

test('a folder without its package.json is no package', () => {
  const folder = temporaryProject({ 'node_modules/mooring/index.js': '' });
  expect(resolvesFrom(folder, 'mooring')).toBe(false);
});

test('the disk is asked again after two seconds: in an editor a package may come', () => {
  const folder = temporaryProject({});
  expect(resolvesFrom(folder, 'mooring')).toBe(false);
  writeInto(folder, 'node_modules/mooring/package.json', '{}');
  expect(resolvesFrom(folder, 'mooring')).toBe(false);
  vi.advanceTimersByTime(2001);
  expect(resolvesFrom(folder, 'mooring')).toBe(true);
});
