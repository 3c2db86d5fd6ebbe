/** Lints any TypeScript project with one of the presets, with no ESLint config of its own. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

import { includeIgnoreFile } from '@eslint/compat';
import * as parser from '@typescript-eslint/parser';
import { ESLint, type Linter } from 'eslint';
import plugin, { type ConfigName } from 'eslint-plugin-mooring';
import ts from 'typescript';

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
  const root = folderOf(path);
  const files = root === resolve(path) ? [SOURCES] : [sourceFile(resolve(path))];
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
  checkTsconfigs(first);

  const orphans = first.filter((result) => fatalOf(result)?.match(IN_NO_PROJECT));
  const second = orphans.length === 0 ? [] : await lintOrphans(root, orphans, options);
  const rest = first.filter((result) => !orphans.includes(result));
  return report(root, [...rest, ...second].sort(byPath));
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
  const gitignore = join(root, '.gitignore');
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    errorOnUnmatchedPattern: false,
    warnIgnored: false,
    overrideConfig: [
      { ignores: IGNORES },
      ...(existsSync(gitignore) ? [includeIgnoreFile(gitignore)] : []),
      { linterOptions: { reportUnusedDisableDirectives: 'off' } },
      config,
      ...plugin.configs[preset].map((part) => ({ ...part, files: [SOURCES] })),
      ...more,
    ],
  });
  const results = await eslint.lintFiles(files);
  if (results.length === 0) {
    throw new CannotLintError(`There is no TypeScript file to lint in ${root}.`);
  }
  return results;
}

function report(root: string, all: readonly ESLint.LintResult[]): ProjectReport {
  const unparsed: string[] = [];
  const counts = new Map<string, number>();
  const results = all.map((result) => {
    const messages = result.messages.filter((message) => {
      if (message.fatal) {
        unparsed.push(`${positionOf(root, result, message)} ${message.message}`);
      }
      // A comment of the project can turn on rules of plugins that are not loaded here.
      return !message.fatal && message.ruleId !== null && isLoaded(message);
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

function isLoaded(message: Linter.LintMessage): boolean {
  return !/^Definition for rule .* not found/.test(message.message);
}

function folderOf(path: string): string {
  const absolute = resolve(path);
  try {
    const isFolder = statSync(absolute).isDirectory();
    if (isFolder) readdirSync(absolute);
    return isFolder ? absolute : dirname(absolute);
  } catch (cause) {
    throw new CannotLintError(`${absolute} cannot be read: ${reasonOf(cause)}.`, { cause });
  }
}

function sourceFile(path: string): string {
  if (/\.([cm]?ts|tsx)$/.test(path)) return path;
  throw new CannotLintError(`${path} is no TypeScript file.`);
}

/** The words of a system error: `ELOOP: too many symbolic links encountered, stat 'x'`. */
function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is nothing at that path';
  return message.match(/^[A-Z]+: (.*?), /)?.[1] ?? message;
}

/** A tsconfig with an error in it would give wrong types, or none. */
function checkTsconfigs(results: readonly ESLint.LintResult[]): void {
  const checked = new Set<string>();
  for (const { filePath } of results) {
    const tsconfig = ts.findConfigFile(dirname(filePath), ts.sys.fileExists);
    if (tsconfig === undefined || checked.has(tsconfig)) continue;
    checked.add(tsconfig);
    const error = errorOf(tsconfig);
    if (error !== undefined) {
      throw new CannotLintError(`${tsconfig} is broken: ${error}`);
    }
  }
}

/** Complaints that leave the types right: no input files, or a package that is not installed. */
const HARMLESS = new Set([18002, 18003, 6053]);

function errorOf(tsconfig: string): string | undefined {
  const read = ts.readConfigFile(tsconfig, ts.sys.readFile);
  const config: unknown = read.config;
  const { error } = read;
  const errors =
    error !== undefined
      ? [error]
      : ts
          .parseJsonConfigFileContent(config, ts.sys, dirname(tsconfig), undefined, tsconfig)
          .errors.filter(({ code, messageText }) => !HARMLESS.has(code) || isOwnFile(messageText));
  return errors[0] && ts.flattenDiagnosticMessageText(errors[0].messageText, ' ');
}

/** `extends: '@tsconfig/node20'` waits for an install; `extends: './base.json'` is a mistake. */
function isOwnFile(message: ts.DiagnosticMessageChain | string): boolean {
  return /^File '[./]/.test(ts.flattenDiagnosticMessageText(message, ' '));
}

function fatalOf(result: ESLint.LintResult): string | undefined {
  return result.messages.find((message) => message.fatal)?.message;
}

function byPath(a: ESLint.LintResult, b: ESLint.LintResult): number {
  return a.filePath < b.filePath ? -1 : 1;
}
