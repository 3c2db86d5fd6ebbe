import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Linter } from 'eslint';

import { FileLinter, isFatal, isOff } from '../lint/file-linter.js';
import { NATIVE } from '../lint/native-language.js';
import { type OwnConfig, ownConfigOf } from '../lint/own-config.js';
import type { Preset } from '../lint/preset.js';
import { isRefused } from '../lint/refused-config.js';
import { isSource } from '../lint/sources.js';
import { isIn } from '../lint/targets.js';

/** The folders that an editor has open, and what their ESLint configs say. */
export class Workspace {
  readonly #say: (note: string) => void;
  readonly #fixed: Preset | undefined;
  #preferred: Preset | undefined;
  readonly #folders: Set<string> = new Set();
  readonly #owns: Map<string, Promise<OwnConfig>> = new Map();
  readonly #said: Set<string> = new Set();

  /** `preset`: the one of the command line, before that of the editor. */
  constructor(preset: Preset | undefined, say: (note: string) => void) {
    this.#fixed = preset;
    this.#say = say;
  }

  prefer(preset: Preset | undefined): void {
    this.#preferred = preset;
  }

  add(uris: readonly string[]): void {
    for (const folder of foldersOf(uris)) this.#folders.add(folder);
  }

  remove(uris: readonly string[]): void {
    for (const folder of foldersOf(uris)) this.#folders.delete(folder);
  }

  /** An ESLint config was changed. */
  forget(): void {
    this.#owns.clear();
  }

  /** What is reported in a text; `undefined` where this server says nothing of the file. */
  async lint(uri: string, text: string): Promise<readonly Linter.LintMessage[] | undefined> {
    if (!uri.startsWith('file:')) return undefined;
    const file = fileURLToPath(uri);
    if (!isSource(file) || file.includes('/node_modules/')) return undefined;
    const root = this.#rootOf(file);
    const own = await this.#ownOf(root, file);
    for (const note of own.notes) this.#sayOnce(note);
    if (own.files.length === 0) return undefined;
    const rules = Object.entries(own.of(file)?.rules ?? {});
    if (rules.some(([, entry]) => !isOff(entry))) {
      this.#sayOnce(
        'mooring lsp is silent here: the ESLint config has our rules, and the ESLint extension ' +
          'shows them.',
      );
      return undefined;
    }
    const preset = this.#fixed ?? this.#preferred;
    const lint = (language: Linter.Config): Promise<readonly Linter.LintMessage[]> =>
      new FileLinter({ root, preset, own: own.of, languageOf: () => language }).lint(file, text);
    if (!isRefused(file)) return await lint(NATIVE);
    const { OLDER_IN_EDITOR } = await import('../lint/older-types.js');
    const messages = await lint(OLDER_IN_EDITOR);
    // A file that its project does not name has no types there.
    return messages.some(isFatal) ? await lint(NATIVE) : messages;
  }

  /** The innermost open folder that has the file, else the file's own. */
  #rootOf(file: string): string {
    const around = [...this.#folders].filter((folder) => isIn(file, folder));
    return around.sort((a, b) => b.length - a.length)[0] ?? dirname(file);
  }

  #ownOf(root: string, file: string): Promise<OwnConfig> {
    const known = this.#owns.get(file) ?? ownConfigOf(root, [file]);
    this.#owns.set(file, known);
    return known;
  }

  #sayOnce(note: string): void {
    if (this.#said.has(note)) return;
    this.#said.add(note);
    this.#say(note);
  }
}

/** An editor can have folders that are on no disk, of a repository that it reads over the network. */
function foldersOf(uris: readonly string[]): string[] {
  return uris.filter((uri) => uri.startsWith('file:')).map((uri) => fileURLToPath(uri));
}
