import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { packageOf } from './package-of.js';

/** In an editor a package may come while the file is open; a run asks once for each folder. */
const HOLDS_FOR_MS = 2000;

/** More folders than most projects have; beyond, those asked first are asked again. */
const MOST_KEPT = 5000;

interface Known {
  readonly resolves: boolean;
  readonly until: number;
}

const known = new Map<string, Known>();

/**
 * Whether a file of a folder can import a package by its name: it is installed in a `node_modules`
 * above, or the folder is its own. With Yarn's Plug'n'Play nothing is installed, and the answer is
 * no.
 */
export function resolvesFrom(folder: string, name: string): boolean {
  const key = `${name}\n${folder}`;
  const now = performance.now();
  const found = known.get(key);
  if (found !== undefined && found.until > now) return found.resolves;
  const isOwn = packageOf(join(folder, 'file')) === name;
  const resolves = isOwn || isInstalledAbove(folder, name);
  if (known.size >= MOST_KEPT) known.delete(known.keys().next().value!);
  known.set(key, { resolves, until: now + HOLDS_FOR_MS });
  return resolves;
}

function isInstalledAbove(folder: string, name: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules', name, 'package.json'))) return true;
    if (dirname(at) === at) return false;
  }
}
