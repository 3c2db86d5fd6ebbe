/**
 * `npm start`: lints the unstructured example, then runs the structured one.
 * `npm start -- PATH`: lints the TypeScript project at PATH with `recommended-type-checked`.
 * Exit code: 0 clean, 1 findings, 2 could not lint.
 */
import { join, resolve } from 'node:path';

import { ESLint } from 'eslint';

import { CannotLintError, lintProject, type ProjectReport } from './lint-project.js';
import { missingPackages } from './missing-packages.js';
import { root } from './root.js';

const CLEAN = 0;
const FINDINGS = 1;
const COULD_NOT_LINT = 2;

const USAGE = `npm start           lints a crawler as people write it, then runs it on mooring
npm start -- PATH   lints the TypeScript project, folder or file at PATH
Exit code: 0 clean, 1 findings, 2 could not lint.`;

process.exitCode = await start(process.argv.slice(2));

async function start(args: readonly string[]): Promise<number> {
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    console.log(USAGE);
    return CLEAN;
  }
  const option = args.find((arg) => arg.startsWith('-'));
  if (option !== undefined) return cannotLint(`start has no option '${option}'; it takes a path.`);
  if (args.length > 1) return cannotLint(`start takes one path; got ${args.length}.`);
  // An unset variable of a shell script: it would name the folder that npm was called from.
  if (args[0] === '') return cannotLint('start takes a path; got an empty one.');
  return main(args[0]);
}

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
    if (error instanceof CannotLintError) return cannotLint(error.message);
    // A mistake of ours, or of ESLint: its words name the rule and the file.
    const words = error instanceof Error ? error.message : String(error);
    return cannotLint(`${path} could not be linted: ${words.replaceAll(/\s+/g, ' ').trim()}`);
  }
}

async function print({ root: cwd, results, unparsed, counts }: ProjectReport): Promise<void> {
  const formatter = await new ESLint({ cwd, overrideConfigFile: true }).loadFormatter('stylish');
  console.log(await formatter.format([...results]));
  for (const problem of unparsed) console.log(`not parsed: ${problem}`);
  const missing = missingPackages(results.map(({ filePath }) => filePath));
  if (missing.length > 0) console.log(notInstalled(missing));
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  console.log(`${counted(results.length, 'file')}, ${counted(total, 'report')}`);
  for (const [rule, count] of counts) console.log(`${String(count).padStart(6)} ${rule}`);
}

function notInstalled([first, ...others]: readonly string[]): string {
  const also = others.length === 0 ? '' : ` and ${counted(others.length, 'other package')}`;
  return `not installed: ${first}${also}, whose types are unknown; less is found without them`;
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function cannotLint(message: string): number {
  console.error(/[.?!]$/.test(message) ? message : `${message}.`);
  return COULD_NOT_LINT;
}
