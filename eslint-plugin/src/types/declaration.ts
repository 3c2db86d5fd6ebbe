import type { Settings } from '../settings.js';
import { PLATFORM, RUNTIME } from '../vocabulary.js';
import type { Checker, Symbol } from './checker.js';
import { isFromPackage, originMatches, originOf } from './origin.js';
import { namesOf, type Specifier } from './specifier.js';
import type { Origin, ValueKind } from './types.js';

/** Recognises a declaration. The names come first: they settle nearly every question. */
export interface Declaration {
  readonly names: readonly string[];
  matches(origin: Origin): boolean;
}

const PLATFORM_KINDS: Partial<Record<ValueKind, Declaration>> = {
  abortController: inLibrary(PLATFORM.abortController),
  abortSignal: inLibrary(PLATFORM.abortSignal),
  asyncDisposableStack: inLibrary(PLATFORM.asyncDisposableStack),
};

const RUNTIME_KINDS: Partial<Record<ValueKind, string>> = {
  group: RUNTIME.group,
  permit: RUNTIME.permit,
  task: RUNTIME.task,
  timeout: RUNTIME.timeoutType,
};

/** What is a group, a signal …: that of the platform or of the runtime, and those that are set. */
export function declarationOf(kind: ValueKind, { groups, timeouts }: Settings): Declaration {
  const ofPlatform = PLATFORM_KINDS[kind];
  if (ofPlatform !== undefined) return ofPlatform;
  const name = RUNTIME_KINDS[kind]!;
  const others = namedBy(kind === 'group' ? groups : kind === 'timeout' ? timeouts : []);
  return {
    names: [name, ...others.names],
    matches: (origin) =>
      (origin.name === name && isFromPackage(origin, RUNTIME.package)) || others.matches(origin),
  };
}

export function inLibrary(name: string): Declaration {
  return { names: [name], matches: (origin) => origin.from === 'lib' };
}

export function namedBy(specifiers: readonly Specifier[]): Declaration {
  return {
    names: specifiers.flatMap(namesOf),
    matches: (origin) => originMatches(origin, specifiers),
  };
}

/** Whether a symbol is what the declaration recognises. */
export function declares(
  checker: Checker,
  symbol: Symbol | undefined,
  { names, matches }: Declaration,
): boolean {
  if (symbol === undefined || !names.includes(checker.nameOf(symbol))) return false;
  const origin = originOf(checker, symbol);
  return origin !== undefined && matches(origin);
}
