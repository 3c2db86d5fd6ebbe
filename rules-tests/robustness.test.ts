import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { ESLint, Rule } from 'eslint';
import { describe, expect, test } from 'vitest';

import { Hunt } from '../tools/robustness/hunt.js';
import { filesUnder, rulePrograms } from '../tools/robustness/seeds.js';

/** So many at least on any machine; `npm run robustness` goes on for as long as it is given. */
const BUDGET = { programs: 200 };
/** Reducing what was found takes longer than finding it. */
const LIMIT = 1_200_000;

const workspace = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
const packageFolder = (name: string): string =>
  dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
const published = ['eslint', 'typescript'].flatMap((name) => filesUnder(packageFolder(name)));

describe('no rule throws, reports outside the text, or offers what does not parse', () => {
  test('on the published files of ESLint and TypeScript', { timeout: LIMIT }, () => {
    const hunt = new Hunt(BUDGET).untyped(published);
    expect(hunt.report()).toBe('');
    expect(hunt.programs).toBeGreaterThan(100);
  });

  test('on the same files with types, but for the bundles', { timeout: LIMIT }, () => {
    const hunt = new Hunt(BUDGET).typed(published.filter(({ text }) => text.length < 1_000_000));
    expect(hunt.report()).toBe('');
    expect(hunt.programs).toBeGreaterThan(100);
  });

  test("on mutations of the rules' own programs", { timeout: LIMIT }, () => {
    const hunt = new Hunt(BUDGET).mutated([rulePrograms(workspace)], workspace, 1);
    expect(hunt.report()).toBe('');
    expect(hunt.programs).toBeGreaterThan(100);
  });

  test('on programs of odd constructs', { timeout: LIMIT }, () => {
    const hunt = new Hunt(BUDGET).odd(workspace, 1);
    expect(hunt.report()).toBe('');
    expect(hunt.programs).toBeGreaterThan(100);
  });
});

describe('a fault', () => {
  const plugin = (create: Rule.RuleModule['create']): ESLint.Plugin => ({
    rules: { guilty: { meta: { fixable: 'code' }, create } },
  });
  const source = {
    path: `${workspace}/rules-tests/fixtures/typed/guilty.ts`,
    text: 'const one = 1;\nclass Two {\n  three() {\n    while (one) debugger;\n  }\n}\n',
  };

  test.each([
    {
      what: 'throws “no debugger, please”',
      create: () => ({
        DebuggerStatement: () => {
          throw new Error('no debugger, please');
        },
      }),
    },
    {
      what: 'reports a place outside the text',
      create: (context: Rule.RuleContext) => ({
        DebuggerStatement: () => {
          context.report({ loc: { line: 99, column: 0 }, message: 'Far away.' });
        },
      }),
    },
    {
      what: 'breaks the program with “fix”',
      create: (context: Rule.RuleContext) => ({
        DebuggerStatement: (node: Rule.Node) => {
          context.report({
            node,
            message: 'Here.',
            fix: (fixer) => fixer.insertTextAfter(node, ')'),
          });
        },
      }),
    },
  ])('that $what is named, with the smallest program that shows it', ({ what, create }) => {
    const files = [{ ...source, text: `${source.text}let longer;` }, source];
    const reports = [
      new Hunt(BUDGET, plugin(create)).untyped(files).report(),
      new Hunt(BUDGET, plugin(create)).typed(files).report(),
    ];
    for (const report of reports) {
      expect(report).toMatch(
        new RegExp(`^mooring/guilty ${what}\\nin .*guilty\\.ts, (un)?typed; reduced`),
      );
      expect(report).toContain('reduced:\n\ndebugger;\n\n');
    }
  });

  test('that is a lint without end is printed, and ends the run', { timeout: LIMIT }, () => {
    const { stderr, signal } = spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { hangWatch } from './tools/dist/robustness/watch.js';
        const watch = hangWatch(1000);
        watch.begin({ path: 'quick.ts', text: 'quick;' }, 'typed');
        watch.end();
        watch.begin({ path: 'endless.ts', text: 'endless;' }, 'native');
        for (;;);`,
      ],
      { cwd: workspace, encoding: 'utf8' },
    );
    expect(stderr).toBe('a lint does not end\nin endless.ts, native:\n\nendless;\n');
    expect(signal).toBe('SIGKILL');
  });
});
