import { dirname, relative } from 'node:path';

import { ESLint, type Linter } from 'eslint';

import { SOURCE_PATTERNS } from './source-patterns.js';

/** What the project's own ESLint config says of a file, as far as it matters here. */
export interface OwnSettings {
  readonly settings: Readonly<Record<string, unknown>>;
  /** Of our rules only. */
  readonly rules: Linter.RulesRecord;
}

export interface OwnConfig {
  /** The files that it does not leave out. */
  readonly files: readonly string[];
  readonly of: (file: string) => OwnSettings | undefined;
  /** Of each config that has no say: why, in a sentence. */
  readonly notes: readonly string[];
}

/**
 * What is appended to the project's config, so that it speaks of each source file: one of which it
 * says nothing is linted by no ESLint, and is looked at here all the same.
 *
 *     export default [{ files: ['**\/*.js'] }] // a.ts is not ignored
 */
const EVERY_SOURCE: Linter.Config = { files: [...SOURCE_PATTERNS] };

/**
 * Asks the ESLint config of each file, if there is one that can be loaded, what it leaves out, what
 * `settings.mooring` is, and which of our rules it has turned on or off. Its other rules are not run.
 */
export async function ownConfigOf(root: string, files: readonly string[]): Promise<OwnConfig> {
  const eslint = new ESLint({ cwd: root, warnIgnored: false, overrideConfig: EVERY_SOURCE });
  const kept: string[] = [];
  const byFile = new Map<string, OwnSettings>();
  const byConfig = new Map<object, OwnSettings>();
  const broken = new Map<string, string>();
  // ESLint looks through all folders above a file, and for the next one beside it again.
  const paths = new Map<string, Promise<string | undefined>>();
  for (const file of files) {
    const folder = dirname(file);
    const found = paths.get(folder) ?? eslint.findConfigFile(file);
    paths.set(folder, found);
    const path = await found;
    const config =
      path === undefined || broken.has(path) ? NO_SAY : await askedOf(eslint, file, path, broken);
    if (config === undefined) continue;
    kept.push(file);
    // ESLint gives the same object for all files of which the same parts of a config speak.
    const known = byConfig.get(config) ?? oursIn(config);
    byConfig.set(config, known);
    byFile.set(file, known);
  }
  const notes = [...broken].map(
    ([path, why]) => `${relative(root, path)} cannot be loaded, and has no say: ${why}.`,
  );
  return { files: kept, of: (file) => byFile.get(file), notes };
}

/** For `--no-config`. */
export function noConfig(files: readonly string[]): OwnConfig {
  return { files, of: () => undefined, notes: [] };
}

interface ComputedConfig {
  readonly rules?: Linter.RulesRecord;
  readonly settings?: Readonly<Record<string, unknown>>;
}

const NO_SAY: ComputedConfig = {};

/** `undefined`: it leaves the file out. */
async function askedOf(
  eslint: ESLint,
  file: string,
  path: string,
  broken: Map<string, string>,
): Promise<ComputedConfig | undefined> {
  try {
    return (await eslint.calculateConfigForFile(file)) as ComputedConfig | undefined;
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    broken.set(path, line.replace(/\.$/, ''));
    return NO_SAY;
  }
}

function oursIn({ rules = {}, settings = {} }: ComputedConfig): OwnSettings {
  const mooring = settings['mooring'];
  return {
    settings: mooring === undefined ? {} : { mooring },
    rules: Object.fromEntries(
      Object.entries(rules).filter(([name]) => name.startsWith('mooring/')),
    ),
  };
}
