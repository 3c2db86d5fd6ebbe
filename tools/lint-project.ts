/** Lints any TypeScript project with one of the presets, with no ESLint config of its own. */
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

import { ESLint, type Linter } from 'eslint';
import plugin, { type ConfigName } from 'eslint-plugin-mooring';

import { CannotError } from '#cli/command.js';
import { olderTypes } from '#cli/lint/older-types.js';
import { sourcesOf } from '#cli/lint/sources.js';
import { brokenTsconfig } from './broken-tsconfig.js';

/** What was linted, and what was found. */
export interface ProjectReport {
  readonly root: string;
  /** Results of all files, with reports of the preset's rules only. */
  readonly results: readonly ESLint.LintResult[];
  /** Files that could not be parsed, as `file:line:column message`, or `file message`. */
  readonly unparsed: readonly string[];
  /** Reports of each rule that has some. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Says in one sentence why a project cannot be linted. */
export class CannotLintError extends Error {
  override readonly name = 'CannotLintError';
}

export interface ProjectOptions {
  readonly preset: ConfigName;
  /** Configs after the preset's, for example of another plugin. */
  readonly more?: readonly Linter.Config[];
}

const SOURCES = '**/*.{ts,tsx,mts,cts}';

/**
 * One program for each tsconfig, and one for the files beside it that are in none: they are found
 * before any is opened.
 */
export async function lintProject(path: string, options: ProjectOptions): Promise<ProjectReport> {
  const { root, file } = lookAt(resolve(path));
  const files = file === undefined ? await sourcesIn(root) : [sourceFile(join(root, file))];
  if (files.length === 0) throw nothingToLint(path);
  const broken = brokenTsconfig(files);
  if (broken !== undefined) throw new CannotLintError(broken);
  const { language } = olderTypes(files.map((each) => each.replaceAll('\\', '/')));
  const results = await lintFiles(root, files, language, options);
  return report(root, results.sort(byPath), rulesOf(options));
}

async function sourcesIn(root: string): Promise<readonly string[]> {
  try {
    const { files } = await sourcesOf({ root, folders: [root], files: [] });
    return files.filter((file) => TYPESCRIPT.test(file));
  } catch (error) {
    if (error instanceof CannotError) throw new CannotLintError(`${error.message}.`);
    throw error;
  }
}

/** A comment of the project can turn on other rules, those of ESLint itself among them. */
function rulesOf({ preset, more = [] }: ProjectOptions): ReadonlySet<string> {
  const configs: readonly Linter.Config[] = [...plugin.configs[preset], ...more];
  return new Set(configs.flatMap(({ rules = {} }) => Object.keys(rules)));
}

async function lintFiles(
  root: string,
  files: readonly string[],
  language: Linter.Config,
  { preset, more = [] }: ProjectOptions,
): Promise<ESLint.LintResult[]> {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    ignore: false,
    warnIgnored: false,
    overrideConfig: [
      { linterOptions: { reportUnusedDisableDirectives: 'off' } },
      { ...language, files: [SOURCES] },
      ...plugin.configs[preset].map((part) => ({ ...part, files: [SOURCES] })),
      ...more,
    ],
  });
  try {
    return await eslint.lintFiles([...files]);
  } catch (error) {
    // A folder that is closed to us, a link to nowhere.
    const { code, path } = error as NodeJS.ErrnoException;
    throw code === undefined || path === undefined ? error : cannotRead(path, error);
  }
}

function report(
  root: string,
  all: readonly ESLint.LintResult[],
  rules: ReadonlySet<string>,
): ProjectReport {
  const unparsed: string[] = [];
  const counts = new Map<string, number>();
  const results = all.map((result) => {
    const messages = result.messages.filter((message) => {
      if (message.fatal) {
        unparsed.push(`${positionOf(root, result, message)} ${message.message}`);
      }
      return !message.fatal && message.ruleId !== null && rules.has(message.ruleId);
    });
    for (const { ruleId } of messages) counts.set(ruleId!, (counts.get(ruleId!) ?? 0) + 1);
    return { ...result, messages, errorCount: messages.length, warningCount: 0 };
  });
  if (unparsed.length === all.length) {
    throw new CannotLintError(`No file of ${root} can be parsed; the first: ${unparsed[0]}`);
  }
  return { root, results, unparsed, counts: new Map([...counts].sort()) };
}

/** A file whose tsconfig is refused has no line to point at. */
function positionOf(root: string, { filePath }: ESLint.LintResult, at: Linter.LintMessage): string {
  const file = relative(root, filePath);
  return (at.line as number | undefined) === undefined ? file : `${file}:${at.line}:${at.column}`;
}

interface Target {
  readonly root: string;
  /** The name of the one file to lint, in `root`. */
  readonly file?: string;
}

/** A link to a folder is followed: `extends: '../base.json'` is meant from where it leads. */
function lookAt(path: string): Target {
  try {
    if (!statSync(path).isDirectory()) {
      return { root: realpathSync(dirname(path)), file: basename(path) };
    }
    readdirSync(path);
    return { root: realpathSync(path) };
  } catch (cause) {
    throw cannotRead(path, cause);
  }
}

const TYPESCRIPT = /\.([cm]?ts|tsx)$/;

function sourceFile(path: string): string {
  if (TYPESCRIPT.test(path)) return path;
  throw new CannotLintError(`${path} is no TypeScript file.`);
}

function nothingToLint(path: string): CannotLintError {
  return new CannotLintError(
    `There is no TypeScript file to lint in ${path}; ` +
      'declarations, and what is installed, built or named in .gitignore, are left out.',
  );
}

function cannotRead(path: string, cause: unknown): CannotLintError {
  return new CannotLintError(`${path} cannot be read: ${reasonOf(cause)}.`, { cause });
}

/** The words of a system error: `ELOOP: too many symbolic links encountered, stat 'x'`. */
function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is nothing at that path';
  return message.match(/^[A-Z]+: (.*?), /)?.[1] ?? message;
}

function byPath(a: ESLint.LintResult, b: ESLint.LintResult): number {
  return a.filePath < b.filePath ? -1 : 1;
}
