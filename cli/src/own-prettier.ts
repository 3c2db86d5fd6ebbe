import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Of prettier what is called here; up to version 2 it answered at once, since 3 it is waited for. */
interface Prettier {
  resolveConfig(
    file: string,
    options: { readonly editorconfig: boolean },
  ): Promise<object | null> | object | null;
  getFileInfo(file: string, options: { readonly ignorePath: string }): Promise<FileInfo> | FileInfo;
  check(text: string, options: object): Promise<boolean> | boolean;
  format(text: string, options: object): Promise<string> | string;
}

interface FileInfo {
  readonly ignored: boolean;
}

/**
 * A text as the prettier of the project writes it, where the text before was as prettier writes it: a
 * line that has become too long is wrapped, and nobody finds a diff of the rest of the file. A new
 * file, whose text before is empty, is written so too.
 *
 * @returns `after` as it is where the project has no prettier, or one that fails, ignores the file, or
 * did not write what was there.
 */
export async function asPrettierWrites(
  root: string,
  file: string,
  before: string,
  after: string,
): Promise<string> {
  if (before === after) return after;
  try {
    const prettier = await prettierOf(root);
    if (prettier === undefined) return after;
    const ignorePath = join(root, '.prettierignore');
    if ((await prettier.getFileInfo(file, { ignorePath })).ignored) return after;
    const config = await prettier.resolveConfig(file, { editorconfig: true });
    const options = { ...config, filepath: file };
    if (before !== '' && !(await prettier.check(before, options))) return after;
    return await prettier.format(after, options);
  } catch {
    // Its config is broken, or a plugin is missing: whoever formats hears of it.
    return after;
  }
}

const loaded = new Map<string, Promise<Prettier>>();

async function prettierOf(root: string): Promise<Prettier | undefined> {
  let path: string;
  try {
    path = createRequire(join(root, 'anything.js')).resolve('prettier');
  } catch {
    return undefined;
  }
  const known = loaded.get(path) ?? load(path);
  loaded.set(path, known);
  return await known;
}

async function load(path: string): Promise<Prettier> {
  const module = (await import(pathToFileURL(path).href)) as { readonly default?: Prettier };
  return module.default ?? (module as Prettier);
}
