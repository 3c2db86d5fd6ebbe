import { existsSync } from 'node:fs';

import type { NativeProject, NativeSnapshot, SnapshotChanges } from './native-api.js';
import { type Ask, NativeProgramChecker } from './native-checker.js';
import { type NativeCompiler, startCompiler } from './native-compiler.js';
import { NativeDisk } from './native-disk.js';
import { NativeFailure } from './native-failure.js';
import { NativeFile } from './native-file.js';
import type { NativeInstall } from './native-install.js';
import { isUsersOwn, NativeProjects } from './native-projects.js';

/**
 * One process of TypeScript's checker, and what it knows of the world. The checker sees the disk,
 * and one file as the linter has it: the one that is linted, which in an editor differs.
 *
 * The road not taken: to keep such texts for the files that are linted next. An editor does not
 * tell when a text is thrown away, and the answers would follow it for ever.
 */
export class NativeSession {
  readonly #install: NativeInstall;
  readonly #compiler: NativeCompiler;
  readonly #disk = new NativeDisk();
  readonly #projects = new NativeProjects((folder) => this.#disk.willList(folder));
  /**
   * The open file, one in no project of the user's. One at a time, or their project only grows; and
   * only these stay open, because an open file is not read again when it changes.
   */
  #alone: string | undefined;
  /** The linted file, where its text is not the one on disk. */
  #overlay: { readonly path: string; readonly text: string } | undefined;
  #snapshot: NativeSnapshot | undefined;
  #checkers: Map<NativeProject, NativeProgramChecker> = new Map();
  #linted = '';
  #ended: NativeFailure | undefined;

  /** @throws {NativeFailure} the process cannot be started. */
  constructor(install: NativeInstall, cwd: string) {
    this.#install = install;
    this.#compiler = this.#guard(() =>
      startCompiler(install, cwd, (path) => {
        this.#disk.willRead(path);
        return this.#overlay?.path === path ? this.#overlay.text : undefined;
      }),
    );
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  /**
   * A file as the linter has it, ready to be asked about until the next one is.
   *
   * @throws {NativeFailure}
   */
  file(path: string, text: string): NativeFile {
    this.#linted = path;
    return this.#guard(() => {
      this.#follow(path, text);
      let project = this.#projectOf(path, text);
      let sourceFile = project?.program.getSourceFile(path);
      if (sourceFile?.text !== text) {
        this.#overlay = { path, text };
        this.#update({ changed: [path] });
        project = this.#projectOf(path, text);
        sourceFile = project?.program.getSourceFile(path);
      }
      // A text with half a character in it comes back changed, but as long.
      if (project === undefined || sourceFile?.text.length !== text.length) {
        throw new Error('It has another text than the one that is linted.');
      }
      const checker = this.#checkerOf(project);
      return new NativeFile(project, checker, sourceFile, this.#compiler.enums, this.#asker());
    });
  }

  close(): void {
    this.#ended ??= new NativeFailure('process', 'The session is closed.');
    this.#compiler.close();
  }

  /** Tells the checker, in one go, how the world differs from that of the file before. */
  #follow(path: string, text: string): void {
    const onDisk = this.#disk.changesBefore(path);
    const changed = [...(onDisk?.changed ?? [])];
    const deleted = [...(onDisk?.deleted ?? [])];
    const before = this.#overlay;
    if (before !== undefined && (before.path !== path || before.text !== text)) {
      this.#overlay = before.path === path ? { path, text } : undefined;
      const isGone = before.path !== path && !existsSync(before.path);
      (isGone ? deleted : changed).push(before.path);
    }
    if (onDisk?.invalidateAll || onDisk?.created?.length || deleted.length > 0) {
      this.#projects.forget();
    }
    if (onDisk !== undefined || changed.length > 0 || deleted.length > 0) {
      this.#update({ ...onDisk, changed, deleted });
    }
  }

  #projectOf(path: string, text: string): NativeProject | undefined {
    const snapshot = this.#snapshot;
    if (snapshot !== undefined) {
      const project =
        path === this.#alone
          ? snapshot.getDefaultProjectForFile(path)
          : this.#projects.find(snapshot, path);
      if (project !== undefined) return project;
    }
    if (!existsSync(path)) this.#overlay = { path, text };
    const opened = this.#update({ openFiles: [path], changed: [path], closeFiles: this.#closed() });
    const project = opened.getDefaultProjectForFile(path);
    if (project === undefined || !isUsersOwn(project)) {
      this.#alone = path;
      return project;
    }
    this.#projects.remember(path, project);
    const kept = this.#update({ openProjects: [project.configFileName], closeFiles: [path] });
    return this.#projects.find(kept, path);
  }

  #closed(): string[] {
    const open = this.#alone === undefined ? [] : [this.#alone];
    this.#alone = undefined;
    return open;
  }

  #update(changes: SnapshotChanges): NativeSnapshot {
    const isStale = this.#alone !== undefined && changes.changed?.includes(this.#alone);
    this.#checkers = new Map();
    this.#snapshot = this.#compiler.update(
      isStale ? { ...changes, closeFiles: this.#closed() } : changes,
    );
    return this.#snapshot;
  }

  /** What is known of types is kept for as long as nothing changes, from file to file. */
  #checkerOf(project: NativeProject): NativeProgramChecker {
    let checker = this.#checkers.get(project);
    if (checker === undefined) {
      checker = new NativeProgramChecker(project, this.#compiler.enums, this.#asker());
      this.#checkers.set(project, checker);
    }
    return checker;
  }

  /** Types belong to the snapshot that they were found in, and end with it. */
  #asker(): Ask {
    const snapshot = this.#snapshot;
    return (question) =>
      this.#guard(() => {
        if (snapshot !== this.#snapshot) throw new Error('It was asked after the next file.');
        return question();
      });
  }

  #guard<Answer>(question: () => Answer): Answer {
    if (this.#ended !== undefined) throw this.#ended;
    try {
      return question();
    } catch (error) {
      if (error instanceof NativeFailure) throw error;
      const what = error instanceof Error ? error.message : String(error);
      const { version, folder } = this.#install;
      if (!isLossOfProcess(error)) {
        throw new NativeFailure(
          'question',
          `TypeScript ${version} in ${folder} has no answer about ${this.#linted}: ${what}`,
          error,
        );
      }
      this.#ended = new NativeFailure(
        'process',
        `The checker of TypeScript ${version} in ${folder} ended while ${this.#linted} was linted: ${what}. ` +
          'Nothing is known of the types of this file. Lint again; if it ends again, tell ' +
          'github.com/microsoft/typescript-go of it, and meanwhile take types from ' +
          "@typescript-eslint/parser (settings.mooring.types: 'parser-services').",
        error,
      );
      this.#compiler?.close();
      throw this.#ended;
    }
  }
}

/**
 * What TypeScript's channel says when the process is gone, or when the two no longer understand
 * each other; anything else is an answer of the process, which lives on.
 */
const LOSS =
  /EPIPE|EBADF|ECONNRESET|Unexpected EOF|is closed|Expected (fixed|positive|binary)|name mismatch|Invalid message type|callback/;

function isLossOfProcess(error: unknown): boolean {
  return error instanceof Error && LOSS.test(error.message);
}
