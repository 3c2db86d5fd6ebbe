import type { NativeProject } from './api.js';
import type { Ask } from './asked-once.js';
import { NativeProgramChecker } from './checker.js';
import type { RunProjects } from './config-problems.js';
import { NativeFailure } from './failure.js';
import { NativeFile } from './file.js';
import type { NativeInstall } from './install.js';
import type { RunFiles } from './orphans.js';
import { type NativePlace, NativeWorld } from './world.js';

/**
 * A process of TypeScript's checker, from its first question to its end. What goes wrong in it
 * comes out as a `NativeFailure`, whatever it was.
 */
export class NativeSession {
  readonly #install: NativeInstall;
  readonly #cwd: string;
  /** In milliseconds: how long the process may be silent. */
  readonly #patience: number | undefined;
  readonly #checkers: WeakMap<NativeProject, NativeProgramChecker> = new WeakMap();
  #world: NativeWorld;
  #linted = '';
  /** A question has made the checker panic. It answers on, but what it held then it may still hold. */
  #isShaken = false;
  #ended: NativeFailure | undefined;
  /** A question about the linted file came from too deep. There is no other one about it. */
  #overflow: RangeError | undefined;

  /** @throws {NativeFailure} the process cannot be started. */
  constructor(install: NativeInstall, cwd: string, patience?: number) {
    this.#install = install;
    this.#cwd = cwd;
    this.#patience = patience;
    this.#world = this.#guard(() => new NativeWorld(install, cwd, patience));
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
    this.#overflow = undefined;
    if (this.#isShaken) this.#guard(() => this.#startAnew());
    const { project, sourceFile } = this.#guard(() => this.#enter(path, text));
    const ask = this.#asker();
    // What is known of types is kept for as long as nothing changes, from file to file.
    let checker = this.#checkers.get(project);
    if (checker === undefined) {
      checker = new NativeProgramChecker(project, this.#world.enums, ask);
      this.#checkers.set(project, checker);
    }
    return new NativeFile(project, checker, sourceFile, this.#world.enums, ask);
  }

  /**
   * Finds the projects of all files of a run at once.
   *
   * @throws {NativeFailure}
   */
  prepare(run: RunFiles): RunProjects {
    this.#linted = run.files[0] ?? '';
    return this.#guard(() => this.#world.prepare(run));
  }

  close(): void {
    this.#ended ??= new NativeFailure('process', 'The session is closed.');
    this.#world.close();
  }

  /**
   * A world can be beyond repair: once a `tsconfig.json` is deleted that was open, TypeScript 7.0
   * refuses every change there is. So a world that has no place for a file gets a successor, once.
   */
  #enter(path: string, text: string): NativePlace {
    try {
      return this.#world.enter(path, text);
    } catch (error) {
      if (isLossOfProcess(error)) throw error;
      if (error instanceof NativeFailure) {
        // What the world has been told is not what it would have to know for the next file.
        this.#isShaken = true;
        throw error;
      }
      this.#startAnew();
      return this.#world.enter(path, text);
    }
  }

  #startAnew(): void {
    this.#world.close();
    this.#world = new NativeWorld(this.#install, this.#cwd, this.#patience);
    this.#isShaken = false;
  }

  #asker(): Ask {
    const { snapshot } = this.#world;
    return (question) =>
      this.#guard(() => {
        if (snapshot !== this.#world.snapshot) throw new Error('it was asked after the next file');
        return question();
      });
  }

  #guard<Answer>(question: () => Answer): Answer {
    if (this.#ended !== undefined) throw this.#ended;
    if (this.#overflow !== undefined) throw this.#overflow;
    try {
      // There is no world yet while it is made.
      const world = this.#world as NativeWorld | undefined;
      return world === undefined ? question() : world.during(question);
    } catch (error) {
      if (error instanceof NativeFailure) throw error;
      if (error instanceof RangeError) {
        // The stack ended, perhaps in the middle of a message: no other one would be understood.
        this.#overflow = error;
        this.#isShaken = true;
        throw error;
      }
      if (!isLossOfProcess(error)) {
        if (/^panic/.test(messageOf(error))) this.#isShaken = true;
        throw new NativeFailure(
          'question',
          `${this.#name} has no answer about ${this.#linted}: ${messageOf(error)}.`,
          error,
        );
      }
      this.#ended = new NativeFailure('process', this.#whyEnded(error), error);
      this.#world?.close();
      throw this.#ended;
    }
  }

  #whyEnded(error: unknown): string {
    const silence = (this.#world as NativeWorld | undefined)?.silence;
    const what =
      silence === undefined
        ? `ended while ${this.#linted} was linted: ${messageOf(error)}`
        : `was ended while ${this.#linted} was linted, because it had not answered for ${silence} s`;
    return (
      `The checker of ${this.#name} ${what}. Nothing is known of the types of this file. Lint ` +
      'again; if it ends again, report it to github.com/microsoft/typescript-go, and meanwhile ' +
      "take types from @typescript-eslint/parser, with settings.mooring.types: 'parser-services'."
    );
  }

  get #name(): string {
    return `TypeScript ${this.#install.version} in ${this.#install.folder}`;
  }
}

/**
 * What TypeScript's channel says when the process is gone, or when the two no longer understand
 * each other; anything else is an answer of the process, which lives on.
 */
const LOSS =
  /EPIPE|EBADF|ECONNRESET|Unexpected EOF|is closed|Expected (fixed|positive|binary)|name mismatch|Invalid message type|callback/;

function isLossOfProcess(error: unknown): boolean {
  return LOSS.test(messageOf(error));
}

/** The first line: a panic of the checker brings its stack. */
function messageOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.replace(/\.$/, '');
}
