import { dirname, resolve } from 'node:path';

import ts from 'typescript';

/**
 * Says what is wrong with a tsconfig that has a say over these files, if something is: it would give
 * wrong types, or none.
 */
export function brokenTsconfig(files: readonly string[]): string | undefined {
  const checked = new Set<string>();
  for (const file of files) {
    const tsconfig = ts.findConfigFile(dirname(file), ts.sys.fileExists);
    const broken = tsconfig === undefined ? undefined : check(tsconfig, checked);
    if (broken !== undefined) return broken;
  }
  return undefined;
}

/** With the tsconfigs that it refers to, which may refer back. */
function check(tsconfig: string, checked: Set<string>): string | undefined {
  if (checked.has(tsconfig)) return undefined;
  checked.add(tsconfig);
  const { error, references } = read(tsconfig);
  if (error !== undefined) return says(error, tsconfig);
  for (const reference of references) {
    const path = ts.resolveProjectReferencePath(reference);
    const broken = ts.sys.fileExists(path) ? check(path, checked) : undefined;
    if (broken !== undefined) return broken;
  }
  return undefined;
}

interface Tsconfig {
  readonly error?: ts.Diagnostic | undefined;
  readonly references: readonly ts.ProjectReference[];
}

function read(tsconfig: string): Tsconfig {
  const file = ts.readConfigFile(tsconfig, ts.sys.readFile);
  const config: unknown = file.config;
  if (file.error !== undefined) return { error: file.error, references: [] };
  const { errors, projectReferences = [] } = ts.parseJsonConfigFileContent(
    config,
    ts.sys,
    dirname(tsconfig),
    undefined,
    tsconfig,
  );
  return { error: errors.find(isHarmful), references: projectReferences };
}

/** Complaints that leave the types right: no input files, or a package that is not installed. */
const HARMLESS = new Set([18002, 18003, 6053]);

function isHarmful(error: ts.Diagnostic): boolean {
  return !HARMLESS.has(error.code) || isOwnFile(textOf(error));
}

/** `extends: '@tsconfig/node20'` waits for an install; `extends: './base.json'` is a mistake. */
function isOwnFile(message: string): boolean {
  return /^File '[./]/.test(message);
}

/** The mistake may be in the file that the tsconfig extends. */
function says(error: ts.Diagnostic, tsconfig: string): string {
  const file = resolve(dirname(tsconfig), error.file?.fileName ?? tsconfig);
  return `${file} is broken: ${textOf(error)}`;
}

function textOf({ messageText }: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(messageText, ' ');
}
