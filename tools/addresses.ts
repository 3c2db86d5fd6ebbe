import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './root.js';

const manifest = readFileSync(join(root, 'package.json'), 'utf8');

/** Where the repository is: the one place that spells it is the manifest of the workspace. */
export const REPOSITORY: string = (JSON.parse(manifest) as { homepage: string }).homepage;

/** Where the pages of `docs/` are read. */
export const PAGES = `${REPOSITORY}/blob/main/docs`;
