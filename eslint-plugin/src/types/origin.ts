import { PLATFORM_PACKAGES } from '../vocabulary.js';
import type { Checker, Symbol } from './checker.js';
import { packageOf } from './package-of.js';
import { namesOf, type Specifier } from './specifier.js';
import type { Origin } from './types.js';

/** How the checkers name what has no name of its own: the type of a literal, of a function. */
const UNNAMED = new Set(['__type', '__object', '__function', '__class', '__call', '__new']);

/** What `declare global` adds to. */
const GLOBAL = '__global';

/** The name of a module that is a file: its path in quotes. */
const FILE = /^"(\/|[A-Za-z]:)/;

/** Kept by symbol: the symbol of `Promise` is asked about once for each promise of a program. */
const origins = new WeakMap<Symbol, Origin | 'nowhere'>();

/** Where a symbol is declared, or `undefined` when no file declares it. */
export function originOf(checker: Checker, symbol: Symbol): Origin | undefined {
  let origin = origins.get(symbol);
  if (origin === undefined) {
    origin = findOrigin(checker, symbol) ?? 'nowhere';
    origins.set(symbol, origin);
  }
  return origin === 'nowhere' ? undefined : origin;
}

function findOrigin(checker: Checker, symbol: Symbol): Origin | undefined {
  const name = checker.nameOf(symbol);
  if (UNNAMED.has(name)) return undefined;
  const files = checker.filesOf(symbol);
  // A program may add to a type of the library (`interface Array<T> { … }`); it stays the library's.
  const file = files.find(({ isDefaultLibrary }) => isDefaultLibrary) ?? files[0];
  if (file === undefined) return undefined;
  // TypeScript 7 has the library's files in the package of its program, one for each platform.
  const packageName = file.isDefaultLibrary ? 'typescript' : packageOf(file.path);
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
    const name = checker.nameOf(at);
    if (name === GLOBAL || FILE.test(name)) break;
    parents.push(name.replace(/^"(.*)"$/, '$1'));
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
        return isFromPackage(origin, specifier.package);
      case 'file':
        return (
          origin.from === 'file' &&
          (specifier.path === undefined || origin.file.endsWith(slashed(specifier.path)))
        );
    }
  });
}

/** A package is named by itself, by its types (`@types/x`), or as an ambient module. */
export function isFromPackage(origin: Origin, name: string): boolean {
  const types = `@types/${name.replace(/^@(.*)\/(.*)$/, '$1__$2')}`;
  if (origin.package === name || origin.package === types) return true;
  return origin.parents.some((parent) => parent === name || parent === `node:${name}`);
}

function slashed(path: string): string {
  return `/${path.replaceAll('\\', '/').replace(/^(\.?\/)+/, '')}`;
}
