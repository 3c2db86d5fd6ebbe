import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import * as theirs from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { builtinRules } from 'eslint/use-at-your-own-risk';
import parser, { parseForESLint } from 'eslint-plugin-mooring/parser';
import { describe, expect, test } from 'vitest';

interface Failure {
  readonly name: string;
  readonly lineNumber: number;
  readonly column: number;
  readonly index: number;
}

function failureOf(text: string, filePath = 'a.ts'): Failure | undefined {
  try {
    parseForESLint(text, { filePath, sourceType: 'module' });
    return undefined;
  } catch (error) {
    return error as Failure;
  }
}

describe('the language', () => {
  test.each([
    ['a.ts', '<T>x;', true],
    ['a.mts', '<T>x;', true],
    ['a.cts', '<T>x;', true],
    ['a.tsx', '<T>x;', false],
    ['a.tsx', '<T>x</T>;', true],
    ['a.ts', '<T>x</T>;', false],
    ['a.js', '<T>x</T>;', true],
    ['a.mjs', '<T>x</T>;', true],
    ['a.jsx', '<T>x</T>;', true],
    ['a.js', 'let x: number;', false],
    ['a.d.ts', 'export const x: number;', true],
    ['a.ts', 'export const x: number;', false],
    ['a.vue', 'let x: number;', true],
  ])('of %s: %s', (file, text, isProgram) => {
    expect(failureOf(text, file) === undefined).toBe(isProgram);
  });

  test('of a file of another kind has elements where it is said', () => {
    const options = { filePath: 'a.vue', ecmaFeatures: { jsx: true } };
    expect(() => parseForESLint('<T>x</T>;', options)).not.toThrow();
  });
});

describe('a text that is no program', () => {
  test('fails at its place', () => {
    expect(failureOf('let a;\nlet 1b;')).toMatchObject({ lineNumber: 2, column: 6, index: 12 });
  });

  test('is one message of ESLint, at that place', () => {
    const [message] = lint('let a;\nlet 1b;', parser, {});
    expect(message).toMatchObject({ fatal: true, line: 2, column: 6 });
  });
});

describe('the kind of source', () => {
  const scopesOf = (sourceType: 'commonjs' | 'module' | 'script'): string[] => {
    const { scopeManager } = parseForESLint('x;', { filePath: 'a.js', sourceType });
    return scopeManager!.scopes.map(({ type }) => type);
  };
  test('a script has one scope', () => expect(scopesOf('script')).toEqual(['global']));
  test('a module has its own', () => expect(scopesOf('module')).toEqual(['global', 'module']));
  test('CommonJS is a function', () =>
    expect(scopesOf('commonjs')).toEqual(['global', 'function']));
  test('a script that imports is read as a module', () => {
    expect(() =>
      parseForESLint("import 'x';", { filePath: 'a.ts', sourceType: 'script' }),
    ).not.toThrow();
  });
});

test('a location is a property like any other once it is read or written', () => {
  const { ast } = parseForESLint('x;', { filePath: 'a.ts' });
  const [statement] = ast.body;
  expect(statement!.loc).toBe(statement!.loc);
  expect(Object.keys(statement!)).toContain('loc');
  const loc = { start: { line: 7, column: 0 }, end: { line: 7, column: 2 } };
  ast.loc = loc;
  expect(ast.loc).toBe(loc);
});

describe('the rules of ESLint say the same under both parsers', () => {
  test.each(['expressions.ts', 'elements.tsx', 'documented.js'])('%s', (file) => {
    const url = new URL(`../fixtures/syntax/${file}`, import.meta.url);
    const text = readFileSync(fileURLToPath(url), 'utf8');
    // ESLint's own no-unused-vars fails on a global that TypeScript declares, whatever the parser.
    const names = [...builtinRules.keys()].filter((name) => name !== 'no-unused-vars');
    const rules = Object.fromEntries(names.map((name) => [name, 'error'] as const));
    const messages = lint(text, parser, rules, file);
    expect(messages.length).toBeGreaterThan(10);
    expect(messages).toEqual(lint(text, theirs as Linter.Parser, rules, file));
  });
});

function lint(
  text: string,
  by: Linter.Parser,
  rules: Linter.RulesRecord,
  file = 'a.ts',
): Linter.LintMessage[] {
  const config = { files: ['**/*.{js,ts,tsx}'], languageOptions: { parser: by }, rules };
  return new Linter().verify(text, [config], file);
}
