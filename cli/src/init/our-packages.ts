import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { version } from '../version.js';
import { type Project, readText } from './project.js';

/** How a manifest asks for a package of ours. */
export interface OurPackages {
  readonly rangeOf: (name: OurPackage, project: Project) => string;
  /** What there is to know of it. */
  readonly note?: string;
}

export type OurPackage = 'eslint-plugin-mooring' | 'mooring-cli';

/** Their folders in the workspace. */
const FOLDERS: Readonly<Record<OurPackage, string>> = {
  'eslint-plugin-mooring': 'eslint-plugin',
  'mooring-cli': 'cli',
};

/** Before the path of a folder that is to be linked: what it needs is found from where it is. */
function linkOf({ manager, root }: Project): string {
  if (manager === 'bun' || manager === 'npm') return 'file:';
  const isClassic = readText(join(root, 'yarn.lock'))?.includes('# yarn lockfile v1');
  return manager === 'pnpm' || isClassic ? 'link:' : 'portal:';
}

export function published(of: string): OurPackages {
  return { rangeOf: () => `^${of}` };
}

/**
 * Those of the registry where this program came from there. One that runs in a checkout is perhaps
 * ahead of the registry, or, today, alone: then it is the packages of the checkout.
 */
export function ourPackages(): OurPackages {
  const workspace = dirname(dirname(realpathSync(fileURLToPath(new URL('..', import.meta.url)))));
  const isInstalled = workspace.split(sep).includes('node_modules');
  if (isInstalled || !existsSync(join(workspace, 'eslint-plugin/package.json'))) {
    return published(version);
  }
  return {
    rangeOf: (name, project) => `${linkOf(project)}${join(workspace, FOLDERS[name])}`,
    note:
      `What is installed is linked to the checkout in ${workspace}: good for a try on this machine. ` +
      `To commit it, wait for version ${version} on npm.`,
  };
}
