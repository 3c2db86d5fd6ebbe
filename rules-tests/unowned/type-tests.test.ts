import { Linter } from 'eslint';
import plugin from 'eslint-plugin-mooring';
import * as parser from 'eslint-plugin-mooring/parser';
import { expect, test } from 'vitest';

function reportsIn(file: string): readonly string[] {
  const config: Linter.Config = {
    files: ['**/*.ts'],
    plugins: { mooring: plugin },
    languageOptions: { parser },
    rules: { 'mooring/no-detached-iife': 'error' },
  };
  const messages = new Linter().verify('(async () => {})();', config, file);
  return messages.map(({ messageId }) => messageId ?? '');
}

test('a test of types is compiled and never run: no rule says anything of it', () => {
  expect(reportsIn('types/client.test-d.ts')).toEqual([]);
  expect(reportsIn('test-d/api.ts')).toEqual([]);
  expect(reportsIn('packages/client/type-tests/client.ts')).toEqual([]);
  expect(reportsIn('src/types/type-tests.ts')).toEqual([]);
  expect(reportsIn('packages/core/test/types/transaction.ts')).toEqual([]);
  expect(reportsIn('test/types/transaction.test.ts')).not.toEqual([]);
  expect(reportsIn('src/types.test.ts')).not.toEqual([]);
  expect(reportsIn('types/client.test.ts')).not.toEqual([]);
  expect(reportsIn('test-data/api.ts')).not.toEqual([]);
});
