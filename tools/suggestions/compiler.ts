import { dirname } from 'node:path';

import { OlderConfigs } from '#cli/lint/older-configs.js';
import { OlderErrors } from '#cli/lint/older-errors.js';
import { optionsBeside } from '#cli/lint/older-projects.js';

/**
 * Compiles single files of TypeScript projects with a text in place of the one on disk, and says
 * what is wrong with them. What is known of the other files holds from one text to the next.
 */
export class Compiler {
  readonly #configs = new OlderConfigs();
  readonly #projects: Map<string, OlderErrors> = new Map();

  /** The errors of a file with this text, each in one line. */
  errors(file: string, text: string): readonly string[] {
    return this.#alone(file, (project) => project.with(file, text));
  }

  /** Errors that a text has and the text before it has not. */
  newErrors(file: string, before: string, after: string): readonly string[] {
    return this.#alone(file, (project) => project.brought(file, before, after));
  }

  /** The other files are as they are on disk. */
  #alone<Answer>(file: string, question: (project: OlderErrors) => Answer): Answer {
    const project = this.#projectOf(file);
    const answer = question(project);
    project.settle(file);
    return answer;
  }

  #projectOf(file: string): OlderErrors {
    const around = this.#configs.around(dirname(file));
    const config = around.find((each) => this.#configs.names(each, file));
    const [nearest] = around;
    const key = config ?? `beside ${nearest ?? file}`;
    let project = this.#projects.get(key);
    if (project === undefined) {
      const read = nearest === undefined ? undefined : this.#configs.read(config ?? nearest);
      project = new OlderErrors({
        files: config === undefined ? [] : read!.fileNames,
        // As `lintProject` has files that no tsconfig includes.
        options: config === undefined ? optionsBeside(read?.options) : read!.options,
        references: read?.projectReferences,
        folder: dirname(config ?? nearest ?? file),
      });
      this.#projects.set(key, project);
    }
    return project;
  }
}
