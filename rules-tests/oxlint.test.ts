import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import type { Linter } from 'eslint';
import plugin from 'eslint-plugin-mooring';
import { expect, test } from 'vitest';

import { Folder, root } from './native/folder.js';
import { lint, type LintOptions } from './support/lint.js';
import type { Linted } from './support/record.js';
import { run } from './support/run.js';

/**
 * The rules in oxlint, as its JavaScript plugin and with types from TypeScript 7, against what they
 * say in ESLint: on every block of code in the pages of the rules with all rules at once, or, where
 * MOORING_RECORD names what the rule suite has written down, on every program of that suite.
 */
const recorded = process.env['MOORING_RECORD'];
const programs = recorded === undefined ? blocksOfPages() : programsIn(recorded);
const { compilerOptions } = JSON.parse(
  readFileSync(new URL('./fixtures/typed/tsconfig.json', import.meta.url), 'utf8'),
) as { compilerOptions: object };
const bySettings = new Map<string, Linted[]>();
for (const program of programs) {
  const settings = JSON.stringify(program.settings);
  bySettings.set(settings, [...(bySettings.get(settings) ?? []), program]);
}

test.each([...bySettings])(
  'oxlint says what ESLint says, under the settings %s',
  async (_, all) => {
    using folder = new Folder({
      'package.json': '{ "type": "module" }',
      'tsconfig.json': JSON.stringify({ compilerOptions, include: ['**/*'] }),
      '.oxlintrc.json': JSON.stringify(configOf(all)),
      ...Object.fromEntries(all.map((linted, index) => [fileOf(linted, index), linted.code])),
    });
    symlinkSync(join(root, 'node_modules'), join(folder.path, 'node_modules'));
    const said = await oxlint(folder.path);
    const expected = all.map(({ messages, code }) =>
      messages.map((message) => drawn(message, code)).sort(),
    );
    expect(all.map((linted, index) => said.get(fileOf(linted, index)) ?? [])).toEqual(expected);
  },
);

function configOf(all: readonly Linted[]): object {
  return {
    jsPlugins: [join(root, 'eslint-plugin/dist/index.js')],
    categories: { correctness: 'off' },
    settings: { mooring: { ...all[0]!.settings, typescript: 'typescript-7' } },
    overrides: all.map((linted, index) => ({
      files: [fileOf(linted, index)],
      rules: linted.rules,
    })),
  };
}

function fileOf({ filename }: Linted, index: number): string {
  return `program-${index}/${filename}`;
}

async function oxlint(folder: string): Promise<Map<string, string[]>> {
  const require = createRequire(import.meta.url);
  const command = join(dirname(require.resolve('oxlint/package.json')), 'bin/oxlint');
  const { stdout, stderr } = await run(process.execPath, [command, '--format', 'json', '.'], {
    cwd: folder,
  });
  const { diagnostics } = parse(stdout || stderr) as { diagnostics: readonly Diagnostic[] };
  const said = new Map<string, string[]>();
  for (const { filename, code, message, labels } of diagnostics) {
    const { offset, length, line } = labels[0]!.span;
    const text = readFileSync(join(folder, filename))
      .subarray(offset, offset + length)
      .toString();
    const all = said.get(filename) ?? [];
    said.set(filename, [...all, `${line} ${code} ${text}: ${message}`].sort());
  }
  return said;
}

function parse(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch (cause) {
    throw new Error(`oxlint said: ${output.slice(0, 2000)}`, { cause });
  }
}

interface Diagnostic {
  readonly filename: string;
  readonly code: string;
  readonly message: string;
  readonly labels: readonly {
    readonly span: { readonly offset: number; readonly length: number; readonly line: number };
  }[];
}

function drawn(message: Linter.LintMessage, code: string): string {
  const lines = code.split('\n');
  const indexOf = (line: number, column: number): number =>
    lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  const { line, column, endLine = line, endColumn = column } = message;
  const text = code.slice(indexOf(line, column), indexOf(endLine, endColumn));
  const rule = message.ruleId?.replace('/', '(');
  return `${line} ${rule}) ${text}: ${message.message}`;
}

function blocksOfPages(): Linted[] {
  const pages = new URL('../docs/rules/', import.meta.url);
  const rules = Object.fromEntries(
    Object.keys(plugin.rules ?? {}).map((name) => [`mooring/${name}`, 'error'] as const),
  );
  return readdirSync(pages).flatMap((page) =>
    [...readFileSync(new URL(page, pages), 'utf8').matchAll(/```(tsx?)\n([\s\S]*?)```/g)].map(
      ([, kind, code]) => linted({ code: code!, filename: `file.${kind}` as Filename, rules }),
    ),
  );
}

type Filename = NonNullable<LintOptions['filename']>;

function linted(given: { code: string; filename: Filename; rules: Linter.RulesRecord }): Linted {
  const messages = lint(given.code, { ...given, typed: true });
  return { ...given, settings: {}, messages };
}

function programsIn(file: string): Linted[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const all = lines.map((line) => JSON.parse(line) as Linted);
  // What cannot be read is no question of rules.
  return all.filter(({ messages }) => messages.every(({ fatal }) => !fatal));
}
