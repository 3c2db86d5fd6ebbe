import { basename } from 'node:path';

import { ESLint, type Linter } from 'eslint';

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
  /** Why it has no say, in a sentence. */
  readonly note?: string;
}

/**
 * Asks the ESLint config of the project, if there is one that can be loaded, what it leaves out,
 * what `settings.mooring` is, and which of our rules it has turned on or off. Its other rules are
 * not run.
 */
export async function ownConfigOf(root: string, files: readonly string[]): Promise<OwnConfig> {
  const eslint = new ESLint({ cwd: root, warnIgnored: false });
  let path: string | undefined;
  try {
    path = await eslint.findConfigFile(files[0]);
  } catch {
    path = undefined; // There is none.
  }
  if (path === undefined) return { files, of: () => undefined };
  try {
    return await read(eslint, files);
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    const note = `${basename(path)} cannot be loaded, and has no say: ${line.replace(/\.$/, '')}.`;
    return { files, of: () => undefined, note };
  }
}

interface ComputedConfig {
  readonly rules?: Linter.RulesRecord;
  readonly settings?: Readonly<Record<string, unknown>>;
}

async function read(eslint: ESLint, files: readonly string[]): Promise<OwnConfig> {
  const kept: string[] = [];
  const byFile = new Map<string, OwnSettings>();
  const byConfig = new Map<object, OwnSettings>();
  for (const file of files) {
    if (await eslint.isPathIgnored(file)) continue;
    kept.push(file);
    // ESLint gives the same object for all files of which the same parts of a config speak.
    const config = (await eslint.calculateConfigForFile(file)) as ComputedConfig | undefined;
    if (config === undefined) continue;
    const known = byConfig.get(config) ?? oursIn(config);
    byConfig.set(config, known);
    byFile.set(file, known);
  }
  return { files: kept, of: (file) => byFile.get(file) };
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
