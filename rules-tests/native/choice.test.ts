import { fileURLToPath } from 'node:url';

import * as typescriptEslint from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from 'eslint-plugin-mooring';
import parser from 'eslint-plugin-mooring/parser';
import { expect, test } from 'vitest';

import { checkersOf } from './processes.js';

const fixture = fileURLToPath(new URL('../fixtures/native/', import.meta.url));
const floating = "import { load } from './load';\nload('x');";

interface Setup {
  /** `null`: ESLint's own. */
  readonly parser?: Linter.Parser | null;
  readonly typed?: boolean;
  readonly settings?: object;
  readonly file?: string;
}

/** The lines reported in a program with one floating promise. */
function reports(setup: Setup): number[] {
  const { typed = false, settings = {}, file = 'floats.ts' } = setup;
  const config = {
    files: ['**/*.{js,ts,vue}'],
    plugins: { mooring: plugin },
    languageOptions: {
      ...(setup.parser === null ? {} : { parser: setup.parser ?? parser }),
      parserOptions: typed ? { projectService: true, tsconfigRootDir: fixture } : {},
    },
    settings: { mooring: settings },
    rules: { 'mooring/no-floating-promises': 'error' as const },
  };
  const linter = new Linter({ cwd: fixture });
  return linter.verify(floating, [config], fixture + file).map(({ line }) => line);
}

const theirs = typescriptEslint as Linter.Parser;
const native = { typescript: 'typescript-7' };

test("'auto' takes the types of the parser where it has some", () => {
  expect(reports({ parser: theirs, typed: true, settings: native })).toEqual([2]);
  expect(checkersOf()).toEqual([]);
});

test("'auto' asks TypeScript 7 where the parser has none", () => {
  expect(reports({ settings: native })).toEqual([2]);
  expect(reports({ parser: theirs, settings: native })).toEqual([2]);
  expect(checkersOf()).toHaveLength(1);
});

test('JavaScript has types under the parser of ESLint, too', () => {
  expect(reports({ parser: null, settings: native, file: 'floats.js' })).toEqual([2]);
});

test("'native' asks TypeScript 7 whatever the parser has", () => {
  const settings = { ...native, types: 'native' };
  expect(reports({ parser: theirs, typed: true, settings })).toEqual([2]);
});

test("'parser-services' asks nobody else", () => {
  const settings = { ...native, types: 'parser-services' };
  expect(reports({ parser: theirs, typed: true, settings })).toEqual([2]);
  expect(() => reports({ settings })).toThrow("settings.mooring.types is 'parser-services'.");
});

test('without any types the rule says what is missing, and both ways to get it', () => {
  const ask = () => reports({ settings: { typescript: 'typescript' } });
  expect(ask).toThrow(/mooring\/no-floating-promises needs types, and there are none for .+floats/);
  expect(ask).toThrow(/typescript 6\.0\.3 in .+ has no checker that a plugin can start/);
  expect(ask).toThrow(
    /Install TypeScript 7 .+ or set languageOptions\.parser to @typescript-eslint/,
  );
  expect(ask).toThrow(/'mooring\/disable-type-checked'/);
});

test('a file that is no TypeScript has no types, and that is one report at its start', () => {
  expect(reports({ settings: native, file: 'a.vue' })).toEqual([1]);
});
