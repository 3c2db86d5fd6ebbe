/**
 * Where the repository is, and where the pages are read. The one place that spells it is `homepage` in
 * the manifest of the workspace: `npm run generate` writes it wherever else it has to stand, and the
 * site and the pages in the plugin's tarball are built with it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './root.js';

const manifest = readFileSync(join(root, 'package.json'), 'utf8');

export const REPOSITORY: string = (JSON.parse(manifest) as { homepage: string }).homepage;

/** Where the pages of `docs/` are read. */
export const PAGES = `${REPOSITORY}/blob/main/docs`;

/** The files that are published with the address in them, and how it gets there. */
export const ADDRESSED: Readonly<Record<string, (text: string) => string>> = {
  'cli/package.json': inManifest('cli'),
  'eslint-plugin/package.json': inManifest('eslint-plugin'),
  'runtime/package.json': inManifest('runtime'),
  'cli/README.md': inPage,
  'eslint-plugin/README.md': inPage,
  'runtime/README.md': inPage,
  'cli/src/version.ts': inSource,
  'eslint-plugin/src/vocabulary.ts': inSource,
};

function inManifest(directory: string): (text: string) => string {
  return (text) =>
    JSON.stringify(
      {
        ...(JSON.parse(text) as object),
        repository: { type: 'git', url: `git+${REPOSITORY}.git`, directory },
        homepage: `${REPOSITORY}#readme`,
        bugs: `${REPOSITORY}/issues`,
      },
      null,
      2,
    );
}

/** A page that is published alone has no page beside it: its links are whole. */
function inPage(text: string): string {
  return text
    .replaceAll(/\bhttps:[^\s)]*?\/blob\/main\/docs(?=\/)/g, PAGES)
    .replaceAll(/\bhttps:[^\s)]*(?=#readme\))/g, REPOSITORY);
}

function inSource(text: string): string {
  return text.replaceAll(/'https:[^\s']*\/blob\/main\/docs'/g, `'${PAGES}'`);
}
