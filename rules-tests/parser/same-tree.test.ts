import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { ScopeManager } from '@typescript-eslint/scope-manager';
import * as theirs from '@typescript-eslint/parser';
import * as ours from 'eslint-plugin-mooring/parser';
import { describe, expect, test } from 'vitest';

const folders = [
  '../../eslint-plugin/src',
  '../../runtime/src',
  '../../node_modules/eslint/lib/linter',
  '../../node_modules/undici-types',
  '../fixtures/syntax',
  '.',
];

/** Sources of all kinds: this project's, declarations of a platform, JavaScript, elements. */
const files = folders.flatMap((folder) => {
  const path = fileURLToPath(new URL(folder, import.meta.url));
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?[jt]sx?$/.test(name))
    .map((name) => `${path.replace(/\/$/, '')}/${name}`);
});

describe('typescript-eslint makes the same of a file', () => {
  test.each(files)('%s', (file) => {
    const text = readFileSync(file, 'utf8');
    const options = { filePath: file, sourceType: 'module', range: true } as const;
    const one = ours.parseForESLint(text, options) as unknown as Parsed;
    const other = theirs.parseForESLint(text, options) as unknown as Parsed;
    expect(plain(one.ast)).toEqual(plain(other.ast));
    expect(one.ast.comments.map(plain)).toEqual(other.ast.comments.map(plain));
    expect(one.ast.tokens.map(drawn)).toEqual(other.ast.tokens.map(drawn));
    expect(scopesOf(one.scopeManager)).toEqual(scopesOf(other.scopeManager));
  });
});

interface Parsed {
  readonly ast: {
    readonly comments: readonly object[];
    readonly tokens: readonly Token[];
  };
  readonly scopeManager: ScopeManager;
}

interface Token {
  readonly type: string;
  readonly value: string;
  readonly range: readonly [number, number];
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
  if (node === null || typeof node !== 'object' || node instanceof RegExp) return node;
  const { loc, ...rest } = node as { loc?: unknown };
  const properties = Object.entries(rest)
    .filter(([name, value]) => !isBeside(name, node) && value !== undefined)
    .map(([name, value]) => [name, plain(value)]);
  const place = loc ?? (node as { loc?: unknown }).loc;
  return { ...Object.fromEntries(properties), ...(place === undefined ? {} : { loc: place }) };
}

/**
 * One token differs by its type: a name with a dot behind it, in an element, in braces. For
 * typescript-eslint `event` of `<a b={event.load()} />` is a name of the element.
 */
function drawn({ type, value, range }: Token): string {
  return `${range.join('-')} ${type.replace('JSXIdentifier', 'Identifier')} ${value}`;
}

function scopesOf({ scopes }: ScopeManager): unknown {
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
