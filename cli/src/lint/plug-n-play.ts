import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What Yarn leaves at the root of a project whose packages stay in their archives. */
const LOADER = '.pnp.cjs';

export const PLUG_N_PLAY =
  "Yarn Plug'n'Play keeps packages in archives, which TypeScript 7 does not read: more is found with " +
  'nodeLinker: node-modules in .yarnrc.yml.';

export function isPlugAndPlay(folder: string): boolean {
  return existsSync(join(folder, LOADER));
}
