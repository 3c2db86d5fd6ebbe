// The files of the package that a file lies in, as far as they are the program's own: nothing that was
// built or fetched, and tests only where they are asked for.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { isDeclarationFile } from './declared-source.js';

/** In a larger package nobody is looked for. */
const MOST = 2_000;

/** Folders of what is no source of the package. */
const OTHERS = /^(\..*|build|coverage|dist|node_modules|out)$/;
const TESTS = /^(__fixtures__|__mocks__|__tests__|e2e|fixtures|tests?)$/;

const SOURCE = /\.[cm]?tsx?$/;
const TEST = /[._](spec|test)\.[cm]?tsx?$/;

/** `undefined` where there is no package, or one that is too large. */
export function packageFiles(file: string, withTests = false): readonly string[] | undefined {
  const root = packageFolder(dirname(file));
  if (root === undefined) return undefined;
  const found: string[] = [];
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      const { name } = entry;
      const isOther = OTHERS.test(name) || (!withTests && TESTS.test(name));
      if (entry.isDirectory() && !isOther) folders.push(path);
      if (!entry.isFile() || !SOURCE.test(name) || isDeclarationFile(name)) continue;
      if (!withTests && TEST.test(name)) continue;
      if (found.push(path) > MOST) return undefined;
    }
  }
  return found;
}

/** The folder of the package that a folder lies in. */
export function packageFolder(folder: string): string | undefined {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : packageFolder(parent);
}

function entriesOf(folder: string): ReturnType<typeof readEntries> {
  try {
    return readEntries(folder);
  } catch {
    return []; // It is gone, or may not be read.
  }
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}

/** What was read of each, as it was then. */
const texts = new Map<string, { readonly changed: number; readonly text: string }>();

/** An empty one where the file is gone, or may not be read. In an editor it is as it was last saved. */
export function textOf(file: string): string {
  try {
    const changed = statSync(file).mtimeMs;
    const known = texts.get(file);
    if (known?.changed === changed) return known.text;
    const text = readFileSync(file, 'utf8');
    if (texts.size > MOST) texts.clear();
    texts.set(file, { changed, text });
    return text;
  } catch {
    return '';
  }
}
