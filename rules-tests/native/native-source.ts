import { fileURLToPath } from 'node:url';

import type { Enumerations, NativeSourceFile } from '../../eslint-plugin/src/types/native/api.js';
import {
  type NativeCompiler,
  startCompiler,
} from '../../eslint-plugin/src/types/native/compiler.js';
import { findInstall } from '../../eslint-plugin/src/types/native/install.js';

const here = fileURLToPath(new URL('.', import.meta.url));

/** A file as TypeScript 7 reads it, without a session around. */
export class NativeSources {
  readonly #texts = new Map<string, string>();
  readonly #compiler: NativeCompiler;
  #open: string | undefined;

  constructor() {
    const install = findInstall('typescript-7', [here]);
    this.#compiler = startCompiler(install, here, {
      read: (path) => this.#texts.get(path),
      has: (path) => this.#texts.has(path),
    });
    // Keeps the default library from being read for each file anew.
    this.read(`${here}nowhere/anchor.ts`, '');
    this.#open = undefined;
  }

  get enums(): Enumerations {
    return this.#compiler.enums;
  }

  /** The tree of a text, as the file of that name. Ends the trees before it. */
  read(path: string, text: string): NativeSourceFile {
    this.#texts.set(path, text);
    if (this.#open !== undefined) this.#compiler.update({ closeFiles: [this.#open] });
    this.#open = path;
    const snapshot = this.#compiler.update({ openFiles: [path], changed: [path] });
    const file = snapshot.getDefaultProjectForFile(path)?.program.getSourceFile(path);
    if (file === undefined) throw new Error(`TypeScript has not read ${path}.`);
    return file;
  }

  close(): void {
    this.#compiler.close();
  }
}
