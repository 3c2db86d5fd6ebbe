/** Lints any TypeScript project with one of the presets, with no ESLint config of its own. */
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

import * as parser from '@typescript-eslint/parser';
import { ESLint, type Linter } from 'eslint';
import { includeIgnoreFile } from 'eslint/config';
import plugin, { type ConfigName } from 'eslint-plugin-mooring';
import ts from 'typescript';

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
const IGNORES = [
  '**/node_modules/',
  '**/dist/',
  '**/build/',
  '**/coverage/',
  '**/*.d.{ts,mts,cts}',
];

/** How the parser's project service says that no tsconfig includes a file. */
const IN_NO_PROJECT = /was not found by the project service/;

export async function lintProject(path: string, options: ProjectOptions): Promise<ProjectReport> {
  const { root, file } = lookAt(resolve(path));
  const files = file === undefined ? [SOURCES] : [sourceFile(join(root, file))];
  const service: Linter.Config = {
    files: [SOURCES],
    languageOptions: {
      parser,
      parserOptions: {
        projectService: true,
        tsconfigRootDir: root,
        // With CI=true the parser builds a program of each tsconfig by itself, and refuses one
        // whose packages are not installed.
        disallowAutomaticSingleRunInference: true,
      },
    },
  };
  const first = await lintFiles(root, files, service, options);
  if (first.length === 0) throw nothingToLint(path);
  const broken = brokenTsconfig(first.map(({ filePath }) => filePath));
  if (broken !== undefined) throw new CannotLintError(broken);

  const orphans = first.filter((result) => fatalOf(result)?.match(IN_NO_PROJECT));
  const second = orphans.length === 0 ? [] : await lintOrphans(root, orphans, options);
  const rest = first.filter((result) => !orphans.includes(result));
  return report(root, [...rest, ...second].sort(byPath), rulesOf(options));
}

/** A comment of the project can turn on other rules, those of ESLint itself among them. */
function rulesOf({ preset, more = [] }: ProjectOptions): ReadonlySet<string> {
  const configs: readonly Linter.Config[] = [...plugin.configs[preset], ...more];
  return new Set(configs.flatMap(({ rules = {} }) => Object.keys(rules)));
}

/** Files that no tsconfig includes get a program of their own. */
async function lintOrphans(
  root: string,
  orphans: readonly ESLint.LintResult[],
  options: ProjectOptions,
): Promise<ESLint.LintResult[]> {
  const paths = orphans.map((result) => result.filePath);
  const program = ts.createProgram(paths, {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    jsx: ts.JsxEmit.Preserve,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  });
  const config: Linter.Config = {
    files: [SOURCES],
    languageOptions: { parser, parserOptions: { programs: [program], tsconfigRootDir: root } },
  };
  return lintFiles(root, paths, config, options);
}

async function lintFiles(
  root: string,
  files: string[],
  config: Linter.Config,
  { preset, more = [] }: ProjectOptions,
): Promise<ESLint.LintResult[]> {
  const gitignore = gitignoreOf(root);
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    errorOnUnmatchedPattern: false,
    warnIgnored: false,
    overrideConfig: [
      { ignores: IGNORES },
      ...gitignore,
      { linterOptions: { reportUnusedDisableDirectives: 'off' } },
      config,
      ...plugin.configs[preset].map((part) => ({ ...part, files: [SOURCES] })),
      ...more,
    ],
  });
  try {
    return await eslint.lintFiles(files);
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

function gitignoreOf(root: string): Linter.Config[] {
  const path = join(root, '.gitignore');
  try {
    return [includeIgnoreFile(path)];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw cannotRead(path, error);
  }
}

function sourceFile(path: string): string {
  if (/\.([cm]?ts|tsx)$/.test(path)) return path;
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

function fatalOf(result: ESLint.LintResult): string | undefined {
  return result.messages.find((message) => message.fatal)?.message;
}

function byPath(a: ESLint.LintResult, b: ESLint.LintResult): number {
  return a.filePath < b.filePath ? -1 : 1;
}
