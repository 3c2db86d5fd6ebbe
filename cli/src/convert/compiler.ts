import { dirname } from 'node:path';

import { OlderConfigs } from '../lint/older-configs.js';
import { OlderErrors } from '../lint/older-errors.js';
import { optionsBeside } from '../lint/older-projects.js';

/** Says whether a change of a file brings errors, by TypeScript 6 and the config of the file. */
export class Compiler {
  readonly #configOf: (file: string) => string | undefined;
  readonly #configs = new OlderConfigs();
  readonly #projects: Map<string, OlderErrors> = new Map();

  constructor(configOf: (file: string) => string | undefined) {
    this.#configOf = configOf;
  }

  /** Errors of the file that the text after has, and the one before has not. */
  newErrors(file: string, before: string, after: string): readonly string[] {
    return this.#projectOf(file).brought(file, before, after);
  }

  /** Errors of other files of the project, which use what the file exports. */
  newErrorsElsewhere(file: string, before: string, after: string): readonly string[] {
    return this.#projectOf(file).broughtElsewhere(file, before, after);
  }

  /** The text of a file that the next ones are compiled with, whatever has been tried of it. */
  settle(file: string, text: string): void {
    this.#projectOf(file).settle(file, text);
  }

  #projectOf(file: string): OlderErrors {
    const config = this.#configOf(file);
    const folder = dirname(config ?? file);
    const key = config ?? folder;
    let project = this.#projects.get(key);
    if (project === undefined) {
      const read = config === undefined ? undefined : this.#configs.read(config);
      project = new OlderErrors({
        files: read?.fileNames ?? [],
        options: read?.options ?? optionsBeside(),
        references: read?.projectReferences,
        folder,
      });
      this.#projects.set(key, project);
    }
    return project;
  }
}
