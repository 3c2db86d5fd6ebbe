import { dirname } from 'node:path';

import type { NativeSnapshot, SnapshotChanges } from './api.js';
import { modulesBeside } from './modules-beside.js';
import type { Orphans } from './orphans.js';
import { isConfigName, isUsersOwn, type NativeProjects } from './projects.js';

export interface ProjectSearchInput {
  readonly cwd: string;
  readonly projects: NativeProjects;
  readonly orphans: Orphans;
  readonly update: (changes: SnapshotChanges) => NativeSnapshot;
}

/**
 * Finds the projects of files by opening them: TypeScript's own answer. Those in none get one that they
 * share, and all are closed again, for a file that is open is not read again when it changes.
 */
export class ProjectSearch {
  readonly #input: ProjectSearchInput;
  /** What was loaded in the search, and stays. */
  readonly #loaded: Set<string> = new Set();

  constructor(input: ProjectSearchInput) {
    this.#input = input;
  }

  /** The world in which each of these files is known to belong to a project that is open. */
  settle(files: readonly string[]): NativeSnapshot {
    const { orphans, update } = this.#input;
    const opened = update({ openFiles: files, changed: files });
    const alone = files.filter((file) => !this.#belongs(opened, file));
    const isRun = alone.length === 1 && orphans.hasSome;
    const more = isRun ? this.#beside(alone[0]!, opened) : [];
    const looked = more.length === 0 ? opened : update({ openFiles: more });
    alone.push(...more.filter((file) => !this.#belongs(looked, file)));
    return this.#share(looked, alone, [...files, ...more]);
  }

  /** Files came or went, or a config was changed. */
  forget(): void {
    this.#input.projects.forget();
    this.#input.orphans.forget();
    this.#loaded.clear();
  }

  /** Whether a file that is open is in a project of the user's, which then stays. */
  #belongs(opened: NativeSnapshot, file: string): boolean {
    const project = opened.getDefaultProjectForFile(file);
    if (project === undefined || !isUsersOwn(project)) return false;
    if (this.#input.orphans.made.has(project.configFileName)) return false;
    this.#input.projects.remember(file, project);
    return true;
  }

  /** Modules in no project, of which a run comes to this one, and then to the next. */
  #beside(orphan: string, opened: NativeSnapshot): readonly string[] {
    const { cwd, projects } = this.#input;
    const [config] = projects.above(orphan);
    const top = config === undefined ? cwd : dirname(config);
    return modulesBeside(orphan, top, isConfigName).filter(
      (other) => other !== orphan && projects.find(opened, other) === undefined,
    );
  }

  #share(
    opened: NativeSnapshot,
    alone: readonly string[],
    closeFiles: readonly string[],
  ): NativeSnapshot {
    const { orphans, projects, update } = this.#input;
    const found = closeFiles.flatMap((file) => projects.find(opened, file)?.configFileName ?? []);
    // A file in no project was looked for in all that are near. They would be loaded anew for the next.
    const searched = alone.length === 0 ? [] : [...namedIn(opened).keys()];
    const { configs, changed } = orphans.add(alone);
    const openProjects = [...new Set([...found, ...searched, ...configs])].filter(
      (config) => !this.#loaded.has(config),
    );
    for (const config of openProjects) this.#loaded.add(config);
    const kept = update({ openProjects, changed, closeFiles });
    const named = namedIn(kept);
    for (const file of alone) {
      const project = named.get(orphans.configOf(file) ?? '');
      if (project !== undefined) projects.remember(file, project);
    }
    return kept;
  }
}

/** The projects with a config, by its path. */
function namedIn(snapshot: NativeSnapshot) {
  const named = snapshot.getProjects().filter(isUsersOwn);
  return new Map(named.map((project) => [project.configFileName, project]));
}
