import { accessSync, constants } from 'node:fs';
import { join, relative } from 'node:path';

import type { Linter } from 'eslint';
import { type ConfigProblem, NativeFailure, prepareRun } from 'eslint-plugin-mooring/run';

import { CannotError } from '../command.js';
import { foldersAbove } from './missing-packages.js';
import { NATIVE } from './native-language.js';
import { nativeTypescript, nodeTypes } from './native-typescript.js';
import { cannotRead } from './targets.js';

/** How each file is parsed, and where its types come from. */
export interface TypesOfRun {
  readonly languageOf: (file: string) => Linter.Config;
  /** The config of the project of a file; of one in no project the config nearest to it. */
  readonly configOf: (file: string) => string | undefined;
  readonly notes: readonly string[];
}

/**
 * Types of TypeScript 7; of TypeScript 6 for files of a project that asks for what 7 has no more,
 * and where 7 has no program for this platform.
 *
 * @throws {CannotError} the `tsconfig.json` of all files is broken: it would give wrong types, or none.
 */
export async function typesOfRun(root: string, files: readonly string[]): Promise<TypesOfRun> {
  const paths = files.map((file) => file.replaceAll('\\', '/'));
  try {
    const { configOf: configs, problems } = prepareRun({
      files: paths,
      cwd: root,
      typescript: nativeTypescript,
      nodeTypes,
    });
    const configOf = (file: string): string | undefined => configs.get(file.replaceAll('\\', '/'));
    const broken = brokenNotes(problems.filter(isHarmful), files, configOf, root);
    const refused = refusedIn(problems);
    if (refused.size === 0) return { languageOf: () => NATIVE, configOf, notes: broken };
    const { olderTypes } = await import('./older-types.js');
    const isOlder = (file: string): boolean => refused.has(configOf(file) ?? '');
    const { language } = olderTypes(paths.filter(isOlder));
    return {
      languageOf: (file) => (isOlder(file) ? language : NATIVE),
      configOf,
      notes: [...broken, ...olderNotes(refused, root)],
    };
  } catch (error) {
    if (!(error instanceof NativeFailure)) throw error;
    if (error.loss !== 'install') {
      refuseClosedConfig(files);
      throw new CannotError(error.message, { cause: error });
    }
    const { olderTypes } = await import('./older-types.js');
    const { language, configOf } = olderTypes(paths);
    return {
      languageOf: () => language,
      configOf: (file) => configOf(file.replaceAll('\\', '/')),
      notes: [`TypeScript 6 was asked for types: ${error.message}`],
    };
  }
}

/**
 * TypeScript 7 says of a config that it may not read that there is no project.
 *
 * @throws {CannotError} there is one.
 */
function refuseClosedConfig(files: readonly string[]): void {
  for (const folder of new Set(files.flatMap(foldersAbove))) {
    const config = join(folder, 'tsconfig.json');
    try {
      accessSync(config, constants.R_OK);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cannotRead(config, cause);
    }
  }
}

/**
 * A broken config of one package, which extends a file that is generated perhaps, does not keep the
 * others from being looked at.
 *
 * @throws {CannotError} there are no others.
 */
function brokenNotes(
  broken: readonly ConfigProblem[],
  files: readonly string[],
  configOf: (file: string) => string | undefined,
  root: string,
): string[] {
  const configs = new Map(broken.map((problem) => [problem.config, problem]));
  const [first] = broken;
  if (first !== undefined && files.every((file) => configs.has(configOf(file) ?? ''))) {
    throw new CannotError(`${first.file} is broken: ${first.text}`);
  }
  return [...configs.values()].map(
    ({ file, text }) =>
      `${relative(root, file)} is broken, and the types of its files may be wrong: ${text}`,
  );
}

function olderNotes(refused: ReadonlyMap<string, string>, root: string): string[] {
  const configsBy = new Map<string, string[]>();
  for (const [config, what] of refused) {
    configsBy.set(what, [...(configsBy.get(what) ?? []), relative(root, config)]);
  }
  return [...configsBy].map(([what, [first, ...others]]) => {
    const also = others.length === 0 ? '' : ` and ${others.length} more`;
    return `${first}${also}: ${what} TypeScript 6 was asked for the types instead.`;
  });
}

/** Complaints that leave the types right: no input files, or a package that is not installed. */
const HARMLESS = new Set([18002, 18003, 6053]);

function isHarmful({ of, code, text }: ConfigProblem): boolean {
  return of === 'text' && (!HARMLESS.has(code) || isOwnFile(text));
}

/** `extends: '@tsconfig/node20'` waits for an install; `extends: './base.json'` is a mistake. */
function isOwnFile(text: string): boolean {
  return /^File '[./]/.test(text);
}

/**
 * Without what these say, TypeScript 7 does not find the modules that a project imports. For
 * `moduleResolution: node` it says that there is no such thing, and finds them all the same.
 */
const FINDS_MODULES = /'(baseUrl|moduleResolution=classic)/i;

/** The configs that TypeScript 7 cannot follow, and what it says of them. */
function refusedIn(problems: readonly ConfigProblem[]): ReadonlyMap<string, string> {
  const refused = new Map<string, string>();
  for (const { config, of, text } of problems) {
    const isRefused = of === 'options' && /has been removed/.test(text) && FINDS_MODULES.test(text);
    if (isRefused) refused.set(config, /^.*?removed\./.exec(text)?.[0] ?? text);
  }
  return refused;
}
