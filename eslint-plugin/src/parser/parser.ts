import { readFileSync } from 'node:fs';

import { analyze, type AnalyzeOptions } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/utils';
import { visitorKeys } from '@typescript-eslint/visitor-keys';
import type { Linter } from 'eslint';
import { type ParserOptions, parseSync } from 'oxc-parser';

import { PLUGIN } from '../vocabulary.js';
import { Lines } from './lines.js';
import { refuse } from './parse-error.js';
import { tokensOf } from './tokens.js';
import { orTooDeep, refuseDepth } from './too-deep.js';
import { type Leaf, shapeTree } from './tree.js';

/** What ESLint says of the file and of the language, and what `parserOptions` adds. */
interface Options {
  readonly filePath?: string;
  readonly sourceType?: 'commonjs' | 'module' | 'script';
  readonly ecmaFeatures?: { readonly jsx?: boolean; readonly globalReturn?: boolean };
  /** The libraries whose types count as defined. */
  readonly lib?: AnalyzeOptions['lib'];
  readonly jsxPragma?: string | null;
  readonly jsxFragmentName?: string | null;
}

/**
 * A parser for ESLint that needs no TypeScript: beside TypeScript 7, whose package has no parser
 * for others to call, it takes the place of @typescript-eslint/parser. It gives the same tree.
 *
 * Its services are empty. Rules of typescript-eslint that need types find none; those of this
 * plugin ask TypeScript 7.
 *
 * @throws {ParseError} the text is no program, or is nested too deeply.
 */
export function parseForESLint(text: string, options: Options = {}): Linter.ESLintParseResult {
  const lines = new Lines(text);
  return orTooDeep(lines, () => parse(text, options, lines));
}

/** How the parser says who it is, to caches and to those who print a config. */
export const meta = {
  name: `${PLUGIN.package}/parser`,
  version: (
    JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    }
  ).version,
};

function parse(text: string, options: Options, lines: Lines): Linter.ESLintParseResult {
  const { sourceType = 'script', ecmaFeatures, lib } = options;
  const globalReturn = sourceType === 'commonjs' || ecmaFeatures?.globalReturn === true;
  const ast = parseProgram(text, options, lines);
  ast.sourceType = sourceType === 'module' ? 'module' : 'script';
  const scopeManager = analyze(ast, {
    sourceType: ast.sourceType,
    globalReturn,
    ...('jsxPragma' in options ? { jsxPragma: options.jsxPragma } : {}),
    ...('jsxFragmentName' in options ? { jsxFragmentName: options.jsxFragmentName } : {}),
    ...(lib === undefined ? {} : { lib }),
  });
  return { ast, scopeManager, visitorKeys, services: {} } as unknown as Linter.ESLintParseResult;
}

function parseProgram(text: string, options: Options, lines: Lines): TSESTree.Program {
  const { filePath = 'input.ts', ecmaFeatures } = options;
  const oxcOptions: ParserOptions = {
    lang: languageOf(filePath, ecmaFeatures?.jsx === true),
    sourceType: sourceTypeOf(options),
    astType: 'ts',
    range: true,
    preserveParens: false,
  };
  refuseDepth(filePath, text, oxcOptions, lines);
  const parsed = parseSync(filePath, text, oxcOptions);
  refuse(parsed.errors, lines);
  const comments = lines.locateAll(
    parsed.comments.map(({ type, value, start, end }) => ({ type, value, range: [start, end] })),
  ) as unknown as TSESTree.Comment[];
  const ast = parsed.program as unknown as TSESTree.Program;
  // oxc's begins at the first token.
  ast.range = [0, text.length];
  const leaves: Leaf[] = [];
  shapeTree(ast, lines, leaves);
  ast.comments = comments;
  ast.tokens = tokensOf(text, leaves, comments, lines);
  return ast;
}

/** A script with imports is taken for a module, as typescript-eslint's parser takes it. */
function sourceTypeOf({ sourceType, ecmaFeatures }: Options): ParserOptions['sourceType'] {
  if (sourceType === 'module' || sourceType === 'commonjs') return sourceType;
  return ecmaFeatures?.globalReturn === true ? 'commonjs' : 'unambiguous';
}

type Language = NonNullable<ParserOptions['lang']>;

/** JavaScript may have elements in any file; in TypeScript `<T>x` would be one. */
function languageOf(file: string, hasElements: boolean): Language {
  const [, kind] = /(\.d\.(?:[^./\\]+\.)?[cm]?ts|\.[cm]?[jt]sx?)$/i.exec(file) ?? [];
  if (kind?.toLowerCase().startsWith('.d.')) return 'dts';
  switch (kind?.toLowerCase().replace(/[cm](?=[jt]s)/, '')) {
    case '.ts':
      return 'ts';
    case '.tsx':
      return 'tsx';
    case '.js':
    case '.jsx':
      return 'jsx';
    default:
      return hasElements ? 'tsx' : 'ts';
  }
}

const parser: Linter.Parser = { meta, parseForESLint };
// A CommonJS config that says `require('eslint-plugin-mooring/parser')` gets the parser itself.
export { parser as default, parser as 'module.exports' };
