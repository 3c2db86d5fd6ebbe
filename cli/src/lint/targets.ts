import { readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';

import { CannotError } from '../command.js';

/** What is looked at. */
export interface Targets {
  /** Where paths are shown from, and what a report calls the project. */
  readonly root: string;
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/**
 * The folders and files that the paths name. A link is followed: `extends: '../base.json'` is meant
 * from where it leads.
 *
 * @throws {CannotError} one of them is not there, or is closed.
 */
export function targetsOf(paths: readonly string[], cwd: string): Targets {
  const folders: string[] = [];
  const files: string[] = [];
  for (const path of paths.length === 0 ? ['.'] : paths) {
    // An unset variable of a shell script: it would name the folder that the command runs in.
    if (path === '') throw new CannotError('A path is empty');
    const target = lookAt(resolve(cwd, path));
    (target.isFolder ? folders : files).push(target.path);
  }
  const base = realpathSync(cwd);
  const all = [...folders, ...files.map((file) => dirname(file))];
  const root = all.every((path) => isIn(path, base)) ? base : commonFolder(all);
  return { root, folders, files };
}

function lookAt(path: string): { readonly path: string; readonly isFolder: boolean } {
  try {
    const isFolder = statSync(path).isDirectory();
    if (isFolder) readdirSync(path);
    return { path: realpathSync(path), isFolder };
  } catch (cause) {
    // A script of package.json in quotes, or a shell of Windows, hands a pattern on as it is.
    const { message } = cannotRead(path, cause);
    const hint = /[*{]/.test(path) ? '; it takes folders and files, and no patterns' : '';
    throw new CannotError(`${message}${hint}`, { cause });
  }
}

export function cannotRead(path: string, cause: unknown): CannotError {
  return new CannotError(`${path} cannot be read: ${reasonOf(cause)}`, { cause });
}

/** The words of a system error: `ELOOP: too many symbolic links encountered, stat 'x'`. */
export function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is nothing at that path';
  return message.match(/^[A-Z]+: (.*?), /)?.[1] ?? message;
}

export function isIn(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !resolve(way).startsWith(`${sep}${sep}`);
}

function commonFolder(paths: readonly string[]): string {
  let folder = paths[0]!;
  while (!paths.every((path) => isIn(path, folder))) folder = dirname(folder);
  return folder;
}
