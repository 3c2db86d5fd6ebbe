import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

const names = new Map<string, string | undefined>();

/**
 * The name of the package that a file lies in: the nearest `package.json` above it that has one.
 *
 * The road not taken: reading the name off `node_modules/NAME/` in the path. In a workspace a
 * package is a link, and its declarations are found in a folder of any name.
 */
export function packageOf(file: string): string | undefined {
  // The library of a compiler may lie in the compiler itself, under a path of its own making.
  return isAbsolute(file) ? packageOfFolder(dirname(file)) : undefined;
}

/** The `type` of the nearest `package.json` above a file, by which Node tells what a `.js` is. */
export function packageType(file: string): string | undefined {
  return isAbsolute(file) ? typeOfFolder(dirname(file)) : undefined;
}

const types = new Map<string, string | undefined>();

function typeOfFolder(folder: string): string | undefined {
  if (types.has(folder)) return types.get(folder);
  const parent = dirname(folder);
  const manifest = readManifest(folder);
  const isLast = manifest !== undefined || parent === folder;
  const type = isLast ? textOf(manifest?.['type']) : typeOfFolder(parent);
  types.set(folder, type);
  return type;
}

function packageOfFolder(folder: string): string | undefined {
  if (names.has(folder)) return names.get(folder);
  const parent = dirname(folder);
  const name = readName(folder) ?? (parent === folder ? undefined : packageOfFolder(parent));
  names.set(folder, name);
  return name;
}

function readName(folder: string): string | undefined {
  return textOf(readManifest(folder)?.['name']);
}

function readManifest(folder: string): Readonly<Record<string, unknown>> | undefined {
  let text;
  try {
    text = readFileSync(join(folder, 'package.json'), 'utf8');
  } catch {
    return undefined; // No package.json here: the folder above may have one.
  }
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return {}; // A broken package.json says nothing.
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
