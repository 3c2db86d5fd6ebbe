import type { TSESTree } from '@typescript-eslint/utils';

import type { Lines } from './lines.js';
import { RESERVED } from './reserved.js';
import { type Leaf, regexOf } from './tree.js';

/**
 * The tokens of a program, from its text and its tree. What a character begins depends on what
 * stands before it (`/` divides, or begins a regular expression), and the tree has settled that:
 * strings, templates and the like are its leaves. Between them there are only names, signs, space
 * and comments.
 *
 * The road not taken: TypeScript's scanner. It has to be told by a parser what it stands at, and
 * the parser would need TypeScript. Nor can the tokens wait until a rule asks for one: ESLint puts
 * all of them into a map before the first rule runs.
 */
export function tokensOf(
  text: string,
  leaves: readonly Leaf[],
  comments: readonly TSESTree.Comment[],
  lines: Lines,
): TSESTree.Token[] {
  const solid = leaves.filter(({ type }) => type !== 'Operator').sort(byStart);
  const operators = leaves.filter(({ type }) => type === 'Operator').sort(byStart);
  const tokens: TSESTree.Token[] = [];
  const add = (type: string, start: number, end: number): void => {
    const value = valueOf(type, text, start, end);
    const regex = type === 'RegularExpression' ? { regex: regexOf(value) } : undefined;
    const token = { type, value, range: [start, end], ...regex };
    tokens.push(lines.locate(token) as unknown as TSESTree.Token);
  };
  let nextLeaf = 0;
  let nextOperator = 0;
  let nextComment = 0;
  let at = match(HASHBANG, text, 0);
  while (at < text.length) {
    if (comments[nextComment]?.range[0] === at) {
      at = comments[nextComment++]!.range[1];
      continue;
    }
    // Of `export { default }` the two names are one token.
    while ((solid[nextLeaf]?.start ?? Infinity) < at) nextLeaf++;
    const leaf = solid[nextLeaf];
    if (leaf?.start === at) {
      nextLeaf++;
      const end =
        leaf.end > at || leaf.type !== 'Identifier' ? leaf.end : at + match(NAME, text, at);
      if (end > at) add(leaf.type, at, end);
      at = end;
      continue;
    }
    const sign = text[at]!;
    if (sign === '<' || sign === '>') {
      while ((operators[nextOperator]?.end ?? Infinity) <= at) nextOperator++;
      const isOperator = (operators[nextOperator]?.start ?? Infinity) <= at;
      const end = at + (isOperator ? match(LONG_OPERATOR, text, at) : match(SHORT_SIGN, text, at));
      add('Punctuator', at, end);
      at = end;
      continue;
    }
    const name = match(NAME, text, at);
    if (name > 0) {
      add(typeOfName(text.slice(at, at + name)), at, at + name);
      at += name;
      continue;
    }
    const length = match(SIGN, text, at);
    if (length > 0) add('Punctuator', at, at + length);
    at += length || 1; // Space.
  }
  return tokens;
}

const NAME =
  /#?(?:[\p{ID_Start}$_]|\\u(?:[\da-f]{4}|\{[\da-f]+\}))(?:[\p{ID_Continue}$\u200c\u200d]|\\u(?:[\da-f]{4}|\{[\da-f]+\}))*/iuy;
const HASHBANG = /#!.*/y;
const LONG_OPERATOR = /<<=?|>{1,3}=?/y;
const SHORT_SIGN = /<=?|>/y;
const SIGN =
  /\.{3}|=>|[=!]==?|\*\*=?|&&=?|\|\|=?|\?\?=?|\?\.(?!\d)|\+\+|--|[-+*/%&|^]=?|[{}()[\].;,?:~!=@]/y;

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex - at : 0;
}

function byStart(one: Leaf, other: Leaf): number {
  return one.start - other.start;
}

function valueOf(type: string, text: string, start: number, end: number): string {
  return text.slice(type === 'PrivateIdentifier' ? start + 1 : start, end);
}

function typeOfName(name: string): string {
  if (name.startsWith('#')) return 'PrivateIdentifier';
  if (name === 'null') return 'Null';
  if (name === 'true' || name === 'false') return 'Boolean';
  return RESERVED.has(name) ? 'Keyword' : 'Identifier';
}
