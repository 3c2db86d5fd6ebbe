/**
 * `npm start`: lints the unstructured example, then runs the structured one.
 * `npm start -- PATH`: lints the TypeScript project at PATH with `recommended-type-checked`.
 * Exit code: 0 clean, 1 findings, 2 could not lint.
 */
import { join, resolve } from 'node:path';

import { ESLint } from 'eslint';

import { CannotLintError, lintProject, type ProjectReport } from './lint-project.js';
import { root } from './root.js';

const CLEAN = 0;
const FINDINGS = 1;
const COULD_NOT_LINT = 2;

const [project, ...rest] = process.argv.slice(2);
process.exitCode =
  rest.length > 0
    ? cannotLint(`start takes one path; got ${rest.length + 1}.`)
    : await main(project);

async function main(project: string | undefined): Promise<number> {
  if (project !== undefined) return lint(project);
  console.log('The unstructured crawler, linted with mooring/recommended-type-checked:');
  const code = await lint(join(root, 'examples/unstructured'));
  if (code === COULD_NOT_LINT) return code;
  console.log('\nThe structured crawler, run:');
  const entry = new URL('../../examples/dist/structured/main.js', import.meta.url);
  await import(entry.href);
  return CLEAN;
}

async function lint(project: string): Promise<number> {
  // npm runs scripts in the workspace; a relative path is meant from where npm was called.
  const path = resolve(process.env['INIT_CWD'] ?? '', project);
  try {
    const report = await lintProject(path, { preset: 'recommended-type-checked' });
    await print(report);
    return report.counts.size === 0 ? CLEAN : FINDINGS;
  } catch (error) {
    return cannotLint(error instanceof CannotLintError ? error.message : crash(error));
  }
}

async function print({ root: cwd, results, unparsed, counts }: ProjectReport): Promise<void> {
  const formatter = await new ESLint({ cwd, overrideConfigFile: true }).loadFormatter('stylish');
  console.log(await formatter.format([...results]));
  for (const problem of unparsed) console.log(`not parsed: ${problem}`);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  console.log(`${results.length} files, ${total} reports`);
  for (const [rule, count] of counts) console.log(`${String(count).padStart(6)} ${rule}`);
}

function cannotLint(message: string): number {
  console.error(message);
  return COULD_NOT_LINT;
}

function crash(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
