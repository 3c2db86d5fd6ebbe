import * as theirs from '@typescript-eslint/parser';
import type { ScopeManager } from '@typescript-eslint/scope-manager';
import * as ours from 'eslint-plugin-mooring/parser';

/** What the two parsers make of a text otherwise. */
export interface Difference {
  /** The same words for the same difference in another file. */
  readonly what: string;
  /** Where it is, and what ours and theirs have there. */
  readonly details: string;
}

export interface Compared {
  /** A text that both refuse has no tree. */
  readonly hasTrees: boolean;
  readonly differences: readonly Difference[];
}

/** Compares nodes, tokens, comments and scopes of the plugin's parser and typescript-eslint's. */
export function compareTrees(text: string, filePath: string): Compared {
  const asModule = compareAs('module', text, filePath);
  // A script: `with (a) {}`, `await = 1`.
  return asModule.hasTrees || asModule.differences.length > 0
    ? asModule
    : compareAs('script', text, filePath);
}

function compareAs(sourceType: 'module' | 'script', text: string, filePath: string): Compared {
  const options = { filePath, sourceType, range: true } as const;
  const one = parsedBy(ours as unknown as Parser, text, options);
  const other = parsedBy(theirs as unknown as Parser, text, options);
  if (one instanceof Error || other instanceof Error) {
    const refused = (who: string, { message }: Error): Difference => ({
      what: `${who} refuses: ${message.replaceAll(/'[^']*'|"[^"]*"|`[^`]*`/g, '…')}`,
      details: message,
    });
    if (!(other instanceof Error)) {
      return { hasTrees: false, differences: [refused('ours', one as Error)] };
    }
    return { hasTrees: false, differences: one instanceof Error ? [] : [refused('theirs', other)] };
  }
  return {
    hasTrees: true,
    differences: [
      ...nodeDifferences(plain(one.ast), plain(other.ast)),
      ...listDifferences('comment', one.ast.comments, other.ast.comments),
      ...listDifferences('token', one.ast.tokens, other.ast.tokens),
      ...listDifferences('scope', scopesOf(one.scopeManager), scopesOf(other.scopeManager)),
    ],
  };
}

interface Parsed {
  readonly ast: Data & { readonly comments: readonly Data[]; readonly tokens: readonly Data[] };
  readonly scopeManager: ScopeManager;
}

interface Parser {
  parseForESLint(text: string, options: object): Parsed;
}

function parsedBy(parser: Parser, text: string, options: object): Error | Parsed {
  try {
    return parser.parseForESLint(text, options);
  } catch (error) {
    return error as Error;
  }
}

type Data = Readonly<Record<string, unknown>>;

interface Location {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** What rules do not look at: where oxc says it twice, and who refers back to whom. */
const BESIDE = new Set([
  'comments',
  'end',
  'hashbang',
  'loc',
  'parent',
  'phase',
  'start',
  'tokens',
]);

/** `computed` of an enum's member is deprecated, and never `true`. */
const isBeside = (name: string, node: object): boolean =>
  BESIDE.has(name) || (name === 'computed' && 'type' in node && node.type === 'TSEnumMember');

/** A tree with its locations, as data. What is `undefined` is as good as not there. */
function plain(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(plain);
  if (node instanceof RegExp) return String(node);
  if (typeof node === 'bigint') return `${node}n`;
  if (node === null || typeof node !== 'object') return node;
  const properties = Object.entries(node)
    .filter(([name, value]) => !isBeside(name, node) && value !== undefined)
    .map(([name, value]) => [name, plain(value)]);
  const { loc } = node as { loc?: Location };
  return { ...Object.fromEntries(properties), ...(loc === undefined ? {} : { loc: placeOf(loc) }) };
}

function placeOf({ start, end }: Location): string {
  return `${start.line}:${start.column}-${end.line}:${end.column}`;
}

function nodeDifferences(one: unknown, other: unknown, path = ''): Difference[] {
  if (!isData(one) || !isData(other) || one['type'] !== other['type']) {
    return JSON.stringify(one) === JSON.stringify(other) ? [] : [difference(path, one, other)];
  }
  // A place that differs differs twice.
  const skipped = JSON.stringify(one['range']) === JSON.stringify(other['range']) ? '' : 'loc';
  const type = typeOf(one) ?? path;
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return names
    .filter((name) => name !== skipped)
    .flatMap((name) => {
      const [mine, yours] = [one[name], other[name]];
      if (!Array.isArray(mine) || !Array.isArray(yours) || mine.length !== yours.length) {
        return nodeDifferences(mine, yours, `${type}.${name}`);
      }
      return mine.flatMap((it, index) => nodeDifferences(it, yours[index], `${type}.${name}`));
    });
}

function typeOf({ type }: Data): string | undefined {
  return typeof type === 'string' ? type : undefined;
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function difference(path: string, one: unknown, other: unknown): Difference {
  const details = `${path}: ours ${brief(one)}, theirs ${brief(other)}`;
  return { what: `${path}: ours ${kindOf(one)}, theirs ${kindOf(other)}`, details };
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return isData(value) ? (typeOf(value) ?? 'an object') : typeof value;
}

function brief(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 300) ?? 'nothing';
}

/** The first that differs: those after it often differ for the same reason. */
function listDifferences(
  name: string,
  ours: readonly Data[],
  theirs: readonly Data[],
): Difference[] {
  const index = ours.findIndex((it, at) => drawn(it) !== drawn(theirs[at]));
  if (index === -1 && ours.length === theirs.length) return [];
  const at = index === -1 ? ours.length : index;
  const details = `${name} ${at}: ours ${drawn(ours[at])}, theirs ${drawn(theirs[at])}`;
  return [{ what: `${name}: ours ${kindOf(ours[at])}, theirs ${kindOf(theirs[at])}`, details }];
}

/**
 * One token differs by its type: a name with a dot behind it, in an element, in braces. For
 * typescript-eslint `event` of `<a b={event.load()} />` is a name of the element.
 */
function drawn(item: Data | undefined): string {
  const { type, ...rest } = (plain(item) ?? {}) as Data;
  const properties = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${String(type).replace('JSXIdentifier', 'Identifier')} ${brief(properties)}`;
}

function scopesOf({ scopes }: ScopeManager): Data[] {
  return scopes.map((scope) => ({
    type: scope.type,
    range: scope.block.range,
    variables: scope.variables.map(({ name, references, defs }) => [
      name,
      references.map(({ identifier }) => identifier.range),
      defs.map(({ type }) => type),
    ]),
    through: scope.through.map(({ identifier }) => identifier.range),
  }));
}
