// The file that a declaration file was made of: a package of the same workspace is used as it is
// built, and its map says where its code is.
//
//   libs/cache/build/cache.d.ts      libs/cache/build/cache.d.ts.map → libs/cache/src/cache.ts
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

export function isDeclarationFile(path: string): boolean {
  return /\.d\.[cm]?ts$/.test(path);
}

interface Kept {
  readonly changed: number;
  readonly source: string | undefined;
}

const kept = new Map<string, Kept>();

/** The path itself, where it is no declaration file, or nothing says what it was made of. */
export function sourceOfDeclaration(path: string): string {
  if (!isDeclarationFile(path)) return path;
  const map = `${path}.map`;
  const stats = statSync(map, { throwIfNoEntry: false });
  if (stats === undefined) return path;
  let known = kept.get(map);
  if (known?.changed !== stats.mtimeMs) {
    known = { changed: stats.mtimeMs, source: sourceIn(map) };
    kept.set(map, known);
  }
  return known.source ?? path;
}

function sourceIn(map: string): string | undefined {
  try {
    const { sourceRoot, sources } = JSON.parse(readFileSync(map, 'utf8')) as {
      readonly sourceRoot?: unknown;
      readonly sources?: unknown;
    };
    const [source, ...others] = Array.isArray(sources) ? (sources as unknown[]) : [];
    if (typeof source !== 'string' || others.length > 0) return undefined;
    const root = typeof sourceRoot === 'string' ? sourceRoot : '';
    const path = resolve(dirname(map), root, source);
    return statSync(path, { throwIfNoEntry: false })?.isFile() ? path : undefined;
  } catch {
    return undefined;
  }
}
