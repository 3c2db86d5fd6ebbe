import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
  homepage: string;
};

/** The version of this package; those of the runtime and of the plugin are the same. */
export const version: string = manifest.version;

/** Where a page of the documentation is read. */
export function pageUrl(page: string): string {
  return `${manifest.homepage.replace(/#.*$/, '')}/blob/main/docs/${page}`;
}
