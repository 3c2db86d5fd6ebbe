import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

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
import { modulesBeside } from './modules-beside.js';
import { Orphans, type RunFiles } from './orphans.js';
import { isConfigName, isUsersOwn, NativeProjects } from './projects.js';

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
  /** The projects that were loaded in the search for that of a file. */
  readonly #loaded: Set<string> = new Set();
  readonly #cwd: string;

  /** Starts the process. */
  constructor(install: NativeInstall, cwd: string, patience?: number) {
    this.#cwd = cwd.replaceAll('\\', '/');
    this.#orphans = new Orphans((file) => this.#projects.above(file)[0], this.#cwd);
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
    const kept = others.length === 0 ? opened : this.#settle(others);
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
      this.#projects.forget();
      this.#orphans.forget();
      this.#loaded.clear();
    }
    this.#projects.refuseCircles(path);
    this.#update({ ...onDisk, changed, deleted });
  }

  #place(path: string, text: string): NativePlace | undefined {
    const project = this.#known(path) ?? this.#open(path, text);
    const sourceFile = project?.program.getSourceFile(path);
    return project && sourceFile && { project, sourceFile };
  }

  #known(path: string): NativeProject | undefined {
    return this.#snapshot && this.#projects.find(this.#snapshot, path);
  }

  #open(path: string, text: string): NativeProject | undefined {
    this.#projects.refuseCircles(path);
    if (textOnDisk(path) !== text) this.#overlay = { path, text };
    return this.#projects.find(this.#settle([path]), path);
  }

  /**
   * Finds the projects of files by opening them: TypeScript's own answer. Those in none get one that they
   * share, and all are closed again, for a file that is open is not read again when it changes.
   */
  #settle(files: readonly string[]): NativeSnapshot {
    const opened = this.#update({ openFiles: files, changed: files });
    const orphans = files.filter((file) => !this.#belongs(opened, file));
    const more = orphans.length === 1 && this.#orphans.hasSome ? this.#beside(orphans[0]!) : [];
    const looked = more.length === 0 ? opened : this.#update({ openFiles: more });
    orphans.push(...more.filter((file) => !this.#belongs(looked, file)));
    return this.#share(looked, orphans, [...files, ...more]);
  }

  /** Whether a file that is open is in a project of the user's, which then stays. */
  #belongs(opened: NativeSnapshot, file: string): boolean {
    const project = opened.getDefaultProjectForFile(file);
    if (project === undefined || !isUsersOwn(project)) return false;
    if (this.#orphans.made.has(project.configFileName)) return false;
    this.#projects.remember(file, project);
    return true;
  }

  /** Modules in no project, of which a run comes to this one, and then to the next. */
  #beside(orphan: string): readonly string[] {
    const [config] = this.#projects.above(orphan);
    const top = config === undefined ? this.#cwd : dirname(config);
    return modulesBeside(orphan, top, isConfigName).filter(
      (other) => other !== orphan && this.#known(other) === undefined,
    );
  }

  #share(
    opened: NativeSnapshot,
    orphans: readonly string[],
    closeFiles: readonly string[],
  ): NativeSnapshot {
    const found = closeFiles.flatMap((file) => {
      const project = this.#projects.find(opened, file);
      return project?.configFileName === undefined ? [] : [project.configFileName];
    });
    // A file in no project was looked for in all that are near. They would be loaded anew for the next.
    const loaded = orphans.length === 0 ? [] : opened.getProjects().filter(isUsersOwn);
    const { configs, changed } = this.#orphans.add(orphans);
    const openProjects = new Set([...found, ...loaded.map(nameOf), ...configs]);
    const fresh = [...openProjects].filter((config) => !this.#loaded.has(config));
    for (const config of fresh) this.#loaded.add(config);
    const kept = this.#update({ openProjects: fresh, changed, closeFiles });
    const projects = new Map(
      kept
        .getProjects()
        .filter(isUsersOwn)
        .map((it) => [nameOf(it), it]),
    );
    for (const file of orphans) {
      const project = projects.get(this.#orphans.configOf(file) ?? '');
      if (project !== undefined) this.#projects.remember(file, project);
    }
    return kept;
  }

  #update(changes: SnapshotChanges): NativeSnapshot {
    this.#snapshot = this.#compiler.update(changes);
    return this.#snapshot;
  }
}

function nameOf({ configFileName }: { readonly configFileName: string }): string {
  return configFileName;
}

function textOnDisk(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined; // A new file, or a piece of one.
  }
}
