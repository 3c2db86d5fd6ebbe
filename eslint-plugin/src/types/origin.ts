import { PLATFORM_PACKAGES } from '../vocabulary.js';
import type { Checker, Symbol } from './checker.js';
import { packageOf } from './package-of.js';
import { namesOf, type Specifier } from './specifier.js';
import type { Origin } from './types.js';

/** How the checkers name what a file itself exports at its top: `export default`. */
const UNNAMED = new Set(['__type', '__object', '__function', '__class', '__call', '__new']);

/** Where a symbol is declared, or `undefined` when no file declares it. */
export function originOf(checker: Checker, symbol: Symbol): Origin | undefined {
  const name = checker.nameOf(symbol);
  const [file] = checker.filesOf(symbol);
  if (file === undefined || UNNAMED.has(name)) return undefined;
  const packageName = packageOf(file.path);
  const isPlatform =
    file.isDefaultLibrary || (packageName !== undefined && PLATFORM_PACKAGES.includes(packageName));
  return {
    name,
    parents: parentsOf(checker, symbol),
    from: isPlatform ? 'lib' : file.path.includes('/node_modules/') ? 'package' : 'file',
    package: packageName,
    file: file.path,
  };
}

function parentsOf(checker: Checker, symbol: Symbol): string[] {
  const parents: string[] = [];
  for (let at = checker.parentOf(symbol); at !== undefined; at = checker.parentOf(at)) {
    parents.push(checker.nameOf(at).replace(/^"(.*)"$/, '$1'));
  }
  return parents;
}

/** Whether an origin is one of those that a setting names. */
export function originMatches(origin: Origin, specifiers: readonly Specifier[]): boolean {
  return specifiers.some((specifier) => {
    if (!namesOf(specifier).includes(origin.name)) return false;
    if (typeof specifier === 'string') return true;
    switch (specifier.from) {
      case 'lib':
        return origin.from === 'lib';
      case 'package':
        return isPackage(origin, specifier.package);
      case 'file':
        return (
          origin.from === 'file' &&
          (specifier.path === undefined || origin.file.endsWith(slashed(specifier.path)))
        );
    }
  });
}

/** A package is named by itself, by its types (`@types/x`), or as an ambient module. */
function isPackage(origin: Origin, name: string): boolean {
  const types = `@types/${name.replace(/^@(.*)\/(.*)$/, '$1__$2')}`;
  return origin.package === name || origin.package === types || origin.parents.includes(name);
}

function slashed(path: string): string {
  return `/${path.replaceAll('\\', '/').replace(/^(\.?\/)+/, '')}`;
}
