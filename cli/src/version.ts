import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The version of this package; those of the runtime and of the plugin are the same. */
export const version: string = manifest.version;

/** Generated: see `tools/addresses.ts`. */
const PAGES = 'https://github.com/mooring-dev/mooring/blob/main/docs';

/** Where a page of the documentation is read. */
export function pageUrl(page: string): string {
  return `${PAGES}/${page}`;
}
