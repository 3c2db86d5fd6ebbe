// Other files of the project, as a rule sees its own: the tree, with its parents and its scopes.
import { readFileSync, statSync } from 'node:fs';

import type { TSESTree } from '@typescript-eslint/utils';

import { parseForESLint } from '../parser/parser.js';
import { placeFrom } from '../syntax/first-from.js';
import type { SourceCode } from '../syntax/variable.js';

/** A rule looks into some of what a file calls. Larger files are left alone. */
const LARGEST = 1_000_000;

/** How many files are kept. The oldest goes. */
const MOST_KEPT = 200;

interface Kept {
  readonly changed: number;
  readonly size: number;
  readonly source: SourceCode | undefined;
}

const kept = new Map<string, Kept>();

/** `undefined` for what cannot be read or parsed. In an editor the file is as it was last saved. */
export function readSource(path: string): SourceCode | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || stats.size > LARGEST) return undefined;
  const known = kept.get(path);
  if (known?.changed === stats.mtimeMs && known.size === stats.size) return known.source;
  const source = parsed(path);
  kept.delete(path);
  kept.set(path, { changed: stats.mtimeMs, size: stats.size, source });
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
  return source;
}

function parsed(path: string): SourceCode | undefined {
  try {
    const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    return asSourceCode(text, parseForESLint(text, { filePath: path, sourceType: 'module' }));
  } catch {
    return undefined;
  }
}

type Asked = Pick<
  SourceCode,
  | 'ast'
  | 'getCommentsBefore'
  | 'getDeclaredVariables'
  | 'getScope'
  | 'getText'
  | 'scopeManager'
  | 'text'
  | 'visitorKeys'
>;

/** The part of ESLint's class that the questions about syntax use. */
function asSourceCode(text: string, parsed: ReturnType<typeof parseForESLint>): SourceCode {
  const { ast, scopeManager, visitorKeys } = parsed as unknown as Pick<
    SourceCode,
    'ast' | 'scopeManager' | 'visitorKeys'
  >;
  setParents(ast, visitorKeys);
  const source: Asked = {
    ast,
    text,
    scopeManager,
    visitorKeys,
    getText: (node) => (node ? text.slice(node.range[0], node.range[1]) : text),
    getCommentsBefore: ({ range }) => commentsBefore(range[0], ast.comments ?? [], text),
    getDeclaredVariables: (node) => scopeManager!.getDeclaredVariables(node),
    getScope(node) {
      const isInner = node.type !== 'Program';
      for (let at: TSESTree.Node | undefined = node; at != null; at = at.parent) {
        const scope = scopeManager!.acquire(at, isInner);
        if (scope === null) continue;
        return scope.type === 'function-expression-name' ? scope.childScopes[0]! : scope;
      }
      return scopeManager!.scopes[0]!;
    },
  };
  return source as SourceCode;
}

/** Those between which and a place there is nothing but space and other comments. */
function commentsBefore(
  place: number,
  all: readonly TSESTree.Comment[],
  text: string,
): TSESTree.Comment[] {
  const found: TSESTree.Comment[] = [];
  let end = place;
  for (let at = placeFrom(startsOf(all), place) - 1; at >= 0; at--) {
    const comment = all[at]!;
    if (text.slice(comment.range[1], end).trim() !== '') break;
    found.unshift(comment);
    end = comment.range[0];
  }
  return found;
}

const starts = new WeakMap<readonly TSESTree.Comment[], readonly number[]>();

function startsOf(comments: readonly TSESTree.Comment[]): readonly number[] {
  const known = starts.get(comments) ?? comments.map(({ range }) => range[0]);
  starts.set(comments, known);
  return known;
}

function setParents(root: TSESTree.Node, visitorKeys: SourceCode['visitorKeys']): void {
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const key of visitorKeys[node.type] ?? []) {
      const child = (node as unknown as Record<string, unknown>)[key];
      for (const each of Array.isArray(child) ? child : [child]) {
        if (each == null) continue;
        (each as { parent: TSESTree.Node }).parent = node;
        waiting.push(each as TSESTree.Node);
      }
    }
  }
}
