import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';

import { NativeFailure } from './failure.js';

/** A TypeScript that brings its own API, as it is installed in the user's project. */
export interface NativeInstall {
  readonly version: string;
  /** Its folder: what tells one installation from another. */
  readonly folder: string;
  /** The checker's program for this platform. */
  readonly executable: string;
  /** Loads the first of these entry points of the package that it has. */
  load(entries: readonly string[]): unknown;
}

const installs = new Map<string, NativeInstall | NativeFailure>();

/**
 * Finds TypeScript 7 as the linted file's folder sees it, else as the working directory does.
 *
 * @throws {NativeFailure} there is none, or it is older, or its program is not there.
 */
export function findInstall(name: string, folders: readonly string[]): NativeInstall {
  const manifest = findManifest(name, folders);
  let install = installs.get(manifest);
  if (install === undefined) {
    try {
      install = readInstall(name, manifest);
    } catch (error) {
      if (!(error instanceof NativeFailure)) throw error;
      install = error;
    }
    installs.set(manifest, install);
  }
  if (install instanceof NativeFailure) throw install;
  return install;
}

const manifests = new Map<string, string | undefined>();

function findManifest(name: string, folders: readonly string[]): string {
  for (const folder of folders) {
    const key = `${name}\0${folder}`;
    if (!manifests.has(key)) manifests.set(key, resolveManifest(name, folder));
    const manifest = manifests.get(key);
    if (manifest !== undefined) return manifest;
  }
  throw new NativeFailure('install', `There is no package '${name}' for ${folders[0]}.`);
}

function resolveManifest(name: string, folder: string): string | undefined {
  // Where it is, is known: Node would read the manifest of the project first, which may be broken.
  if (isAbsolute(name) && existsSync(join(name, 'package.json'))) return join(name, 'package.json');
  try {
    return createRequire(join(folder, 'anything.js')).resolve(`${name}/package.json`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // Not installed here: the next folder may see it.
    if (code === 'MODULE_NOT_FOUND' || code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return undefined;
    const advice = /[\\/]node_modules[\\/]/.test(message) ? 'Install again.' : 'Mend it.';
    throw new NativeFailure('install', `${message.replace(/\.$/, '')}. ${advice}`, error);
  }
}

function readManifest(manifest: string): { readonly version?: string } {
  try {
    return JSON.parse(readFileSync(manifest, 'utf8')) as { version?: string };
  } catch (cause) {
    const reason = (cause as Error).message;
    const message = `${manifest} cannot be read: ${reason}. Install again.`;
    throw new NativeFailure('install', message, cause);
  }
}

function readInstall(name: string, manifest: string): NativeInstall {
  const folder = dirname(manifest);
  const { version = '0' } = readManifest(manifest);
  const fail = (what: string, cause?: unknown): NativeFailure =>
    new NativeFailure('install', `${name} ${version} in ${folder} ${what}`, cause);
  if (Number.parseInt(version, 10) < 7) {
    throw fail('has no checker that a plugin can start: TypeScript 7 is the first.');
  }
  const load = createRequire(manifest);
  return {
    version,
    folder,
    executable: findExecutable(load, version, fail),
    load(entries) {
      for (const entry of entries) {
        const path = resolveEntry(load, entry);
        if (path === undefined) continue;
        try {
          return load(path) as unknown;
        } catch (cause) {
          throw fail(`cannot be loaded from ${entry} by Node ${process.version}.`, cause);
        }
      }
      throw fail(
        `has none of ${entries.join(', ')}: this plugin knows the API of TypeScript 7.0 and 7.1. ` +
          'Install one of them, or a newer eslint-plugin-mooring.',
      );
    },
  };
}

/** An entry point as the package itself sees it, whatever alias it is installed under. */
function resolveEntry(load: NodeJS.Require, entry: string): string | undefined {
  try {
    return load.resolve(entry);
  } catch {
    return undefined; // Another version, other entry points.
  }
}

/**
 * TypeScript finds its program itself; it is looked for here first, because a program that cannot
 * be started ends Node with an error that no `catch` sees. The two parts speak a protocol without
 * a version, so they have to be of one release.
 */
function findExecutable(
  load: NodeJS.Require,
  version: string,
  fail: (what: string, cause?: unknown) => NativeFailure,
): string {
  const platform = `@typescript/typescript-${process.platform}-${process.arch}`;
  let manifest;
  try {
    manifest = load.resolve(`${platform}/package.json`);
  } catch (cause) {
    throw fail(
      `lacks its program for this platform, the package ${platform}. Install again with optional ` +
        'dependencies (npm install --include=optional), on the platform that runs the linter.',
      cause,
    );
  }
  const installed = readManifest(manifest).version;
  if (installed !== version) {
    throw fail(`has a program of another release: ${platform} is ${installed}. Install again.`);
  }
  const extension = process.platform === 'win32' ? '.exe' : '';
  const executable = join(dirname(manifest), 'lib', `tsc${extension}`);
  try {
    accessSync(executable, constants.X_OK);
  } catch (cause) {
    throw fail(`has a program that cannot be run: ${executable}. Install again.`, cause);
  }
  // Without it nothing is known of promises, and the checker does not mind.
  const library = join(dirname(executable), 'lib.es5.d.ts');
  if (!existsSync(library)) throw fail(`lacks its library: ${library}. Install again.`);
  return executable;
}
