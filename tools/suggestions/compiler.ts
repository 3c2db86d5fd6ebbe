import { dirname } from 'node:path';

import ts from 'typescript';

/**
 * Compiles single files of TypeScript projects with a text in place of the one on disk, and says
 * what is wrong with them. One language service for each tsconfig: what it knows of the other files
 * holds from one text to the next.
 */
export class Compiler {
  readonly #projects: Map<string, CompiledProject> = new Map();
  readonly #configs: Map<string, ts.ParsedCommandLine> = new Map();

  /** The errors of a file with this text, each in one line. */
  errors(file: string, text: string): readonly string[] {
    return this.#projectOf(file).errors(file, text);
  }

  /** Errors that a text has and the text on disk has not. */
  newErrors(file: string, before: string, after: string): readonly string[] {
    const project = this.#projectOf(file);
    const known = [...project.knownErrors(file, before)];
    return project.errors(file, after).filter((error) => {
      const index = known.indexOf(error);
      if (index !== -1) known.splice(index, 1);
      return index === -1;
    });
  }

  #projectOf(file: string): CompiledProject {
    const found = ts.findConfigFile(dirname(file), ts.sys.fileExists);
    const config = found && this.#configWith(file, found);
    const key = config ?? `file ${file}`;
    let project = this.#projects.get(key);
    if (project === undefined) {
      const parsed = config === undefined ? ofItsOwn(file) : this.#read(config);
      project = new CompiledProject(parsed, config ? dirname(config) : dirname(file));
      this.#projects.set(key, project);
    }
    return project;
  }

  /** The nearest tsconfig, or one that it refers to, whichever has the file. */
  #configWith(file: string, config: string, seen = new Set<string>()): string | undefined {
    if (seen.has(config)) return undefined;
    seen.add(config);
    const { fileNames, projectReferences = [] } = this.#read(config);
    if (fileNames.includes(file)) return config;
    for (const reference of projectReferences) {
      const path = ts.resolveProjectReferencePath(reference);
      const found = ts.sys.fileExists(path) ? this.#configWith(file, path, seen) : undefined;
      if (found !== undefined) return found;
    }
    const above = ts.findConfigFile(dirname(dirname(config)), ts.sys.fileExists);
    return above === undefined ? undefined : this.#configWith(file, above, seen);
  }

  #read(config: string): ts.ParsedCommandLine {
    let parsed = this.#configs.get(config);
    if (parsed === undefined) {
      const { config: json } = ts.readConfigFile(config, ts.sys.readFile) as { config?: unknown };
      parsed = ts.parseJsonConfigFileContent(json ?? {}, ts.sys, dirname(config), {}, config);
      this.#configs.set(config, parsed);
    }
    return parsed;
  }
}

type Project = Pick<ts.ParsedCommandLine, 'fileNames' | 'options' | 'projectReferences'>;

/** As an editor has it, though TypeScript does not publish the member. */
interface Host extends ts.LanguageServiceHost {
  readonly useSourceOfProjectReferenceRedirect: () => boolean;
}

/** The library is read once for all projects that are compiled alike. */
const registry = ts.createDocumentRegistry();

/** Of all texts of all projects, since the registry goes by it. */
let versions = 0;

/** As `lintProject` has files that no tsconfig includes. */
function ofItsOwn(file: string): Project {
  return {
    fileNames: [file],
    options: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      jsx: ts.JsxEmit.Preserve,
      strict: true,
      skipLibCheck: true,
    },
  };
}

class CompiledProject {
  readonly #service: ts.LanguageService;
  #file = '';
  #text = '';
  #version = 0;
  /** Of the other files. The compiler asks for each of them each time, those of the library too. */
  readonly #snapshots = new Map<string, ts.IScriptSnapshot>();
  /** Several suggestions are compared with one text. */
  #known:
    | { readonly file: string; readonly text: string; readonly errors: readonly string[] }
    | undefined;

  constructor({ fileNames, options, projectReferences }: Project, folder: string) {
    const textOf = (path: string): string | undefined =>
      path === this.#file ? this.#text : ts.sys.readFile(path);
    const host: Host = {
      getCompilationSettings: () => ({ ...options, noEmit: true }),
      // As `lintProject` has them: a type of a project that is not built is that of its sources.
      getProjectReferences: () => projectReferences,
      useSourceOfProjectReferenceRedirect: () => true,
      getScriptFileNames: () => [...new Set([...fileNames, this.#file])],
      getScriptVersion: (path) => (path === this.#file ? String(this.#version) : '0'),
      getScriptSnapshot: (path) => this.#snapshotOf(path, textOf),
      getCurrentDirectory: () => folder,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: ts.sys.fileExists,
      readFile: textOf,
      readDirectory: ts.sys.readDirectory,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
      realpath: ts.sys.realpath!,
    };
    this.#service = ts.createLanguageService(host, registry);
  }

  /** The errors of a text that is asked about again and again. */
  knownErrors(file: string, text: string): readonly string[] {
    if (this.#known?.file !== file || this.#known.text !== text) {
      this.#known = { file, text, errors: this.errors(file, text) };
    }
    return this.#known.errors;
  }

  errors(file: string, text: string): readonly string[] {
    this.#file = file;
    this.#text = text;
    this.#version = ++versions;
    const found = [
      ...this.#service.getSyntacticDiagnostics(file),
      ...this.#service.getSemanticDiagnostics(file),
    ];
    return found
      .filter(({ category }) => category === ts.DiagnosticCategory.Error)
      .map(({ code, messageText }) => {
        const message = ts.flattenDiagnosticMessageText(messageText, ' ');
        return `TS${code}: ${message}`;
      });
  }

  #snapshotOf(
    path: string,
    textOf: (path: string) => string | undefined,
  ): ts.IScriptSnapshot | undefined {
    const known = path === this.#file ? undefined : this.#snapshots.get(path);
    if (known !== undefined) return known;
    const text = textOf(path);
    const snapshot = text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    if (snapshot !== undefined && path !== this.#file) this.#snapshots.set(path, snapshot);
    return snapshot;
  }
}
