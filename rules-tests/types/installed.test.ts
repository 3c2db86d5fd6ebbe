import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { resolvesFrom } from '../../eslint-plugin/src/types/installed.js';

let folder: string;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  folder = mkdtempSync(join(tmpdir(), 'installed-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

function write(path: string, text = '{}'): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

test('a package resolves that is installed in a folder above', () => {
  write('node_modules/mooring/package.json');
  expect(resolvesFrom(join(folder, 'packages/app/src'), 'mooring')).toBe(true);
  expect(resolvesFrom(join(folder, 'packages/app/src'), 'other')).toBe(false);
});

test('a package resolves in itself', () => {
  write('package.json', '{ "name": "mooring" }');
  expect(resolvesFrom(join(folder, 'src'), 'mooring')).toBe(true);
});

test('a folder without its package.json is no package', () => {
  mkdirSync(join(folder, 'node_modules/mooring'), { recursive: true });
  expect(resolvesFrom(folder, 'mooring')).toBe(false);
});

test('the disk is asked again after two seconds: in an editor a package may come', () => {
  expect(resolvesFrom(folder, 'mooring')).toBe(false);
  write('node_modules/mooring/package.json');
  expect(resolvesFrom(folder, 'mooring')).toBe(false);
  vi.advanceTimersByTime(2001);
  expect(resolvesFrom(folder, 'mooring')).toBe(true);
});
