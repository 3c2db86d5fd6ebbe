import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { parse } from 'jsonc-parser';

import { CannotError } from '../command.js';
import { cannotRead } from '../lint/targets.js';

/** What a project is, as far as its files say. */
export interface Project {
  readonly root: string;
  readonly manager: Manager;
  readonly linter: Linter;
  /** The range of TypeScript that the manifest asks for, by its first number; `undefined` for none. */
  readonly typescript: number | undefined;
  readonly isModule: boolean;
  /** Endings of components, such as `vue`: no script files, but files with scripts in them. */
  readonly components: readonly string[];
  readonly manifest: string;
  readonly has: (name: string) => boolean;
}

export type Manager = 'bun' | 'npm' | 'pnpm' | 'yarn';

export type Linter =
  | { readonly kind: 'biome' | 'none' }
  | { readonly kind: 'eslint' | 'oxlint'; readonly config: string | undefined }
  | { readonly kind: 'eslintrc'; readonly config: string };

interface Manifest {
  readonly type?: string;
  readonly packageManager?: string;
  readonly workspaces?: unknown;
  readonly eslintConfig?: object;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const COMPONENTS: Readonly<Record<string, string>> = {
  vue: 'vue',
  svelte: 'svelte',
  astro: 'astro',
};

/** @throws {CannotError} there is no `package.json`, or the project is a part of another. */
export function projectAt(root: string): Project {
  const text = readText(join(root, 'package.json'));
  if (text === undefined) {
    throw new CannotError(
      `There is no package.json in ${root}: init sets a project up, from its root`,
    );
  }
  const manifest = manifestOf(text, root);
  const outer = workspaceAbove(root);
  if (outer !== undefined) {
    throw new CannotError(`${root} is a package of the workspace in ${outer}: run init there`);
  }
  const asked = { ...manifest.dependencies, ...manifest.devDependencies };
  const has = (name: string): boolean => name in asked;
  return {
    root,
    manager: managerOf(root, manifest),
    linter: linterOf(root, manifest, asked),
    typescript: majorOf(asked['typescript']),
    isModule: manifest.type === 'module',
    components: Object.keys(COMPONENTS).filter(has),
    manifest: text,
    has,
  };
}

function manifestOf(text: string, root: string): Manifest {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new CannotError(`${join(root, 'package.json')} is no JSON: ${reason}`, { cause });
  }
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) {
    throw new CannotError(`The package.json in ${root} is no manifest`);
  }
  return manifest;
}

const LOCKS: readonly (readonly [file: string, manager: Manager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['pnpm-workspace.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
];

function managerOf(root: string, { packageManager = '' }: Manifest): Manager {
  const named = (['bun', 'npm', 'pnpm', 'yarn'] as const).find((manager) =>
    packageManager.startsWith(`${manager}@`),
  );
  return named ?? LOCKS.find(([file]) => existsSync(join(root, file)))?.[1] ?? 'npm';
}

const ESLINT = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((ending) => `eslint.config.${ending}`);
const OXLINT = ['.oxlintrc.json', '.oxlintrc.jsonc', 'oxlint.config.ts', 'oxlint.config.js'];
const BIOME = ['biome.json', 'biome.jsonc', '.biome.json', '.biome.jsonc'];

/** ESLint first, where a project has several: it is the one that shows the rules in every editor. */
function linterOf(
  root: string,
  manifest: Manifest,
  asked: Readonly<Record<string, string>>,
): Linter {
  const find = (names: readonly string[]): string | undefined =>
    names.find((name) => existsSync(join(root, name)));
  const eslint = find(ESLINT);
  const isOld = (majorOf(asked['eslint']) ?? 9) < 9;
  if (eslint !== undefined) return { kind: isOld ? 'eslintrc' : 'eslint', config: eslint };
  const older = readdirSync(root).find((name) => name.startsWith('.eslintrc'));
  if (older !== undefined) return { kind: 'eslintrc', config: older };
  if (manifest.eslintConfig !== undefined) return { kind: 'eslintrc', config: 'package.json' };
  const oxlint = find(OXLINT);
  if (oxlint !== undefined || 'oxlint' in asked) return { kind: 'oxlint', config: oxlint };
  if (find(BIOME) !== undefined || '@biomejs/biome' in asked) return { kind: 'biome' };
  return 'eslint' in asked ? { kind: 'eslint', config: undefined } : { kind: 'none' };
}

function workspaceAbove(root: string): string | undefined {
  for (let at = dirname(root); at !== dirname(at); at = dirname(at)) {
    const text = readText(join(at, 'package.json'));
    const { workspaces } = (text === undefined ? {} : (parse(text) ?? {})) as Manifest;
    if (workspaces !== undefined || existsSync(join(at, 'pnpm-workspace.yaml'))) return at;
    if (existsSync(join(at, '.git')) || existsSync(join(root, '.git'))) return undefined;
  }
  return undefined;
}

/** `^6.0.3`, `~5.9`, `npm:typescript@7.0.2`, `>=5.9`. */
function majorOf(range: string | undefined): number | undefined {
  const major = range === undefined ? undefined : /(?:^|@)[^\d]*(\d+)/.exec(range)?.[1];
  return major === undefined ? undefined : Number(major);
}

export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cannotRead(path, error);
  }
}
