import { existsSync, readFileSync } from 'node:fs';

import type {
  Enumerations,
  HostFiles,
  NativeProject,
  NativeSnapshot,
  NativeSourceFile,
  SnapshotChanges,
} from './api.js';
import { type NativeCompiler, startCompiler } from './compiler.js';
import { problemsOf, type RunProjects } from './config-problems.js';
import { NativeDisk } from './disk.js';
import type { NativeInstall } from './install.js';
import { Orphans, type RunFiles } from './orphans.js';
import { ProjectSearch } from './project-search.js';
import { isUsersOwn, NativeProjects } from './projects.js';

/** A file in its project, with the text that is linted. */
export interface NativePlace {
  readonly project: NativeProject;
  readonly sourceFile: NativeSourceFile;
}

/**
 * What one process of TypeScript's checker knows of the world. It sees the disk, and one file as
 * the linter has it: the one that is linted, which in an editor differs.
 *
 * The road not taken: to keep such texts for the files that are linted next. An editor does not
 * tell when a text is thrown away, and the answers would follow it for ever.
 */
export class NativeWorld {
  readonly #compiler: NativeCompiler;
  readonly #disk = new NativeDisk();
  readonly #projects = new NativeProjects((folder) => this.#disk.willList(folder));
  readonly #orphans: Orphans;
  /** The linted file, where its text is not the one on disk. */
  #overlay: { readonly path: string; readonly text: string } | undefined;
  #snapshot: NativeSnapshot | undefined;
  readonly #search: ProjectSearch;

  /** Starts the process. */
  constructor(install: NativeInstall, cwd: string, patience?: number) {
    const folder = cwd.replaceAll('\\', '/');
    this.#orphans = new Orphans((file) => this.#projects.above(file)[0], folder);
    this.#search = new ProjectSearch({
      cwd: folder,
      projects: this.#projects,
      orphans: this.#orphans,
      update: (changes) => this.#update(changes),
    });
    const files: HostFiles = {
      read: (path) => {
        const made = this.#orphans.made.get(path);
        if (made !== undefined) return made;
        this.#disk.willRead(path);
        return this.#overlay?.path === path ? this.#overlay.text : undefined;
      },
      has: (path) => path === this.#overlay?.path || this.#orphans.made.has(path),
    };
    this.#compiler = startCompiler(install, cwd, files, patience);
  }

  get enums(): Enumerations {
    return this.#compiler.enums;
  }

  /** Types belong to the snapshot that they were found in, and end with it. */
  get snapshot(): object | undefined {
    return this.#snapshot;
  }

  /**
   * Finds the projects of all files of a run: in one change where each file is named by the config
   * nearest to it, and in three where some are not. Those in no project share one for each config above
   * them; without this each would be checked by itself, which for 184 files takes seven times as long.
   *
   * The road not taken: to open all files and to ask for the project of each. For 1,000 files that takes
   * a second more.
   */
  prepare({ files, nodeTypes }: RunFiles): RunProjects {
    for (const file of files) this.#projects.refuseCircles(file);
    const nearest = files.flatMap((file) => this.#projects.above(file).slice(0, 1));
    const opened = this.#update({ openProjects: [...new Set(nearest)] });
    const configOf = new Map<string, string>();
    for (const file of files) {
      const project = this.#projects.nearestThatNames(opened, file);
      if (project === undefined) continue;
      configOf.set(file, project.configFileName);
      this.#projects.remember(file, project);
    }
    const others = files.filter((file) => !configOf.has(file));
    this.#orphans.nodeTypes = nodeTypes;
    const kept = others.length === 0 ? opened : this.#search.settle(others);
    for (const file of others) {
      const config = this.#projects.find(kept, file)?.configFileName;
      const isOrphan = config === undefined || this.#orphans.made.has(config);
      const own = isOrphan ? this.#projects.above(file)[0] : config;
      if (own !== undefined) configOf.set(file, own);
    }
    const projects = kept.getProjects().filter(isUsersOwn);
    const { made } = this.#orphans;
    return { configOf, problems: projects.flatMap((project) => problemsOf(project, made)) };
  }

  /** Finds the file as the linter has it. */
  enter(path: string, linted: string): NativePlace {
    // Half a character cannot be told to the checker. What stands in for it is as long.
    const text = linted.replaceAll(/\p{Surrogate}/gu, '\uFFFD');
    this.#follow(path, text);
    let place = this.#place(path, text);
    if (place?.sourceFile.text !== text) {
      this.#overlay = { path, text };
      this.#update({ changed: [path] });
      place = this.#place(path, text);
    }
    if (place?.sourceFile.text !== text) {
      throw new Error('it has another text than the one that is linted');
    }
    return place;
  }

  /** Runs a question; see {@link NativeCompiler.during}. */
  during<Answer>(question: () => Answer): Answer {
    return this.#compiler.during(question);
  }

  get silence(): number | undefined {
    return this.#compiler.silence;
  }

  close(): void {
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
    if (onDisk === undefined && changed.length === 0 && deleted.length === 0) return;
    // A config that is changed may have other files.
    const isConfig = changed.some((it) => it.endsWith('.json'));
    if (isConfig || onDisk?.invalidateAll || onDisk?.created?.length || deleted.length > 0) {
      this.#search.forget();
    }
    this.#projects.refuseCircles(path);
    this.#update({ ...onDisk, changed, deleted });
  }

  #place(path: string, text: string): NativePlace | undefined {
    const known = this.#snapshot && this.#projects.find(this.#snapshot, path);
    const project = known ?? this.#open(path, text);
    const sourceFile = project?.program.getSourceFile(path);
    return project && sourceFile && { project, sourceFile };
  }

  #open(path: string, text: string): NativeProject | undefined {
    this.#projects.refuseCircles(path);
    if (textOnDisk(path) !== text) this.#overlay = { path, text };
    return this.#projects.find(this.#search.settle([path]), path);
  }

  #update(changes: SnapshotChanges): NativeSnapshot {
    this.#snapshot = this.#compiler.update(changes);
    return this.#snapshot;
  }
}

function textOnDisk(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined; // A new file, or a piece of one.
  }
}
