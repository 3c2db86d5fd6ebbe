import { statSync } from 'node:fs';
import { dirname } from 'node:path';

import type { NativeProject, NativeSnapshot } from './api.js';
import { rootFilesOf } from './compiler.js';
import { findCircle } from './config-circle.js';
import { NativeFailure } from './failure.js';

const CONFIG_NAMES = ['tsconfig.json', 'jsconfig.json'];

export function isConfigName(name: string): boolean {
  return CONFIG_NAMES.includes(name);
}

/**
 * Which project a file belongs to, by the rules of an editor: the nearest `tsconfig.json` above it,
 * or one that this refers to, whichever contains it; else no project of the user's, but one that
 * is made up for the file alone.
 *
 * TypeScript itself applies these rules to a file that is opened. To open each would take a
 * snapshot for each, and with it all that is known of types; so a file is opened only where no
 * file beside it has shown the way.
 */
export class NativeProjects {
  /** Of a file that was opened, the config that it was found to belong to. */
  readonly #configs: Map<string, string> = new Map();
  /** For each nearest config, the configs that files below it were found to belong to. */
  readonly #found: Map<string, Set<string>> = new Map();
  /** Configs that were found to extend themselves in no way. */
  readonly #unlooped: Set<string> = new Set();
  readonly #nearest: Map<string, string | undefined> = new Map();
  readonly #roots: WeakMap<NativeProject, ReadonlySet<string>> = new WeakMap();
  readonly #willList: (folder: string) => void;

  constructor(willList: (folder: string) => void) {
    this.#willList = willList;
  }

  /** The project of a file, as far as the snapshot and what was opened before show it. */
  find(snapshot: NativeSnapshot, file: string): NativeProject | undefined {
    const config = this.#configs.get(file);
    const nearest = this.#nearestConfig(dirname(file));
    const configs = nearest === undefined ? undefined : this.#found.get(nearest);
    if (config === undefined && configs === undefined) return undefined;
    return snapshot
      .getProjects()
      .find(
        (project) =>
          isUsersOwn(project) &&
          (project.configFileName === config ||
            (configs?.has(project.configFileName) && this.#rootsOf(project).has(file))),
      );
  }

  /** The project of the config nearest to a file, if that is open and the file is among its roots. */
  nearestThatNames(snapshot: NativeSnapshot, file: string): UsersProject | undefined {
    const nearest = this.#nearestConfig(dirname(file));
    return snapshot
      .getProjects()
      .filter(isUsersOwn)
      .find((project) => project.configFileName === nearest && this.#rootsOf(project).has(file));
  }

  /** A file was opened, and found to belong to this project. */
  remember(file: string, project: UsersProject): void {
    this.#configs.set(file, project.configFileName);
    const nearest = this.#nearestConfig(dirname(file));
    if (nearest === undefined) return;
    const configs = this.#found.get(nearest) ?? new Set();
    this.#found.set(nearest, configs.add(project.configFileName));
  }

  /** The configs above a file, the nearest first. */
  above(file: string): string[] {
    const configs: string[] = [];
    for (
      let config = this.#nearestConfig(dirname(file));
      config !== undefined;
      config = this.#nearestAbove(dirname(config))
    ) {
      configs.push(config);
    }
    return configs;
  }

  /**
   * Looks at the configs that TypeScript would load to find the project of a file.
   *
   * @throws {NativeFailure} one extends itself: TypeScript would never answer.
   */
  refuseCircles(file: string): void {
    for (const config of this.above(file)) {
      const circle = this.#unlooped.has(config) ? undefined : findCircle(config, this.#unlooped);
      if (circle === undefined) continue;
      this.#unlooped.clear();
      throw new NativeFailure(
        'question',
        `There are no types for ${file}: ${circle[0]} extends itself, by way of ` +
          `${circle.join(' → ')} (TS18000). Take one \`extends\` out.`,
      );
    }
  }

  /** Files came or went, a config among them perhaps, or one was changed. */
  forget(): void {
    this.#unlooped.clear();
    this.#configs.clear();
    this.#nearest.clear();
    this.#found.clear();
  }

  #rootsOf(project: NativeProject): ReadonlySet<string> {
    let roots = this.#roots.get(project);
    if (roots === undefined) {
      roots = new Set(rootFilesOf(project));
      this.#roots.set(project, roots);
    }
    return roots;
  }

  #nearestConfig(folder: string): string | undefined {
    if (this.#nearest.has(folder)) return this.#nearest.get(folder);
    this.#willList(folder);
    const config =
      CONFIG_NAMES.map((name) => `${folder === '/' ? '' : folder}/${name}`).find(isFile) ??
      this.#nearestAbove(folder);
    this.#nearest.set(folder, config);
    return config;
  }

  #nearestAbove(folder: string): string | undefined {
    const parent = dirname(folder);
    return parent === folder ? undefined : this.#nearestConfig(parent);
  }
}

type UsersProject = NativeProject & { readonly configFileName: string };

/** The project of a file in none has a name that is no file's in 7.0, and no name in 7.1. */
export function isUsersOwn(project: NativeProject): project is UsersProject {
  return project.configFileName?.startsWith('/dev/null/') === false;
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false; // Below something that is no folder.
  }
}
