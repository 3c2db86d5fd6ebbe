import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { counted } from './finding.js';
import { isPlugAndPlay, PLUG_N_PLAY } from './plug-n-play.js';

/**
 * Says that packages have no types, because they are not installed, or only as an archive: a checkout
 * without its packages would pass for clean.
 */
export function missingNote(files: readonly string[]): string | undefined {
  const [first, ...others] = missingPackages(files);
  if (first === undefined) return undefined;
  if (foldersAbove(files[0]!).some(isPlugAndPlay)) return PLUG_N_PLAY;
  const also = others.length === 0 ? '' : ` and ${counted(others.length, 'other package')}`;
  return `Not installed: ${first}${also}, whose types are unknown; less is found without them.`;
}

/**
 * The packages that the nearest `package.json` of these files asks for, and that are installed
 * nowhere above it.
 */
function missingPackages(files: readonly string[]): string[] {
  const folders = files.map((file) => foldersAbove(file).find(hasManifest));
  const missing = [...new Set(folders)].flatMap((folder) =>
    folder === undefined ? [] : dependenciesOf(folder).filter((name) => !isInstalled(name, folder)),
  );
  return [...new Set(missing)].sort();
}

/** The nearest first. */
export function foldersAbove(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...foldersAbove(parent)];
}

function hasManifest(folder: string): boolean {
  return existsSync(join(folder, 'package.json'));
}

interface Manifest {
  readonly dependencies?: object | null;
  readonly devDependencies?: object | null;
}

/** None of a manifest that cannot be read: whoever installs hears of it then. */
function dependenciesOf(folder: string): string[] {
  try {
    const text = readFileSync(join(folder, 'package.json'), 'utf8');
    const { dependencies, devDependencies } = JSON.parse(text) as Manifest;
    return [dependencies, devDependencies].flatMap((names) => Object.keys(names ?? {}));
  } catch {
    return [];
  }
}

function isInstalled(name: string, from: string): boolean {
  return [from, ...foldersAbove(from)].some((folder) =>
    existsSync(join(folder, 'node_modules', name)),
  );
}
