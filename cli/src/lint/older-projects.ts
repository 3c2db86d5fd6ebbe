import { dirname } from 'node:path';

import ts from 'typescript';

import { OlderConfigs } from './older-configs.js';
import { OlderProject } from './older-project.js';

/** What a file has that no tsconfig speaks of. */
const DEFAULTS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  jsx: ts.JsxEmit.Preserve,
  strict: true,
  types: ['*'],
};

/** What a file in no project is compiled with: what the config nearest to it says, if there is one. */
export function optionsBeside(nearest: ts.CompilerOptions = {}): ts.CompilerOptions {
  // The names of one such file are not another's.
  return { ...DEFAULTS, ...nearest, moduleDetection: ts.ModuleDetectionKind.Force };
}

/**
 * The projects of TypeScript 6 that the files of a run belong to. All files are told of before any is
 * opened, and those in no project share one for each config above them.
 *
 * The road not taken: typescript-eslint's project service. It is given one file after the other, and one
 * that is in no project is looked for in all that are near, and gets a project that is made up for it.
 */
export class OlderProjects {
  readonly #configs = new OlderConfigs();
  readonly #configOf: Map<string, string> = new Map();
  readonly #projects: Map<string, OlderProject> = new Map();
  readonly #orphans: ReadonlyMap<string | undefined, readonly string[]>;
  readonly #orphanages: Map<string | undefined, OlderProject> = new Map();

  /** @param files absolute, with slashes. */
  constructor(files: readonly string[]) {
    const around = (file: string): readonly string[] => this.#configs.around(dirname(file));
    for (const file of files) {
      const config = around(file).find((each) => this.#configs.names(each, file));
      if (config !== undefined) this.#configOf.set(file, config);
    }
    const used = new Set(this.#configOf.values());
    const others = files.filter((file) => !this.#configOf.has(file));
    const orphans = new Map<string | undefined, string[]>();
    for (const file of others) {
      // What a project imports is its own too. One of which no file is looked at is not loaded for it.
      const config = around(file).find((each) => used.has(each) && this.#imports(each, file));
      const [nearest] = around(file);
      if (config !== undefined) this.#configOf.set(file, config);
      else orphans.set(nearest, [...(orphans.get(nearest) ?? []), file]);
    }
    this.#orphans = orphans;
  }

  /** The config of the project of a file; of one in no project the config nearest to it. */
  configOf(file: string): string | undefined {
    return this.#configOf.get(file) ?? this.#configs.around(dirname(file))[0];
  }

  /** Made when it is first asked for. */
  projectOf(file: string): OlderProject {
    const config = this.#configOf.get(file);
    return config === undefined ? this.#orphanageOf(file) : this.#projectAt(config);
  }

  #imports(config: string, file: string): boolean {
    return this.#projectAt(config).program.getSourceFile(file) !== undefined;
  }

  #projectAt(config: string): OlderProject {
    const known = this.#projects.get(config);
    if (known !== undefined) return known;
    const { fileNames, options, projectReferences } = this.#configs.read(config);
    const project = new OlderProject({
      files: fileNames,
      options,
      references: projectReferences,
      folder: dirname(config),
    });
    this.#projects.set(config, project);
    return project;
  }

  #orphanageOf(file: string): OlderProject {
    const [nearest] = this.#configs.around(dirname(file));
    const known = this.#orphanages.get(nearest);
    if (known !== undefined) return known;
    const read = nearest === undefined ? undefined : this.#configs.read(nearest);
    const project = new OlderProject({
      files: this.#orphans.get(nearest) ?? [file],
      options: optionsBeside(read?.options),
      references: read?.projectReferences,
      folder: dirname(nearest ?? file),
    });
    this.#orphanages.set(nearest, project);
    return project;
  }
}
