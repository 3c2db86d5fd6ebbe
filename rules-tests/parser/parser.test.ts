import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

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

  test.each([
    ['let 1b;', 'Invalid characters after number.'],
    [
      'const a;',
      'Missing initializer in const declaration. Add an initializer (e.g. ` = undefined`) here.',
    ],
  ])('%s: what is wrong and what helps are sentences (P7)', (text, message) => {
    expect(failureOf(text)).toMatchObject({ message });
  });

  test('is one message of ESLint, at that place', () => {
    const [message] = lint('let a;\nlet 1b;', parser, {});
    expect(message).toMatchObject({ fatal: true, line: 2, column: 6 });
  });
});

describe('a text that is nested too deeply (P5)', () => {
  const nested = (open: string, inner: string, close = ''): string[] =>
    [4000, 20_000, 200_000].map((n) => open.repeat(n) + inner + close.repeat(n));
  test.each([
    ['lists', nested('[', '', ']')],
    ['parentheses', nested('(', 'a', ')')],
    ['lists that never end', nested('[', '')],
    ['operators', nested('!', 'a')],
    ['assignments', nested('a = ', 'a')],
    ['conditions', nested('a ? b : ', 'a')],
    ['functions', nested('() => ', 'a')],
    ['bodies', nested('function a() { ', '', '}')],
    ['branches', nested('if (a) b; else ', 'c')],
    ['calls in a chain', nested('', 'a', '.b(c)')],
    ['types', nested('', 'let a: ', 'keyof ').map((text) => `${text} A`)],
    ['elements', nested('<a>', '', '</a>')],
  ])('%s: one message, at a place in the text', (_, texts) => {
    for (const text of texts) {
      const failure = failureOf(text, 'a.tsx');
      expect(failure).toMatchObject({ name: 'SyntaxError' });
      expect(failure!.index).toBeLessThanOrEqual(text.length);
    }
  });

  test('a worker has less room, and says the same', async () => {
    const text = `${'['.repeat(1400)}${']'.repeat(1400)}`;
    const code = `
      import { parentPort } from 'node:worker_threads';
      import { parseForESLint } from ${JSON.stringify(import.meta.resolve('eslint-plugin-mooring/parser'))};
      parseForESLint(${JSON.stringify(text)}, { filePath: 'a.ts' });
      try {
        parseForESLint('['.repeat(4000), { filePath: 'a.ts' });
      } catch (error) {
        parentPort.postMessage(error.message);
      }`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
    const [message] = (await once(worker, 'message')) as [string];
    expect(message).toMatch(/too deeply|Unexpected|Expected/);
  });

  test.each([
    ['a list', `[${'{ a: [1, -2], b: !c },\n'.repeat(20_000)}]`],
    ['a program without semicolons', 'load()\n'.repeat(20_000)],
    ['elements beside each other', `<a>${'<b c="d" e={f} />'.repeat(5_000)}</a>`],
    ['cases', `switch (a) {${'case 1: case 2: b(); break;'.repeat(5_000)}}`],
  ])('but %s may be long', (_, text) => {
    expect(failureOf(text, 'a.tsx')).toBeUndefined();
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
  test('globalReturn is a function too, and may return (P7)', () => {
    const options = { filePath: 'a.js', ecmaFeatures: { globalReturn: true } };
    const { scopeManager } = parseForESLint('return x;', options);
    expect(scopeManager!.scopes.map(({ type }) => type)).toEqual(['global', 'function']);
  });
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
