import { dirname, extname } from 'node:path';

import { resolvesFrom } from './installed.js';
import { packageType } from './package-of.js';

/** What a tsconfig says of modules: numbers that are the same in TypeScript 5, 6 and 7. */
export interface ModuleOptions {
  readonly module?: number | undefined;
  readonly moduleDetection?: number | undefined;
  readonly moduleResolution?: number | undefined;
  readonly target?: number | undefined;
  readonly verbatimModuleSyntax?: boolean | undefined;
  /** Whether what may be left out takes no `undefined`. It says so of all types, and stands here too. */
  readonly exactOptionalPropertyTypes?: boolean | undefined;
}

/** What the text of a file says of it. */
export interface ModuleSyntax {
  /** Whether it imports or exports something. */
  readonly isModule: boolean;
  /** Whether who configured the linter says that it is no module. */
  readonly isScript: boolean;
  /** Whether the parser took it for a module; one may do so only where something is imported. */
  readonly isReadAsModule: boolean;
  /** Whether it calls `require`, or assigns to `module.exports`. */
  readonly isCommonJs: boolean;
}

/** What a file may do as the module that it is. */
export interface ModuleFacts {
  /** Whether `await` may stand at its top. */
  readonly hasTopLevelAwait: boolean;
  /** Whether a package is brought in by `require`: an `import` would make another file of it. */
  readonly requires: boolean;
  /** Whether a package is there, whatever this file may do with it. */
  isInstalled(name: string): boolean;
  /** Whether `import … from 'NAME'` finds a package of ES modules, and may stand in this file. */
  canImport(name: string): boolean;
}

/** Of `typescript.ModuleKind` and its like; TypeScript itself is never loaded. */
export const MODULE_OPTIONS = {
  es2022: 7,
  esnext: 99,
  node16: 100,
  node18: 101,
  nodenext: 199,
  preserve: 200,
  system: 4,
  es2017: 4,
  classic: 1,
  node10: 2,
  force: 3,
} as const;

const { es2022, esnext, node16, node18, nodenext, preserve, system } = MODULE_OPTIONS;

/** A component has its own compiler, for which the top of its script is the body of a function. */
const SOURCE = /^\.[cm]?[jt]sx?$/;

/**
 * What is known of a file by its path, its package and its tsconfig; without one the package alone
 * decides, as it does when Node runs the file. What the tsconfig says is asked for with the first fact
 * that needs it: the answer may be in another process.
 */
export function moduleFacts(
  file: string,
  syntax: ModuleSyntax,
  optionsOf: () => ModuleOptions | undefined,
): ModuleFacts {
  return {
    get hasTopLevelAwait() {
      if (syntax.isScript || !SOURCE.test(extname(file)) || formatOf(file) === 'commonjs-always')
        return false;
      const options = optionsOf();
      if (options === undefined) return formatOf(file) === 'module';
      return hasAwaitingOutput(file, options) && isTakenForModule(file, syntax.isModule, options);
    },
    get requires() {
      return isRequiring(file, syntax);
    },
    isInstalled: (name) => resolvesFrom(dirname(file), name),
    canImport: (name) => canImport(file, optionsOf()) && resolvesFrom(dirname(file), name),
  };
}

/** What TypeScript compiles is written with `import`, whatever becomes of it; so are components. */
function isRequiring(file: string, syntax: ModuleSyntax): boolean {
  if (!/\.c?jsx?$/.test(file)) return false;
  if (formatOf(file) === 'commonjs-always') return true;
  if (syntax.isModule) return false;
  if (syntax.isScript || syntax.isCommonJs) return true;
  const type = packageType(file);
  return type === undefined ? !syntax.isReadAsModule : type !== 'module';
}

type Format = 'commonjs' | 'commonjs-always' | 'module';

function formatOf(file: string): Format {
  if (/\.m[jt]sx?$/.test(file)) return 'module';
  if (/\.c[jt]sx?$/.test(file)) return 'commonjs-always';
  return packageType(file) === 'module' ? 'module' : 'commonjs';
}

/** TS1378: the output has to be a module that can wait. Where nothing is said it depends on the version. */
function hasAwaitingOutput(file: string, { module, target }: ModuleOptions): boolean {
  if (module === undefined) return formatOf(file) === 'module';
  if (target !== undefined && target < MODULE_OPTIONS.es2017) return false;
  if (isNode(module)) return formatOf(file) === 'module';
  // What runs the sources themselves (tsx, ts-node) goes by the package where it says what it is.
  if (formatOf(file) === 'commonjs' && packageType(file) === 'commonjs') return false;
  return [es2022, esnext, preserve, system].includes(module as typeof esnext);
}

/** TS1375: a file that imports and exports nothing is a script, unless something says otherwise. */
function isTakenForModule(file: string, isModule: boolean, options: ModuleOptions): boolean {
  if (isModule || options.moduleDetection === MODULE_OPTIONS.force) return true;
  return isNode(options.module) && formatOf(file) === 'module';
}

function canImport(file: string, options: ModuleOptions | undefined): boolean {
  if (options === undefined) return true;
  const { module, moduleResolution, verbatimModuleSyntax } = options;
  // These look for a package by the file that it names, and know no `exports`.
  const isOld =
    moduleResolution === MODULE_OPTIONS.classic || moduleResolution === MODULE_OPTIONS.node10;
  if (isOld) return false;
  const isCommonJs = isNode(module) ? formatOf(file) !== 'module' : module === 1;
  if (!isCommonJs) return true;
  // TS1479: until Node 20 no `require` gave an ES module. TS1295: what is written is what is run.
  return module !== node16 && module !== node18 && verbatimModuleSyntax !== true;
}

function isNode(module: number | undefined): boolean {
  return module !== undefined && module >= node16 && module <= nodenext;
}
