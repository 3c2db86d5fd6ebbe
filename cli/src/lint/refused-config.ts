import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, resolve } from 'node:path';

import { parse } from 'jsonc-parser';

interface TsConfig {
  readonly extends?: string | readonly string[];
  readonly references?: readonly { readonly path: string }[];
  readonly compilerOptions?: {
    readonly baseUrl?: string;
    readonly moduleResolution?: string;
  };
}

/**
 * Whether the project of a file finds its modules in a way that TypeScript 7 has no more: its config
 * says so, one that it extends, or one that it refers to. `check` hears it from TypeScript 7 itself; in
 * an editor one file is open, and its answer would cost the projects of all.
 */
export function isRefused(file: string): boolean {
  const config = configAbove(dirname(file));
  return config !== undefined && asksForOlder(config, new Set());
}

function configAbove(folder: string): string | undefined {
  const config = join(folder, 'tsconfig.json');
  if (existsSync(config)) return config;
  const parent = dirname(folder);
  return parent === folder ? undefined : configAbove(parent);
}

function asksForOlder(config: string, seen: Set<string>): boolean {
  if (seen.has(config)) return false;
  seen.add(config);
  const { compilerOptions, extends: bases = [], references = [] } = read(config);
  const { baseUrl, moduleResolution = '' } = compilerOptions ?? {};
  if (baseUrl !== undefined || moduleResolution.toLowerCase() === 'classic') return true;
  const folder = dirname(config);
  return [
    ...[bases].flat().map((base) => baseAt(base, config)),
    ...references.map(({ path }) => referredAt(resolve(folder, path))),
  ].some((other) => other !== undefined && asksForOlder(other, seen));
}

/** Nothing of a config that cannot be read: whoever compiles hears of it. */
function read(config: string): TsConfig {
  try {
    const value = parse(readFileSync(config, 'utf8'), [], { allowTrailingComma: true }) as unknown;
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function baseAt(base: string, from: string): string | undefined {
  const names = extname(base) === '.json' ? [base] : [`${base}.json`, `${base}/tsconfig.json`];
  if (/^\.{0,2}\//.test(base) || base.startsWith('..')) {
    return names.map((name) => resolve(dirname(from), name)).find(existsSync);
  }
  const require = createRequire(from);
  return names.map((name) => resolved(name, require)).find((path) => path !== undefined);
}

function resolved(name: string, require: NodeJS.Require): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

function referredAt(path: string): string {
  return extname(path) === '.json' ? path : join(path, 'tsconfig.json');
}
