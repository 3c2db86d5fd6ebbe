/** The program that is written in the page, as TypeScript sees it. */
import ts from 'typescript';

import { files, isFolder, PROGRAM } from './files.js';

const LIBRARY = '/node_modules/typescript/lib';

const OPTIONS = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
};

/** Parsed once: between two programs only the file that is written differs. */
const parsed = new Map();

const host = {
  fileExists: (path) => files.has(path),
  readFile: (path) => files.get(path),
  directoryExists: isFolder,
  getCurrentDirectory: () => '/',
  getDefaultLibLocation: () => LIBRARY,
  getDefaultLibFileName: () => `${LIBRARY}/lib.esnext.d.ts`,
  getCanonicalFileName: (path) => path,
  useCaseSensitiveFileNames: () => true,
  getNewLine: () => '\n',
  writeFile: () => {},
  getSourceFile(path, languageVersion) {
    const text = files.get(path);
    if (text === undefined) return undefined;
    const known = parsed.get(path);
    if (known?.text === text) return known;
    const file = ts.createSourceFile(path, text, languageVersion, true);
    parsed.set(path, file);
    return file;
  },
};

let last;

/** @returns the program in which {@link PROGRAM} is this text. */
export function programOf(text) {
  if (last !== undefined && files.get(PROGRAM) === text) return last;
  files.set(PROGRAM, text);
  last = ts.createProgram([PROGRAM], OPTIONS, host, last);
  return last;
}

/** What the compiler itself has against the program. */
export function mistakesIn(program) {
  const file = program.getSourceFile(PROGRAM);
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ start = 0, length = 0, messageText }) => ({
      from: start,
      to: start + length,
      message: ts.flattenDiagnosticMessageText(messageText, '\n'),
    }),
  );
}

/**
 * @param modules where each module that there is lies.
 * @returns the program as a browser runs it.
 */
export function javascriptOf(text, modules) {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { ...OPTIONS, noEmit: false, verbatimModuleSyntax: false },
    fileName: PROGRAM,
  });
  const { importedFiles } = ts.preProcessFile(outputText, true, true);
  let javascript = outputText;
  for (const { fileName, pos } of importedFiles.toReversed()) {
    const module = modules[fileName];
    if (module === undefined) {
      const names = Object.keys(modules).join(', ');
      throw new Error(`The playground has no '${fileName}'. There are ${names}.`);
    }
    const start = javascript.indexOf(fileName, pos);
    javascript = javascript.slice(0, start) + module + javascript.slice(start + fileName.length);
  }
  return javascript;
}
