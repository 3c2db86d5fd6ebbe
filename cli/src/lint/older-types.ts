import { dirname } from 'node:path';

import * as parser from '@typescript-eslint/parser';
import type { Linter } from 'eslint';
import ts from 'typescript';

/** What a file has that no tsconfig speaks of. */
const DEFAULTS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  jsx: ts.JsxEmit.Preserve,
  strict: true,
  types: ['*'],
};

const FORCED: ts.CompilerOptions = {
  allowJs: true,
  noEmit: true,
  skipLibCheck: true,
  composite: false,
  incremental: false,
  // TypeScript 6 still does what 7 has no more, when it is asked to.
  ignoreDeprecations: '6.0',
};

/** For an editor, whose texts are not on disk: typescript-eslint keeps the projects of open files. */
export const OLDER_IN_EDITOR: Linter.Config = {
  languageOptions: { parser, parserOptions: { projectService: true } },
  settings: { mooring: { types: 'parser-services' } },
};

/** One program of TypeScript 6 for each config, with the files that it leaves out. */
export function olderTypes(
  files: readonly string[],
  configOf: (file: string) => string | undefined,
): (file: string) => Linter.Config {
  const byConfig = new Map<string | undefined, string[]>();
  for (const file of files) {
    const config = configOf(file);
    byConfig.set(config, [...(byConfig.get(config) ?? []), file]);
  }
  const languages = new Map<string | undefined, Linter.Config>();
  return (file) => {
    const config = configOf(file.replaceAll('\\', '/'));
    const known = languages.get(config) ?? languageOf(config, byConfig.get(config) ?? [file]);
    languages.set(config, known);
    return known;
  };
}

export function nearestConfig(file: string): string | undefined {
  return ts.findConfigFile(dirname(file), ts.sys.fileExists);
}

function languageOf(config: string | undefined, files: readonly string[]): Linter.Config {
  const { fileNames, options } =
    config === undefined ? { fileNames: [], options: DEFAULTS } : read(config);
  const program = ts.createProgram([...new Set([...fileNames, ...files])], {
    ...options,
    ...FORCED,
  });
  return {
    languageOptions: { parser, parserOptions: { programs: [program], tsconfigRootDir: '/' } },
    settings: { mooring: { types: 'parser-services' } },
  };
}

function read(config: string): ts.ParsedCommandLine {
  const { config: json } = ts.readConfigFile(config, ts.sys.readFile) as { config: unknown };
  return ts.parseJsonConfigFileContent(json, ts.sys, dirname(config), undefined, config);
}
