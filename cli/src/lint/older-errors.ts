import ts from 'typescript';

import { OlderProject, type OlderProjectInput } from './older-project.js';

/**
 * Which errors a change of a file brings, in the file itself and in the others of its project. What is
 * wrong already is nobody's fault here: only errors that were not there before count.
 */
export class OlderErrors {
  readonly #project: OlderProject;
  /** Several changes are compared with one text, for as long as the other files have theirs. */
  #known:
    | { readonly file: string; readonly text: string; readonly errors: readonly string[] }
    | undefined;

  constructor(input: OlderProjectInput) {
    this.#project = new OlderProject(input);
  }

  /** What is wrong with a file that has this text, each in one line. The project has it from then on. */
  with(file: string, text: string): readonly string[] {
    this.settle(file, text);
    return this.#errorsOf(file);
  }

  /** Errors of the file that the text after has, and the one before has not. */
  brought(file: string, before: string, after: string): readonly string[] {
    return unknownTo(this.#knownWith(file, before), this.with(file, after));
  }

  /**
   * Errors of other files, which use what the file exports. All of them are checked only where the types
   * of what it exports are others after the change, which they seldom are.
   */
  broughtElsewhere(file: string, before: string, after: string): readonly string[] {
    if (this.#declarations(file, before) === this.#declarations(file, after)) return [];
    const known = this.#errorsBeside(file, before);
    return unknownTo(known, this.#errorsBeside(file, after));
  }

  /** The file has this text, whatever has been tried of it; without one, that on disk. */
  settle(file: string, text?: string): void {
    if (this.#known?.file !== file) this.#known = undefined;
    if (text === undefined) this.#project.drop(file);
    else this.#project.put(file, text);
  }

  #knownWith(file: string, text: string): readonly string[] {
    if (this.#known?.file !== file || this.#known.text !== text) {
      this.#known = { file, text, errors: this.with(file, text) };
    }
    return this.#known.errors;
  }

  #declarations(file: string, text: string): string {
    this.settle(file, text);
    const { outputFiles } = this.#project.service.getEmitOutput(file, true, true);
    return outputFiles.map((output) => output.text).join('\n');
  }

  #errorsBeside(file: string, text: string): readonly string[] {
    this.settle(file, text);
    const others = [...this.#project.files].filter((other) => other !== file);
    return others.flatMap((other) => this.#errorsOf(other));
  }

  #errorsOf(file: string): readonly string[] {
    const { service } = this.#project;
    return [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)]
      .filter(({ category }) => category === ts.DiagnosticCategory.Error)
      .map(wordsOf);
  }
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
