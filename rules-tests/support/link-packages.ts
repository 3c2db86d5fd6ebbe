import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Gives a project the packages that are installed in any of these folders: of two the first. */
export function linkPackages(project: string, folders: readonly string[]): void {
  for (const folder of folders) link(join(folder, 'node_modules'), join(project, 'node_modules'));
}

function link(from: string, to: string): void {
  if (!existsSync(from)) return;
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    // Packages of one scope may come from several folders.
    if (name.startsWith('@')) link(join(from, name), join(to, name));
    else if (!existsSync(join(to, name))) symlinkSync(join(from, name), join(to, name));
  }
}
