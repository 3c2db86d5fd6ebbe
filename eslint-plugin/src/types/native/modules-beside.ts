// Near a file that is in no project, those that a run of the linter comes to next.
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** More files are too much to read for one that is linted. */
const MOST = 250;

const TYPESCRIPT = /(?<!\.d)\.[cm]?tsx?$/;
const JAVASCRIPT = /\.[cm]?jsx?$/;

/**
 * Modules in the same language that lie near a file: of the folders around it, below the one that has
 * the config, the largest that is not too large. `isConfig` tells the names of configs: a folder with
 * one of its own is a place of its own.
 */
export function modulesBeside(
  file: string,
  top: string,
  isConfig: (name: string) => boolean,
): readonly string[] {
  const language = TYPESCRIPT.test(file) ? TYPESCRIPT : JAVASCRIPT;
  let found = filesIn(dirname(file), language);
  for (let folder = dirname(file); folder.startsWith(`${top}/`); folder = dirname(folder)) {
    const more = filesUnder(folder, language, isConfig);
    if (more.length > MOST) break;
    found = more;
  }
  if (found.length > MOST) {
    // A run goes on from here.
    const start = found.findIndex((other) => other >= file);
    found = found.slice(start, start + MOST);
  }
  return found.filter(isModuleOnDisk);
}

function filesIn(folder: string, language: RegExp): readonly string[] {
  return entriesOf(folder)
    .filter((entry) => entry.isFile() && language.test(entry.name))
    .map(({ name }) => `${folder}/${name}`)
    .sort();
}

/** As many as there are, or some more than may be. */
function filesUnder(
  root: string,
  language: RegExp,
  isConfig: (name: string) => boolean,
): readonly string[] {
  const found: string[] = [];
  const folders = [root]; // The loop goes on over what is added to it meanwhile.
  for (const folder of folders) {
    if (found.length > MOST) break;
    const entries = entriesOf(folder);
    if (folder !== root && entries.some(({ name }) => isConfig(name))) continue;
    for (const entry of entries) {
      const isFolder = entry.isDirectory() && entry.name !== 'node_modules';
      if (isFolder && !entry.name.startsWith('.')) folders.push(`${folder}/${entry.name}`);
    }
    found.push(...filesIn(folder, language));
  }
  return found.sort();
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // A folder that is closed to us.
  }
}

function isModuleOnDisk(path: string): boolean {
  try {
    return isModule(readFileSync(path, 'utf8'));
  } catch {
    return false;
  }
}

/** Whether what a text declares is seen by nobody who does not import it. */
function isModule(text: string): boolean {
  return /^(import|export)\b(?!\s*\()/m.test(text) && !/\bdeclare\s+(global|module)\b/.test(text);
}
