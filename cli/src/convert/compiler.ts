import { dirname } from 'node:path';

import ts from 'typescript';

/**
 * Says whether a change of a file brings errors, in the file itself and in the others of its project.
 * What is wrong already is nobody's fault here, and so is what another version of TypeScript would
 * say: only errors that were not there before count.
 */
export class Compiler {
  readonly #configOf: (file: string) => string | undefined;
  readonly #projects: Map<string, Project> = new Map();

  constructor(configOf: (file: string) => string | undefined) {
    this.#configOf = configOf;
  }

  /** Errors of the file that the text after has, and the one before has not. */
  newErrors(file: string, before: string, after: string): readonly string[] {
    const project = this.#projectOf(file);
    const known = project.errorsOf(file, before);
    return unknownTo(known, project.errorsOf(file, after));
  }

  /**
   * Errors of other files of the project, which use what the file exports. All of them are checked
   * only where the types of what it exports are others after the change, which they seldom are.
   */
  newErrorsElsewhere(file: string, before: string, after: string): readonly string[] {
    const project = this.#projectOf(file);
    if (project.declarationsOf(file, before) === project.declarationsOf(file, after)) return [];
    const known = project.errorsBeside(file, before);
    return unknownTo(known, project.errorsBeside(file, after));
  }

  #projectOf(file: string): Project {
    const config = this.#configOf(file);
    const key = config ?? dirname(file);
    const known = this.#projects.get(key) ?? new Project(config, dirname(file));
    this.#projects.set(key, known);
    return known;
  }
}

class Project {
  readonly #texts: Map<string, { readonly text: string; readonly version: number }> = new Map();
  /** Of the files that are as they were: the compiler asks for each of them after each change. */
  readonly #onDisk: Map<string, ts.IScriptSnapshot> = new Map();
  readonly #roots: Set<string>;
  readonly #service: ts.LanguageService;

  constructor(config: string | undefined, folder: string) {
    const { fileNames, options } = read(config);
    this.#roots = new Set(fileNames);
    this.#service = ts.createLanguageService(this.#host(options, folder));
  }

  errorsOf(file: string, text: string): readonly string[] {
    this.#put(file, text);
    const diagnostics = [
      ...this.#service.getSyntacticDiagnostics(file),
      ...this.#service.getSemanticDiagnostics(file),
    ];
    return diagnostics.filter(isError).map(wordsOf);
  }

  declarationsOf(file: string, text: string): string {
    this.#put(file, text);
    const { outputFiles } = this.#service.getEmitOutput(file, true, true);
    return outputFiles.map((output) => output.text).join('\n');
  }

  errorsBeside(file: string, text: string): readonly string[] {
    this.#put(file, text);
    const others = [...this.#roots].filter((other) => other !== file);
    return others.flatMap((other) =>
      this.#service.getSemanticDiagnostics(other).filter(isError).map(wordsOf),
    );
  }

  #put(file: string, text: string): void {
    this.#roots.add(file);
    const known = this.#texts.get(file);
    if (known?.text === text) return;
    this.#texts.set(file, { text, version: (known?.version ?? 0) + 1 });
  }

  #snapshotOf(file: string): ts.IScriptSnapshot | undefined {
    const given = this.#texts.get(file)?.text;
    if (given !== undefined) return ts.ScriptSnapshot.fromString(given);
    const known = this.#onDisk.get(file);
    if (known !== undefined) return known;
    const text = ts.sys.readFile(file);
    if (text === undefined) return undefined;
    const snapshot = ts.ScriptSnapshot.fromString(text);
    this.#onDisk.set(file, snapshot);
    return snapshot;
  }

  #host(options: ts.CompilerOptions, folder: string): ts.LanguageServiceHost {
    return {
      getCompilationSettings: () => options,
      getCurrentDirectory: () => folder,
      getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
      getScriptFileNames: () => [...this.#roots],
      getScriptVersion: (file) => String(this.#texts.get(file)?.version ?? 0),
      getScriptSnapshot: (file) => this.#snapshotOf(file),
      fileExists: (file) => ts.sys.fileExists(file),
      readFile: (file) => ts.sys.readFile(file),
      readDirectory: (...args) => ts.sys.readDirectory(...args),
      directoryExists: (path) => ts.sys.directoryExists(path),
      getDirectories: (path) => ts.sys.getDirectories(path),
      realpath: (path) => ts.sys.realpath?.(path) ?? path,
    };
  }
}

const FORCED: ts.CompilerOptions = {
  // What is asked for is given as text; nothing is written.
  noEmit: false,
  declaration: true,
  emitDeclarationOnly: true,
  declarationMap: false,
  allowJs: true,
  skipLibCheck: true,
  composite: false,
  incremental: false,
  ignoreDeprecations: '6.0',
};

const DEFAULTS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  types: ['*'],
};

function read(config: string | undefined): {
  readonly fileNames: readonly string[];
  readonly options: ts.CompilerOptions;
} {
  if (config === undefined) return { fileNames: [], options: { ...DEFAULTS, ...FORCED } };
  const { config: json } = ts.readConfigFile(config, ts.sys.readFile) as { config: unknown };
  const parsed = ts.parseJsonConfigFileContent(json, ts.sys, dirname(config), undefined, config);
  return { fileNames: parsed.fileNames, options: { ...parsed.options, ...FORCED } };
}

function isError({ category }: ts.Diagnostic): boolean {
  return category === ts.DiagnosticCategory.Error;
}

function wordsOf({ code, messageText }: ts.Diagnostic): string {
  return `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
}

/** Each of the known ones accounts for one. */
function unknownTo(known: readonly string[], errors: readonly string[]): string[] {
  const left = [...known];
  return errors.filter((error) => {
    const index = left.indexOf(error);
    if (index !== -1) left.splice(index, 1);
    return index === -1;
  });
}
