import { dirname } from 'node:path';

import ts from 'typescript';

import type { Source } from './source.js';

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  jsx: ts.JsxEmit.Preserve,
  allowJs: true,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: ['node'],
};

/** Declarations of the library and of packages, parsed once for all programs. */
const declarations = new Map<string, ts.SourceFile | undefined>();

/**
 * One program of many sources that need not be on the disk. They are modules, so that none sees
 * another's names; what they import is found from the folders that their paths name.
 */
export function typedProgram(sources: readonly Source[]): ts.Program {
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  const disk = ts.createCompilerHost(OPTIONS);
  const folders = new Set(sources.map(({ path }) => dirname(path)));
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => texts.has(path) || disk.fileExists(path),
    readFile: (path) => texts.get(path) ?? disk.readFile(path),
    directoryExists: (path) => folders.has(path) || disk.directoryExists!(path),
    getSourceFile(path, options, ...rest) {
      const text = texts.get(path);
      if (text !== undefined) return ts.createSourceFile(path, text, options, true);
      if (!declarations.has(path)) {
        declarations.set(path, disk.getSourceFile(path, options, ...rest));
      }
      return declarations.get(path);
    },
  };
  return ts.createProgram([...texts.keys()], OPTIONS, host);
}
