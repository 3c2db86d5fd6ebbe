import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * What a file in no project gets that the config above it does not say. A script of one project is
 * read as another would be: with the platform's types, and with those that are installed.
 */
const DEFAULTS = {
  target: 'esnext',
  module: 'preserve',
  jsx: 'preserve',
  strict: true,
  types: ['*'],
};

/**
 * What a file in no project gets whatever the config above it says: nothing is written, and the
 * names of one file are not another's.
 *
 *     a.js   async function main() {}  main();
 *     b.js   function main() {}        main();     floats, if the two are one script
 */
const FORCED = {
  allowJs: true,
  moduleDetection: 'force',
  skipLibCheck: true,
  noEmit: true,
  composite: false,
  incremental: false,
};

/** What a run lints. */
export interface RunFiles {
  /** Absolute, with slashes. */
  readonly files: readonly string[];
  /** The `index.d.ts` of Node's declarations, for files in no project that have none of their own. */
  readonly nodeTypes?: string;
}

/** Configs that are on no disk, by their paths. */
export type MadeConfigs = ReadonlyMap<string, string>;

/**
 * Files in no project of the user's: scripts, tests, configs. They share a project for each config that is
 * nearest to some of them, which its config extends: tests and scripts of a package see its `paths` and
 * its `lib`. A run tells of all of them before the first is linted. In ESLint they come one by one,
 * and the second brings the modules that lie near it.
 */
export class Orphans {
  /** Declarations of Node, for a project that has none of its own installed. */
  nodeTypes: string | undefined;
  readonly #nearestOf: (file: string) => string | undefined;
  readonly #cwd: string;
  /** By the config that they share. */
  readonly #files: Map<string, Set<string>> = new Map();
  readonly #configs: Map<string, string> = new Map();
  readonly #made: Map<string, string> = new Map();

  constructor(nearestOf: (file: string) => string | undefined, cwd: string) {
    this.#nearestOf = nearestOf;
    this.#cwd = cwd;
  }

  /** There is one already: with the next one a run goes through them. */
  get hasSome(): boolean {
    return this.#configs.size > 0;
  }

  /** Configs that are on no disk, by their paths. */
  get made(): MadeConfigs {
    return this.#made;
  }

  configOf(file: string): string | undefined {
    return this.#configs.get(file);
  }

  /** The configs that these share with others; those of them that have other files than before. */
  add(files: readonly string[]): { readonly configs: string[]; readonly changed: string[] } {
    const configs = new Set<string>();
    for (const file of files) {
      const config = `${this.#folderOf(file)}/mooring.orphans.json`;
      this.#configs.set(file, config);
      this.#files.set(config, (this.#files.get(config) ?? new Set()).add(file));
      configs.add(config);
    }
    const changed = [...configs].filter((config) => this.#write(config));
    return { configs: [...configs], changed };
  }

  /** Files came or went: some may be in a project now. */
  forget(): void {
    this.#files.clear();
    this.#configs.clear();
  }

  #folderOf(file: string): string {
    const nearest = this.#nearestOf(file);
    if (nearest !== undefined) return dirname(nearest);
    return file.startsWith(`${this.#cwd}/`) ? this.#cwd : dirname(file);
  }

  /** Whether there was another one before. */
  #write(config: string): boolean {
    const folder = dirname(config);
    const files = [...this.#files.get(config)!];
    const nearest = this.#nearestOf(files[0]!);
    const defaults = `${folder}/mooring.defaults.json`;
    const bases = nearest === undefined ? [] : [`./${basename(nearest)}`];
    const text = JSON.stringify({
      extends: ['./mooring.defaults.json', ...bases],
      compilerOptions: FORCED,
      files: [...files, ...platformOf(folder, this.nodeTypes)],
      include: [],
    });
    this.#made.set(defaults, JSON.stringify({ compilerOptions: DEFAULTS }));
    const before = this.#made.get(config);
    this.#made.set(config, text);
    return before !== undefined && before !== text;
  }
}

/** Those of Node are there also where the config above names other types only, for a page perhaps. */
function platformOf(folder: string, nodeTypes: string | undefined): string[] {
  for (let at = folder; ; at = dirname(at)) {
    const installed = `${at}/node_modules/@types/node/index.d.ts`;
    if (existsSync(installed)) return [realpathSync.native(installed).replaceAll('\\', '/')];
    if (at === dirname(at)) return nodeTypes === undefined ? [] : [nodeTypes];
  }
}
