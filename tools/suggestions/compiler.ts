import { dirname } from 'node:path';

import ts from 'typescript';

import { OlderConfigs } from '#cli/lint/older-configs.js';
import { optionsBeside } from '#cli/lint/older-projects.js';

/**
 * Compiles single files of TypeScript projects with a text in place of the one on disk, and says
 * what is wrong with them. One language service for each tsconfig: what it knows of the other files
 * holds from one text to the next.
 */
export class Compiler {
  readonly #projects: Map<string, CompiledProject> = new Map();
  readonly #configs = new OlderConfigs();

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
    const around = this.#configs.around(dirname(file));
    const config = around.find((each) => this.#configs.names(each, file));
    const [nearest] = around;
    const key = config ?? `beside ${nearest ?? file}`;
    let project = this.#projects.get(key);
    if (project === undefined) {
      const parsed = config === undefined ? this.#beside(nearest) : this.#configs.read(config);
      project = new CompiledProject(parsed, dirname(config ?? nearest ?? file));
      this.#projects.set(key, project);
    }
    return project;
  }

  /** As `lintProject` has files that no tsconfig includes. */
  #beside(nearest: string | undefined): Project {
    const read = nearest === undefined ? undefined : this.#configs.read(nearest);
    return { ...read, fileNames: [], options: optionsBeside(read?.options) };
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
