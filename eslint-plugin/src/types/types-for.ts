import type { ParserServicesWithTypeInformation } from '@typescript-eslint/utils';

import type { Settings } from '../settings.js';
import { CheckerTypes } from './checker-types.js';
import { ParserServicesFile } from './parser-services.js';
import type { Types } from './types.js';

/** What a provider is chosen by: a file as its host (ESLint, oxlint) parsed it. */
export interface ParsedFile {
  readonly parserServices: object;
}

const known = new WeakMap<ParsedFile, Types>();

/** The types of a file, or `undefined` where the host has none. All rules share one object. */
export function typesFor(file: ParsedFile, settings: Settings): Types | undefined {
  const kept = known.get(file);
  if (kept !== undefined) return kept;
  if (!hasTypes(file.parserServices)) return undefined;
  const types = new CheckerTypes(new ParserServicesFile(file.parserServices), settings);
  known.set(file, types);
  return types;
}

function hasTypes(services: object): services is ParserServicesWithTypeInformation {
  return 'program' in services && services.program != null && 'esTreeNodeToTSNodeMap' in services;
}
