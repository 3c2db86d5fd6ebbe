import ts from 'typescript';

export interface OlderProjectInput {
  readonly files: readonly string[];
  readonly options: ts.CompilerOptions;
  readonly references?: readonly ts.ProjectReference[] | undefined;
  readonly folder: string;
}

const FORCED: ts.CompilerOptions = {
  allowJs: true,
  noEmit: true,
  skipLibCheck: true,
  composite: false,
  incremental: false,
  // TypeScript 6 still does what 7 has no more, when it is asked to.
  ignoreDeprecations: '6.0',
};

/** As an editor has it, though TypeScript does not publish the member. */
interface Host extends ts.LanguageServiceHost {
  /** A type of a project that is not built is that of its sources. */
  readonly useSourceOfProjectReferenceRedirect: () => boolean;
}

/** Files that projects share are parsed once for all that are compiled alike. */
const registry = ts.createDocumentRegistry(ts.sys.useCaseSensitiveFileNames);

/** Of all texts of all projects: the registry goes by it. */
let versions = 0;

/** What TypeScript 6 knows of a config, where files may have other texts than on disk. */
export class OlderProject {
  readonly service: ts.LanguageService;
  readonly #named: ReadonlySet<string>;
  readonly #texts: Map<string, { readonly text: string; readonly version: number }> = new Map();
  /** Of the other files: the compiler asks for each of them after each change. */
  readonly #onDisk: Map<string, ts.IScriptSnapshot> = new Map();
  #version = 0;

  constructor(input: OlderProjectInput) {
    this.#named = new Set(input.files);
    this.service = ts.createLanguageService(this.#hostOf(input), registry);
  }

  get program(): ts.Program {
    return this.service.getProgram()!;
  }

  /** Those that the config names, and those that have a text. */
  get files(): ReadonlySet<string> {
    return new Set([...this.#named, ...this.#texts.keys()]);
  }

  /** The program, in which a file has this text: that after a fix is not the one on disk. */
  programWith(file: string, text: string): ts.Program {
    if (this.#texts.has(file) || ts.sys.readFile(file) !== text) this.put(file, text);
    return this.program;
  }

  /** Gives a file a text in place of the one on disk. */
  put(file: string, text: string): void {
    if (this.#texts.get(file)?.text === text) return;
    this.#texts.set(file, { text, version: (this.#version = ++versions) });
  }

  /** Gives a file the text on disk again. */
  drop(file: string): void {
    if (this.#texts.delete(file)) this.#version = ++versions;
  }

  #snapshotOf(path: string): ts.IScriptSnapshot | undefined {
    const given = this.#texts.get(path)?.text;
    if (given !== undefined) return ts.ScriptSnapshot.fromString(given);
    const known = this.#onDisk.get(path);
    if (known !== undefined) return known;
    const text = ts.sys.readFile(path);
    if (text === undefined) return undefined;
    const snapshot = ts.ScriptSnapshot.fromString(text);
    this.#onDisk.set(path, snapshot);
    return snapshot;
  }

  #hostOf({ options, references, folder }: OlderProjectInput): Host {
    return {
      getProjectVersion: () => String(this.#version),
      getCompilationSettings: () => ({ ...options, ...FORCED }),
      getProjectReferences: () => references,
      useSourceOfProjectReferenceRedirect: () => true,
      getScriptFileNames: () => [...this.files],
      getScriptVersion: (path) => String(this.#texts.get(path)?.version ?? 0),
      getScriptSnapshot: (path) => this.#snapshotOf(path),
      getCurrentDirectory: () => folder,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: ts.sys.fileExists,
      readFile: ts.sys.readFile,
      readDirectory: ts.sys.readDirectory,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
      realpath: (path) => ts.sys.realpath?.(path) ?? path,
    };
  }
}
