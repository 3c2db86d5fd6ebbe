import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/**
 * The folder of the TypeScript 7 that comes with this package: `settings.mooring.typescript` names
 * it, so that nothing has to be installed in the project that is looked at.
 */
export const nativeTypescript: string = folderOf('typescript-7');

/** Declarations of Node, for a project of plain JavaScript that has none. */
export const nodeTypes: string = `${folderOf('@types/node')}/index.d.ts`;

function folderOf(name: string): string {
  const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
  return dirname(manifest).replaceAll('\\', '/');
}
