import { readdirSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';

import type { FileChanges } from './api.js';

/** How long what was seen of the disk holds while a run goes from file to file. */
const HOLDS_FOR_MS = 1000;

/** A package manager writes one of these when it has changed what is installed. */
const INSTALL_MARKERS = ['.package-lock.json', '.modules.yaml', '.yarn-state.yml'];

const SOURCE = /\.([cm]?[jt]sx?|json)$/;

/**
 * What has changed on disk since the checker read it. The checker watches nothing itself, and in
 * an editor one process lives for days:
 *
 *     lint a.ts            reads a.ts, b.ts, tsconfig.json
 *     (b.ts is saved, c.ts is new, d.ts is gone)
 *     lint a.ts again      has to see all three
 *
 * Every file that the checker reads passes here, so the list of what to look at is exact. Of
 * `node_modules` only the marker is looked at that package managers leave behind.
 *
 * The road not taken: a file watcher. It tells of a change in its own time, after a lint has given
 * the old answer, and it would keep Node alive.
 */
export class NativeDisk {
  readonly #files: Map<string, Stamp> = new Map();
  readonly #folders: Map<string, Stamp> = new Map();
  readonly #markers: Map<string, Stamp> = new Map();
  readonly #seen: Set<string> = new Set();
  #lookedAt = performance.now();

  /** The checker is about to read this file. */
  willRead(path: string): void {
    const installed = path.indexOf('/node_modules/');
    if (installed !== -1) {
      const folder = path.slice(0, installed + '/node_modules'.length);
      for (const marker of INSTALL_MARKERS) watch(this.#markers, `${folder}/${marker}`);
    } else if (path.startsWith('/') || /^[a-z]:/i.test(path)) {
      this.#files.set(path, stampOf(path));
      this.willList(dirname(path));
    }
  }

  /** What this folder has in it matters. */
  willList(folder: string): void {
    watch(this.#folders, folder);
  }

  /**
   * A run lints each file once, so a file that comes again means that a new run has begun.
   * `undefined`: nothing has changed, or the run goes on.
   */
  changesBefore(file: string): FileChanges | undefined {
    const now = performance.now();
    const goesOn = !this.#seen.has(file) && now - this.#lookedAt < HOLDS_FOR_MS;
    if (!goesOn) this.#seen.clear();
    this.#seen.add(file);
    if (goesOn) return undefined;
    this.#lookedAt = now;
    return this.#look();
  }

  #look(): FileChanges | undefined {
    if (update(this.#markers).length > 0) {
      update(this.#files);
      update(this.#folders);
      return { invalidateAll: true };
    }
    const changed: string[] = [];
    const created: string[] = [];
    const deleted: string[] = [];
    for (const { path, before, after } of update(this.#files)) {
      (before === 0 ? created : after === 0 ? deleted : changed).push(path);
    }
    for (const { path, before } of update(this.#folders)) {
      created.push(...this.#newIn(path, before));
    }
    if (changed.length + created.length + deleted.length === 0) return undefined;
    return { changed, created, deleted };
  }

  /** Files of a folder, and of folders new in it, that the checker has not read. */
  #newIn(folder: string, since: Stamp): string[] {
    let entries;
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch {
      return []; // The folder is gone, and with it its files, each for itself.
    }
    return entries.flatMap((entry) => {
      const path = `${folder === '/' ? '' : folder}/${entry.name}`;
      if (entry.isDirectory()) {
        const isNew =
          !this.#folders.has(path) &&
          entry.name !== 'node_modules' &&
          !entry.name.startsWith('.') &&
          (statOf(path)?.ctimeMs ?? 0) >= since;
        return isNew ? this.#newIn(path, since) : [];
      }
      return SOURCE.test(entry.name) && !this.#files.has(path) ? [path] : [];
    });
  }
}

/** When a file or a folder was last written to; 0 where there is none. */
type Stamp = number;

function stampOf(path: string): Stamp {
  return statOf(path)?.mtimeMs ?? 0;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // `README.md/0.ts`: a piece of a file, which is no file itself.
  }
}

function watch(stamps: Map<string, Stamp>, path: string): void {
  if (!stamps.has(path)) stamps.set(path, stampOf(path));
}

interface Change {
  readonly path: string;
  readonly before: Stamp;
  readonly after: Stamp;
}

function update(stamps: Map<string, Stamp>): Change[] {
  const changes: Change[] = [];
  for (const [path, before] of stamps) {
    const after = stampOf(path);
    if (after === before) continue;
    stamps.set(path, after);
    changes.push({ path, before, after });
  }
  return changes;
}
