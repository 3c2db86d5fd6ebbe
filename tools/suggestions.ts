/**
 * `npm run suggestions -- PATH… [--preset NAME] [--show ID]`: lints the TypeScript projects at these
 * paths, applies every suggestion, one at a time, and compiles the changed file in its project.
 * Prints for each rule how many reports have a suggestion, and every suggestion that brings a
 * compile error. `--show` prints what the suggestions of an id make of the file, for a person to
 * read. No config and no comment of the project has a say. Exit code: 0 all compile, 1 some do not,
 * 2 could not lint.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import type { ESLint } from 'eslint';
import plugin, { type ConfigName } from 'eslint-plugin-mooring';

import { CannotLintError, lintProject, type ProjectReport } from './lint-project.js';
import { Compiler } from './suggestions/compiler.js';
import { brokenText, kindsOf, suggestionsTable } from './suggestions/suggestions-page.js';
import { type Tried, tryAll } from './suggestions/try-all.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    preset: { type: 'string', default: 'structured-type-checked' },
    show: { type: 'string' },
  },
});
const from = process.env['INIT_CWD'] ?? '';

if (positionals.length === 0) fail('suggestions takes one path or more.');
else if (!(values.preset in plugin.configs)) fail(`There is no preset '${values.preset}'.`);
else await main(values.preset as ConfigName);

async function main(preset: ConfigName): Promise<void> {
  const reports: ProjectReport[] = [];
  const all: Tried[] = [];
  try {
    for (const path of positionals) {
      const report = await lintProject(resolve(from, path), {
        preset,
        more: [{ linterOptions: { noInlineConfig: true } }],
      });
      const tried = triedOf(report);
      for (const each of tried) show(each, report.root);
      reports.push(report);
      all.push(...tried);
    }
  } catch (error) {
    if (!(error instanceof CannotLintError)) throw error;
    return fail(error.message);
  }
  console.log(suggestionsTable(reports, all));
  console.log(`\n${kindsOf(all)}`);
  if (all.some(({ errors }) => errors.length > 0)) process.exitCode = 1;
}

function triedOf({ results }: ProjectReport): Tried[] {
  const compiler = new Compiler();
  return results.filter(hasSuggestions).flatMap((result) => {
    const before = result.source ?? readFileSync(result.filePath, 'utf8');
    return tryAll(result, before, compiler);
  });
}

function hasSuggestions({ messages }: ESLint.LintResult): boolean {
  return messages.some(({ suggestions = [] }) => suggestions.length > 0);
}

function show(tried: Tried, root: string): void {
  if (tried.errors.length > 0) console.log(`${brokenText(tried, root)}\n`);
  if (values.show === tried.messageId) {
    const lines = tried.after.split('\n').slice(Math.max(0, tried.line - 6), tried.line + 12);
    console.log(`${tried.file}:${tried.line} “${tried.says}”\n${lines.join('\n')}\n`);
  }
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 2;
}
