import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import ignore, { type Ignore } from 'ignore';

import { portablePath } from './portable-path.js';
import { cannotRead, type Targets } from './targets.js';

const SOURCE = /(?<!\.d)\.([cm]?[jt]s|[jt]sx)$/;
const DECLARATIONS = /\.d\.([\w-]+\.)?[cm]?ts$/;
const LEFT_OUT = new Set(['node_modules', 'bower_components', 'dist', 'build', 'coverage']);

/** What a folder's `.gitignore` and `.eslintignore` leave out. */
interface Ignores {
  readonly folder: string;
  readonly rules: Ignore;
}

/** What Yarn Plug'n'Play writes beside the manifest. */
const GENERATED = /^\.pnp\./;

/** Files with scripts in them, which need a parser of their own. */
const COMPONENT = /\.(vue|svelte|astro)$/;

export interface Sources {
  readonly files: readonly string[];
  /** Files that are not looked at, though there are scripts in them. */
  readonly components: readonly string[];
  /** What could not be looked into, a sentence for each folder. */
  readonly closed: readonly string[];
}

/**
 * The source files of the targets, in the order of their names: JavaScript and TypeScript that is
 * not installed, built, declared, hidden, or named in a `.gitignore` or an `.eslintignore`. No link is followed, so a file
 * is there once, and a link to nowhere, which editors leave behind, is none. A folder in them that is
 * closed, as the data of a database in a container is, is named and left out.
 *
 * @throws {CannotError} a `.gitignore` is no file.
 */
export async function sourcesOf({ folders, files }: Targets): Promise<Sources> {
  const found = new Set(files.filter((file) => isSource(file) || COMPONENT.test(file)));
  const closed: string[] = [];
  for (const folder of folders) await walk(folder, ignoresAbove(folder), { found, closed });
  const all = [...found].sort();
  return {
    files: all.filter((file) => !COMPONENT.test(file)),
    components: all.filter((file) => COMPONENT.test(file)),
    closed,
  };
}

export function isSource(file: string): boolean {
  return SOURCE.test(file) && !DECLARATIONS.test(file);
}

interface Walked {
  readonly found: Set<string>;
  readonly closed: string[];
}

async function walk(folder: string, above: readonly Ignores[], walked: Walked): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    walked.closed.push(cannotRead(folder, cause).message);
    return [];
  });
  if (entries.length === 0) return;
  const ignores = [...above, ...ignoresIn(folder)];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const isLeftOut = LEFT_OUT.has(entry.name) || entry.name.startsWith('.');
      if (!isLeftOut && !isIgnored(`${path}/`, ignores)) await walk(path, ignores, walked);
    } else if (
      entry.isFile() &&
      !GENERATED.test(entry.name) &&
      (isSource(entry.name) || COMPONENT.test(entry.name)) &&
      !isIgnored(path, ignores)
    ) {
      walked.found.add(path);
    }
  }
}

/** Those of the folders above, up to that of the repository. */
function ignoresAbove(folder: string): Ignores[] {
  if (existsSync(join(folder, '.git'))) return [];
  const parents: string[] = [];
  for (let at = dirname(folder); at !== dirname(at); at = dirname(at)) {
    parents.unshift(at);
    if (existsSync(join(at, '.git'))) return parents.flatMap(ignoresIn);
  }
  return []; // In no repository: what is above is somebody else's.
}

/** ESLint before 9 reads a list of its own; what it leaves out is left out here too. */
const IGNORE_FILES = ['.gitignore', '.eslintignore'];

function ignoresIn(folder: string): Ignores[] {
  const texts = IGNORE_FILES.map((name) => textIn(join(folder, name)) ?? '');
  return texts.some(Boolean) ? [{ folder, rules: ignore.default().add(texts.join('\n')) }] : [];
}

function textIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cannotRead(path, error);
  }
}

/** The nearest that says something of it decides, as in git. */
function isIgnored(path: string, ignores: readonly Ignores[]): boolean {
  for (const { folder, rules } of [...ignores].reverse()) {
    const slash = path.endsWith('/') ? '/' : '';
    const { ignored, unignored } = rules.test(portablePath(folder, path) + slash);
    if (ignored || unignored) return ignored;
  }
  return false;
}
