import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';

import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { closeNativeSessions } from 'eslint-plugin-mooring/run';

import { CannotError, CLEAN, type ExitCode, FINDINGS } from '../command.js';
import { FileLinter } from '../lint/file-linter.js';
import { counted } from '../lint/finding.js';
import { noConfig, ownConfigOf } from '../lint/own-config.js';
import { portablePath } from '../lint/portable-path.js';
import { sourcesOf } from '../lint/sources.js';
import { cannotRead, targetsOf } from '../lint/targets.js';
import { typesOfRun } from '../lint/types-of-run.js';
import { Progress } from '../progress.js';
import { asPrettierWrites } from '../own-prettier.js';
import type { Terminal } from '../terminal.js';
import { writeText } from '../write-text.js';
import type { ConvertOptions } from './command.js';
import { Compiler } from './compiler.js';
import { type Converted, convertFile } from './convert-file.js';

/** `mooring convert [PATH…]`. */
export async function runConvert(
  paths: readonly string[],
  options: ConvertOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { root, folders, files } = targetsOf(paths, terminal.cwd);
  const progress = new Progress(terminal.stderr, root);
  try {
    const { files: sources, closed } = await sourcesOf({ root, folders, files });
    for (const words of closed) terminal.stderr.write(`Not looked at: ${words}.\n`);
    if (sources.length === 0) throw new CannotError(`There is no source file in ${root}`);
    requireRuntime(sources[0]!);
    const converted = await convertAll(root, sources, options, progress);
    progress.end();
    for (const file of converted) write(file, root, options, terminal);
    terminal.stdout.write(summaryOf(converted, root, options.dryRun ? 'to apply' : 'applied'));
    return converted.some(({ left }) => left.length > 0) ? FINDINGS : CLEAN;
  } finally {
    progress.end();
    closeNativeSessions();
  }
}

/** What is written imports the runtime: without it nothing would type-check, and all be left. */
function requireRuntime(file: string): void {
  try {
    createRequire(join(file, '..', 'anything.js')).resolve('mooring/package.json');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code !== 'MODULE_NOT_FOUND') throw new CannotError(message, { cause });
    throw new CannotError(
      'The package mooring is not installed in this project: what convert writes imports it',
      { cause },
    );
  }
}

async function convertAll(
  root: string,
  sources: readonly string[],
  { rule, config }: ConvertOptions,
  progress: Progress,
): Promise<Converted[]> {
  progress.step('reading the types');
  const own = config ? await ownConfigOf(root, sources) : noConfig(sources);
  const { languageOf, configOf } = await typesOfRun(root, own.files);
  const linter = new FileLinter({ root, preset: 'strict', own: own.of, languageOf, only: rule });
  const compiler = new Compiler(configOf);
  const converted: Converted[] = [];
  for (const [index, file] of own.files.entries()) {
    await progress.file(file, index, own.files.length);
    const before = textOf(file);
    const outcome = await convertFile(file, before, linter, compiler);
    const kept = await formatted(unlessOthersBreak(outcome, compiler), root, compiler);
    compiler.settle(file, kept.after);
    converted.push(kept);
  }
  return converted;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw cannotRead(file, cause);
  }
}

/** As the prettier of the project has it; a comment that quiets an error must not lose its line. */
async function formatted(outcome: Converted, root: string, compiler: Compiler): Promise<Converted> {
  const { file, before } = outcome;
  const after = await asPrettierWrites(root, file, before, outcome.after);
  if (after === outcome.after) return outcome;
  const isBroken = compiler.newErrors(file, before, after).length > 0;
  return isBroken ? outcome : { ...outcome, after };
}

/** A file keeps its text where another would have an error for what it exports now. */
function unlessOthersBreak(converted: Converted, compiler: Compiler): Converted {
  const { file, before, after, taken, left } = converted;
  if (before === after) return converted;
  const [error] = compiler.newErrorsElsewhere(file, before, after);
  if (error === undefined) return converted;
  const why = `another file would have an error: ${error}`;
  const undone = taken.map((rule) => ({ file, line: 1, rule, why }));
  return { file, before, after: before, taken: [], left: [...undone, ...left] };
}

function write(
  { file, before, after }: Converted,
  root: string,
  { dryRun }: ConvertOptions,
  terminal: Terminal,
): void {
  if (before === after) return;
  if (!dryRun) {
    writeText(file, after);
    return;
  }
  const name = portablePath(root, file);
  const options = { headerOptions: FILE_HEADERS_ONLY };
  terminal.stdout.write(
    createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, '', '', options),
  );
}

function summaryOf(converted: readonly Converted[], root: string, state: string): string {
  const taken = converted.flatMap((file) => file.taken);
  const changed = converted.filter(({ before, after }) => before !== after);
  const left = converted.flatMap((file) => file.left);
  const byRule = [...new Set(taken)]
    .sort()
    .map((rule) => `  ${taken.filter((each) => each === rule).length} ${rule}`);
  const reasons = left.map(
    ({ file, line, rule, why }) => `  ${relative(root, file)}:${line} ${rule}: ${why}`,
  );
  return [
    `${counted(taken.length, 'suggestion')} ${state} in ${counted(changed.length, 'file')}, ${left.length} left`,
    ...byRule,
    ...(left.length === 0 ? [] : ['left:', ...reasons]),
    '',
  ].join('\n');
}
