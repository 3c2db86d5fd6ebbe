import { extname, resolve } from 'node:path';

import type { ParserServicesWithTypeInformation } from '@typescript-eslint/utils';

import type { Settings } from '../settings.js';
import { CheckerTypes } from './checker-types.js';
import { NativeFailure } from './native/failure.js';
import { type Instead, NativeTypes } from './native/types.js';
import { ParserServicesFile } from './parser-services.js';
import type { Types } from './types.js';

/** What a provider is chosen by: a file as its host (ESLint, oxlint) parsed it. */
export interface ParsedFile {
  readonly filename: string;
  readonly cwd: string;
  readonly sourceCode: {
    readonly ast: object;
    readonly text: string;
    readonly parserServices?: object | null | undefined;
  };
}

/** There are no types for a file, and why. */
export interface NoTypes {
  readonly reason: string;
  /** There never are types for such a file, whatever is installed: a component of Vue, perhaps. */
  readonly isOfFile?: boolean;
}

/** By tree: ESLint has a new `sourceCode` for each file, oxlint has one for all of them. */
const known = new WeakMap<object, NoTypes | Types>();

/** The types of a file, or why there are none. All rules share one object. */
export function typesFor(file: ParsedFile, settings: Settings): NoTypes | Types {
  const { ast } = file.sourceCode;
  let found = known.get(ast);
  if (found === undefined) {
    found = findTypes(file, settings);
    known.set(ast, found);
  }
  return found;
}

export function hasTypes(found: NoTypes | Types): found is Types {
  return 'values' in found;
}

function findTypes(file: ParsedFile, settings: Settings): NoTypes | Types {
  const { parserServices: services } = file.sourceCode;
  const hosted = services != null && isTyped(services) ? services : undefined;
  const ofParser = (): Types | undefined =>
    hosted && new CheckerTypes(new ParserServicesFile(hosted), settings);
  switch (settings.types) {
    case 'auto':
      return ofParser() ?? nativeTypes(file, settings, () => undefined);
    case 'parser-services':
      return ofParser() ?? { reason: "settings.mooring.types is 'parser-services'." };
    case 'native': {
      const instead = (reason: string): Types | undefined => {
        if (hosted !== undefined) warnOnce(reason);
        return ofParser();
      };
      const found = nativeTypes(file, settings, ({ message }) => instead(message));
      return hasTypes(found) ? found : (instead(found.reason) ?? found);
    }
  }
}

const SOURCE = /\.[cm]?[jt]sx?$/i;

function nativeTypes(file: ParsedFile, settings: Settings, instead: Instead): NoTypes | Types {
  const name = resolve(file.cwd, file.filename);
  if (!SOURCE.test(name)) {
    const ending = extname(name);
    const what = ending === '' ? 'files without an ending' : `\`${ending}\` files`;
    return { reason: `TypeScript 7 reads no ${what}.`, isOfFile: true };
  }
  if (process.platform !== 'win32' && name.includes('\\')) {
    return { reason: 'TypeScript reads the backslash in its name as a slash.', isOfFile: true };
  }
  const path = name.replaceAll('\\', '/');
  try {
    return new NativeTypes({ path, text: file.sourceCode.text, cwd: file.cwd }, settings, instead);
  } catch (error) {
    if (error instanceof NativeFailure) return { reason: error.message };
    throw error;
  }
}

function isTyped(services: object): services is ParserServicesWithTypeInformation {
  return 'program' in services && services.program != null && 'esTreeNodeToTSNodeMap' in services;
}

const warned = new Set<string>();

function warnOnce(reason: string): void {
  if (warned.has(reason)) return;
  warned.add(reason);
  process.emitWarning(
    `settings.mooring.types is 'native', but the parser's types are taken: ${reason}`,
    { type: 'MooringWarning' },
  );
}
