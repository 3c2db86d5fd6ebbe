/** `node:fs`, as far as the plugin asks a disk: the nearest `package.json`, a module beside the file. */
import { files } from './files.js';

export const existsSync = (path) => files.has(path);

export function readFileSync(path) {
  const text = files.get(path);
  if (text === undefined) throw new Error(`There is no ${path} in the playground.`);
  return text;
}

export function statSync(path) {
  const size = readFileSync(path).length;
  return { size, isFile: () => true };
}

export const readdirSync = () => [];
export const realpathSync = (path) => path;
export const accessSync = readFileSync;
export const constants = {};
