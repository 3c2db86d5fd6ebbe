/** When so many are open, they are closed before another one is opened. */
const MOST = 500;

/**
 * The open files, which are in no project of the user's: scripts, tests, configs. TypeScript makes
 * one project up for all of them that are open. To open each by itself is to have that project, and
 * all that is known of the types of the platform, made anew for each:
 *
 *     lint scripts/a.ts      is in no project; perhaps somebody looks at this one file
 *     lint scripts/b.ts      so is this: a run goes through them, and c.ts and d.ts are opened too
 *     lint scripts/c.ts      its project is there
 *
 * Only modules are open together: the names of a script are everybody's. When anything changes on
 * disk all are closed, because an open file is not read again, nor what it imports.
 */
export class OpenOrphans {
  readonly #open: Set<string> = new Set();
  /** That of them whose names the others would see. */
  #script: string | undefined;
  /** One is open: with a second one a run goes through them. */
  #isRun = false;

  has(path: string): boolean {
    return this.#open.has(path);
  }

  /** A file was opened that is in no project. Whether others are to be opened with it. */
  add(path: string, text: string): boolean {
    const hadSome = this.#isRun;
    this.#isRun = true;
    this.#open.add(path);
    if (!isModule(text)) this.#script = path;
    return hadSome && this.#script !== path;
  }

  /** Modules that were opened with another one. */
  addModule(path: string): void {
    this.#open.add(path);
  }

  /** Takes those of some files that are open; who takes them closes them. */
  takeOf(files: Iterable<string>): string[] {
    const taken = [...files].filter((file) => this.#open.delete(file));
    if (this.#script !== undefined && !this.#open.has(this.#script)) this.#script = undefined;
    return taken;
  }

  takeAll(): string[] {
    this.#isRun = false;
    return this.takeOf(this.#open);
  }

  /** Takes what may not be open beside a file: a script, and all of them when they are too many. */
  takeBefore(path: string): string[] {
    if (this.#open.size >= MOST && !this.#open.has(path)) return this.takeAll();
    return this.#script === undefined || this.#script === path ? [] : this.takeOf([this.#script]);
  }
}

/** Whether what a text declares is seen by nobody who does not import it. */
export function isModule(text: string): boolean {
  return /^(import|export)\b(?!\s*\()/m.test(text) && !/\bdeclare\s+(global|module)\b/.test(text);
}
