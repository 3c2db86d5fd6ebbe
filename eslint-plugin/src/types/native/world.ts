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
import { OpenOrphans } from './open-orphans.js';
import { configsFor, type MadeConfigs, type RunFiles } from './orphans.js';
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
  readonly #orphans = new OpenOrphans();
  /** The linted file, where its text is not the one on disk. */
  #overlay: { readonly path: string; readonly text: string } | undefined;
  #snapshot: NativeSnapshot | undefined;
  /** A file with nothing in it, in no project: it stays open with the default library. */
  readonly #anchor: string;
  readonly #searched: Set<string> = new Set();
  /** The configs of files that are in no project of the user's, where a run has told of them. */
  #made: MadeConfigs = new Map();
  readonly #cwd: string;

  /** Starts the process. */
  constructor(install: NativeInstall, cwd: string, patience?: number) {
    this.#cwd = cwd.replaceAll('\\', '/');
    this.#anchor = `${install.folder.replaceAll('\\', '/')}/anchor.ts`;
    const files: HostFiles = {
      read: (path) => {
        if (path === this.#anchor) return '';
        const made = this.#made.get(path);
        if (made !== undefined) return made;
        this.#disk.willRead(path);
        return this.#overlay?.path === path ? this.#overlay.text : undefined;
      },
      has: (path) => path === this.#anchor || path === this.#overlay?.path || this.#made.has(path),
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
    const kept = others.length === 0 ? opened : this.#openOthers(others, configOf, nodeTypes);
    const projects = kept.getProjects().filter(isUsersOwn);
    return { configOf, problems: projects.flatMap((project) => problemsOf(project, this.#made)) };
  }

  /** Finds the projects of files that the config nearest to them does not name. */
  #openOthers(
    files: readonly string[],
    configOf: Map<string, string>,
    nodeTypes: string | undefined,
  ): NativeSnapshot {
    const opened = this.#update({ openFiles: files });
    const orphans: string[] = [];
    for (const file of files) {
      const project = opened.getDefaultProjectForFile(file);
      const isOrphan = project === undefined || !isUsersOwn(project);
      const config = isOrphan ? this.#projects.above(file)[0] : project.configFileName;
      if (config !== undefined) configOf.set(file, config);
      if (isOrphan) orphans.push(file);
      else this.#projects.remember(file, project);
    }
    const { made, filesOf } = configsFor(orphans, (file) => configOf.get(file), nodeTypes);
    this.#made = made;
    const loaded = opened
      .getProjects()
      .filter(isUsersOwn)
      .map((project) => project.configFileName);
    const openProjects = new Set([...loaded, ...configOf.values(), ...filesOf.keys()]);
    const kept = this.#update({ openProjects: [...openProjects], closeFiles: files });
    for (const project of kept.getProjects().filter(isUsersOwn)) {
      for (const file of filesOf.get(project.configFileName) ?? []) {
        this.#projects.remember(file, project);
      }
    }
    return kept;
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
    const isOther = onDisk?.invalidateAll || onDisk?.created?.length || deleted.length > 0;
    if (isOther) this.#projects.forget();
    // To be told of a circle is to look for its end.
    if (changed.some((it) => it.endsWith('.json'))) this.#projects.forgetCircles();
    this.#projects.refuseCircles(path);
    // What a file imports that is in no project is not read again while that is open.
    this.#update({ ...onDisk, changed, deleted, closeFiles: this.#orphans.takeAll() });
  }

  #place(path: string, text: string): NativePlace | undefined {
    const project = this.#known(path) ?? this.#open(path, text);
    const sourceFile = project?.program.getSourceFile(path);
    return project && sourceFile && { project, sourceFile };
  }

  #known(path: string): NativeProject | undefined {
    if (this.#snapshot === undefined) return undefined;
    if (!this.#orphans.has(path)) return this.#projects.find(this.#snapshot, path);
    const closeFiles = this.#orphans.takeBefore(path);
    const snapshot = closeFiles.length > 0 ? this.#update({ closeFiles }) : this.#snapshot;
    return snapshot.getDefaultProjectForFile(path);
  }

  #open(path: string, text: string): NativeProject | undefined {
    this.#projects.refuseCircles(path);
    if (textOnDisk(path) !== text) this.#overlay = { path, text };
    const closeFiles = this.#orphans.takeBefore(path);
    const opened = this.#update({ openFiles: [path], changed: [path], closeFiles });
    const project = opened.getDefaultProjectForFile(path);
    if (project === undefined || !isUsersOwn(project)) {
      const isOfRun = this.#orphans.add(path, text);
      this.#keepSearched(path);
      if (isOfRun) this.#openBeside(path);
      return this.#known(path);
    }
    this.#projects.remember(path, project);
    const kept = this.#update({ openProjects: [project.configFileName], closeFiles: [path] });
    return this.#projects.find(kept, path);
  }

  /** Opens what a run comes to next. */
  #openBeside(path: string): void {
    const [config] = this.#projects.above(path);
    const top = config === undefined ? this.#cwd : dirname(config);
    const openFiles = modulesBeside(path, top, isConfigName).filter(
      (other) =>
        !this.#orphans.has(other) && this.#projects.find(this.#snapshot!, other) === undefined,
    );
    if (openFiles.length === 0) return;
    const opened = this.#update({ openFiles });
    const closeFiles: string[] = [];
    const openProjects = new Set<string>();
    for (const other of openFiles) {
      const project = opened.getDefaultProjectForFile(other);
      if (project === undefined || !isUsersOwn(project)) {
        this.#orphans.addModule(other);
        continue;
      }
      this.#projects.remember(other, project);
      openProjects.add(project.configFileName);
      closeFiles.push(other);
    }
    if (closeFiles.length > 0) this.#update({ openProjects: [...openProjects], closeFiles });
  }

  /**
   * A file that is alone was looked for in all projects above it, and for that they were loaded.
   * They stay, and so does the default library, or each such file would have them loaded anew.
   */
  #keepSearched(path: string): void {
    const openProjects = this.#projects.above(path).filter((config) => !this.#searched.has(config));
    const openFiles = this.#searched.has(this.#anchor) ? [] : [this.#anchor];
    const fresh = [...openProjects, ...openFiles];
    if (fresh.length === 0) return;
    for (const name of fresh) this.#searched.add(name);
    this.#update({ openProjects, openFiles });
  }

  /** A change of an open file is heeded only where it is closed with it. */
  #update(changes: SnapshotChanges): NativeSnapshot {
    const stale = this.#orphans.takeOf(changes.changed ?? []);
    const closeFiles = [...(changes.closeFiles ?? []), ...stale];
    this.#snapshot = this.#compiler.update({ ...changes, closeFiles });
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
