import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';

import { closeNativeSessions } from 'eslint-plugin-mooring/run';

import { CannotError, CLEAN, type ExitCode, FINDINGS } from '../command.js';
import type { Terminal } from '../terminal.js';
import { pageUrl } from '../version.js';
import { compared, writeBaseline } from './baseline.js';
import type { CheckOptions } from './command.js';
import { type CheckReport, counted } from '../lint/finding.js';
import { formatted } from './formats/formatted.js';
import { lint } from '../lint/lint.js';
import { missingNote } from '../lint/missing-packages.js';
import { noConfig, ownConfigOf } from '../lint/own-config.js';
import { Progress } from '../progress.js';
import { type Sources, sourcesOf } from '../lint/sources.js';
import { type Targets, targetsOf } from '../lint/targets.js';
import { typesOfRun } from '../lint/types-of-run.js';
import { writeText } from '../write-text.js';

/** `mooring check [PATH…]`. */
export async function runCheck(
  paths: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (options.updateBaseline && options.baseline === undefined) {
    throw new CannotError('--update-baseline asks for --baseline FILE: the file that it writes');
  }
  const report = await checked(paths, options, terminal);
  if (options.updateBaseline) {
    const file = baselineAt(options.baseline!, terminal);
    const count = counted(writeBaseline(file, report), 'finding');
    const name = relative(terminal.cwd, file);
    terminal.stdout.write(
      `${name} lists ${count}; with --baseline ${name} only what is new counts.\n`,
    );
    return CLEAN;
  }
  const text = await formatted(report, options.format, terminal);
  if (options.output === undefined) terminal.stdout.write(text);
  else writeText(resolve(terminal.cwd, options.output), text);
  // A file of which nothing is known is no clean one, however many findings are put up with.
  const isClean = report.findings.length <= options.max && report.unparsed.length === 0;
  return isClean ? CLEAN : FINDINGS;
}

/** Lints what the paths name, and leaves out what the baseline lists. */
export async function checked(
  paths: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
): Promise<CheckReport> {
  const targets = targetsOf(paths, terminal.cwd);
  const progress = new Progress(terminal.stderr, targets.root);
  try {
    progress.step('looking for files');
    const sources = await sourcesOf(targets);
    const linted = await lintAll(targets, sources, options, progress);
    const { baseline, updateBaseline } = options;
    if (baseline === undefined || updateBaseline) return { ...linted, known: 0, gone: 0 };
    return { ...linted, ...compared(baselineAt(baseline, terminal), linted) };
  } finally {
    progress.end();
    closeNativeSessions();
  }
}

/** Where it really is, as the files that it names: a project can be reached by a link. */
function baselineAt(path: string, { cwd }: Terminal): string {
  const file = resolve(cwd, path);
  const folder = dirname(file);
  return existsSync(folder) ? join(realpathSync(folder), basename(file)) : file;
}

type Found = Omit<CheckReport, 'gone' | 'known'>;

async function lintAll(
  targets: Targets,
  all: Sources,
  options: CheckOptions,
  progress: Progress,
): Promise<Found> {
  const { root } = targets;
  const { files: sources, components } = all;
  if (sources.length === 0) throw nothingToLint(targets, all);
  if (options.config) progress.step('reading the ESLint config');
  const own = options.config ? await ownConfigOf(root, sources) : noConfig(sources);
  if (own.files.length === 0) throw nothingToLint(targets, all);
  progress.step(`reading the types of ${counted(own.files.length, 'file')}`);
  const types = await typesOfRun(root, own.files);
  let index = 0;
  const linted = await lint({
    root,
    files: own.files,
    preset: options.preset,
    own,
    types,
    fix: options.fix ?? false,
    onFile: (file) => progress.file(file, index++, own.files.length),
  });
  const notes = [
    ...own.notes,
    ...types.notes,
    missingNote(own.files),
    notSeen(components),
    ...notOpened(all),
  ].filter((note) => note !== undefined);
  return { ...linted, root, preset: options.preset, files: own.files, notes };
}

function nothingToLint({ root, folders, files }: Targets, all: Sources): CannotError {
  const [only = root] = [...folders, ...files];
  const others = [notSeen(all.components), ...notOpened(all)].filter((note) => note !== undefined);
  const nothing =
    `There is no source file to check in ${only}; declarations, hidden folders, and what is ` +
    'installed, built, or named in .gitignore or by the ESLint config, are left out';
  return new CannotError([nothing, ...others].join('. '));
}

function notOpened({ closed }: Pick<Sources, 'closed'>): string[] {
  return closed.map((words) => `Not looked at: ${words}`);
}

function notSeen(components: readonly string[]): string | undefined {
  if (components.length === 0) return undefined;
  const endings = [...new Set(components.map((file) => extname(file)))].join(', ');
  return (
    `Not looked at: ${counted(components.length, 'component')} (${endings}); ` +
    `ESLint with their parser does it: ${pageUrl('frameworks.md')}`
  );
}
