import { relative } from 'node:path';

/** A path as it reads on every platform: from a folder, with slashes. */
export function portablePath(folder: string, path: string): string {
  return relative(folder, path).replaceAll('\\', '/');
}
