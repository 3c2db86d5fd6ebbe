import type { Specifier } from './types/specifier.js';

/** What `settings.mooring` says, checked and filled with defaults. */
export interface Settings {
  /** Types that count as a `TaskGroup`: a wrapper of ours, or another library's. */
  readonly groups: readonly Specifier[];
  /** Functions that count as `timeout`, and the types that they give. */
  readonly timeouts: readonly Specifier[];
  /** Calls whose promise may be dropped. */
  readonly safeCalls: readonly Specifier[];
  /** Types of promises that may be dropped. */
  readonly safePromises: readonly Specifier[];
  /** Calls that are to run to their end: no rule asks that they be handed a signal. */
  readonly uncancelledCalls: readonly Specifier[];
  /** Where types come from. */
  readonly types: TypesProvider;
  /** The name under which TypeScript 7 is installed, where it is not `typescript`; or its folder. */
  readonly typescript: string;
}

/**
 * `'auto'`: the parser's services where it has types, else TypeScript 7 itself;
 * `'parser-services'`: the parser's services only;
 * `'native'`: TypeScript 7 itself; the parser's services only where it cannot be had.
 */
export type TypesProvider = (typeof PROVIDERS)[number];

const PROVIDERS = ['auto', 'parser-services', 'native'] as const;

const LISTS = ['groups', 'timeouts', 'safeCalls', 'safePromises', 'uncancelledCalls'] as const;

const DEFAULTS: Settings = {
  groups: [],
  timeouts: [],
  safeCalls: [],
  safePromises: [],
  uncancelledCalls: [],
  types: 'auto',
  typescript: 'typescript',
};

const parsed = new WeakMap<object, Settings>();

/**
 * Reads `settings.mooring` of an ESLint config. One object for each object given, so that what is
 * derived from settings can be kept by identity.
 *
 * @throws {TypeError} names the setting, the value, and what is allowed.
 */
export function readSettings(settings: Readonly<Record<string, unknown>>): Settings {
  const raw = settings['mooring'];
  if (raw === undefined) return DEFAULTS;
  if (!isRecord(raw)) throw invalid('settings.mooring', raw, 'an object');
  const known = parsed.get(raw);
  if (known !== undefined) return known;
  for (const name of Object.keys(raw)) {
    if (!(name in DEFAULTS)) {
      const names = Object.keys(DEFAULTS).join(', ');
      throw new TypeError(
        `settings.mooring of the ESLint config has ${JSON.stringify(name)}; there are ${names}.`,
      );
    }
  }
  const lists = Object.fromEntries(LISTS.map((name) => [name, readList(name, raw[name])]));
  const result: Settings = {
    ...DEFAULTS,
    ...lists,
    types: readProvider(raw['types']),
    typescript: readName('typescript', raw['typescript'], DEFAULTS.typescript),
  };
  parsed.set(raw, result);
  return result;
}

function readProvider(value: unknown): TypesProvider {
  if (value === undefined) return DEFAULTS.types;
  const provider = PROVIDERS.find((name) => name === value);
  if (provider === undefined) {
    throw invalid(
      'settings.mooring.types',
      value,
      `one of ${PROVIDERS.map((name) => `'${name}'`).join(', ')}`,
    );
  }
  return provider;
}

function readName(name: string, value: unknown, otherwise: string): string {
  if (value === undefined) return otherwise;
  if (typeof value !== 'string' || value === '') {
    throw invalid(`settings.mooring.${name}`, value, 'the name of a package');
  }
  return value;
}

function readList(name: string, value: unknown): readonly Specifier[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw invalid(`settings.mooring.${name}`, value, 'an array');
  value.forEach((item: unknown, index) => {
    if (!isSpecifier(item)) {
      throw invalid(
        `settings.mooring.${name}[${index}]`,
        item,
        "a name, or { from: 'file' | 'lib' | 'package', name, package?, path? }",
      );
    }
  });
  return value as readonly Specifier[];
}

function isSpecifier(value: unknown): value is Specifier {
  if (typeof value === 'string') return true;
  if (!isRecord(value) || !isNames(value['name'])) return false;
  switch (value['from']) {
    case 'lib':
      return true;
    case 'file':
      return value['path'] === undefined || typeof value['path'] === 'string';
    case 'package':
      return typeof value['package'] === 'string';
    default:
      return false;
  }
}

function isNames(value: unknown): boolean {
  if (typeof value === 'string') return true;
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(where: string, value: unknown, allowed: string): TypeError {
  return new TypeError(
    `${where} of the ESLint config is ${JSON.stringify(value)}; it has to be ${allowed}.`,
  );
}
