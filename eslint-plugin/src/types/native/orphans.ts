import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * What a file in no project gets that the config above it does not say. A script of one project is
 * read as another would be: with the platform's types, and with those that are installed.
 */
const DEFAULTS = {
  target: 'esnext',
  module: 'preserve',
  jsx: 'preserve',
  strict: true,
  types: ['*'],
};

/**
 * What a file in no project gets whatever the config above it says: nothing is written, and the
 * names of one file are not another's.
 *
 *     a.js   async function main() {}  main();
 *     b.js   function main() {}        main();     floats, if the two are one script
 */
const FORCED = {
  allowJs: true,
  moduleDetection: 'force',
  skipLibCheck: true,
  noEmit: true,
  composite: false,
  incremental: false,
};

/** What a run lints. */
export interface RunFiles {
  /** Absolute, with slashes. */
  readonly files: readonly string[];
  /** The `index.d.ts` of Node's declarations, for files in no project that have none of their own. */
  readonly nodeTypes?: string;
}

/** Configs that are on no disk, by their paths. */
export type MadeConfigs = ReadonlyMap<string, string>;

/**
 * The configs that files in no project share, one for each config that is nearest to some of them,
 * which it extends: tests and scripts of a package see its `paths` and its `lib`.
 *
 * @param nodeTypes declarations of Node, for a project that has none of its own installed. In one
 * of plain JavaScript nothing would be known of `node:fs/promises` without them.
 */
export function configsFor(
  orphans: readonly string[],
  nearestOf: (file: string) => string | undefined,
  nodeTypes: string | undefined,
): { readonly made: MadeConfigs; readonly filesOf: ReadonlyMap<string, readonly string[]> } {
  const byNearest = new Map<string | undefined, string[]>();
  for (const file of orphans) {
    const nearest = nearestOf(file);
    byNearest.set(nearest, [...(byNearest.get(nearest) ?? []), file]);
  }
  const made = new Map<string, string>();
  const filesOf = new Map<string, readonly string[]>();
  for (const [nearest, files] of byNearest) {
    const folder = nearest === undefined ? dirname(files[0]!) : dirname(nearest);
    const defaults = `${folder}/mooring.defaults.json`;
    const config = `${folder}/mooring.orphans.json`;
    const bases = nearest === undefined ? [] : [`./${basename(nearest)}`];
    made.set(defaults, JSON.stringify({ compilerOptions: DEFAULTS }));
    made.set(
      config,
      JSON.stringify({
        extends: ['./mooring.defaults.json', ...bases],
        compilerOptions: FORCED,
        files: [...files, ...platformOf(folder, nodeTypes)],
        include: [],
      }),
    );
    filesOf.set(config, files);
  }
  return { made, filesOf };
}

function platformOf(folder: string, nodeTypes: string | undefined): string[] {
  if (nodeTypes === undefined) return [];
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(`${at}/node_modules/@types/node`)) return [];
    if (at === dirname(at)) return [nodeTypes];
  }
}
