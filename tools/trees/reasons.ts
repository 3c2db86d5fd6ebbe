import type { Difference } from './differences.js';
import { isProgram } from './is-program.js';

/** A text that the two parsers make different things of. */
export interface DifferentText {
  readonly file: string;
  readonly text: string;
  readonly differences: readonly Difference[];
}

type Fits = (difference: Difference, of: DifferentText) => boolean;

const isTokenOf =
  (name: string): Fits =>
  ({ what, details }) =>
    what.startsWith('token: ') && details.includes(`["value","${name}"]`);

const entities = Object.getOwnPropertyNames(Object.prototype).map((name) => `&${name};`);

/** Differences that stay, and why: they stand in docs/parser.md too. */
const REASONS: readonly (readonly [why: string, fits: Fits])[] = [
  [
    'it is no program, and typescript-eslint does not say so',
    ({ what }, { file, text }) => what.startsWith('ours refuses: ') && !isProgram(text, file),
  ],
  [
    '`"constructor"` names the constructor, and a method for TypeScript where types stand behind it',
    ({ what }, { text }) =>
      what.startsWith('ours refuses: Type parameters cannot appear on a constructor') &&
      /(['"])constructor\1\s*</.test(text),
  ],
  [
    'TypeScript does not take it, and says so before it checks types',
    ({ what }) => what.startsWith('theirs refuses: '),
  ],
  [
    'types as only JSDoc has them, `?string` and `string!`, are an error of TypeScript',
    ({ what }) => /^TSJSDoc|: ours TSJSDoc/.test(what),
  ],
  [
    'of an escape that is none, or a line that ends in CR, typescript-eslint has other text than ECMAScript says',
    ({ what, details }, { text }) =>
      /^TemplateElement\.value\./.test(what) && (text.includes('\r') || / null\b/.test(details)),
  ],
  [
    'of `[([a])] = b`, typescript-eslint makes an expression in a pattern',
    ({ what }, { text }) =>
      /^ArrayPattern\.elements: ours \w+Pattern, theirs \w+Expression$/.test(what) &&
      /\[\s*\(/.test(text),
  ],
  [
    '`yield` in the parameters of a function in a generator is a name for TypeScript',
    (difference, of) =>
      isTokenOf('yield')(difference, of) ||
      (difference.what.includes('YieldExpression') && /\byield\b/.test(of.text)),
  ],
  [
    '`let`, as the name of a variable before a line break, begins a declaration for TypeScript',
    (difference, of) =>
      /\blet\b[^\r\n]*[\r\n]/.test(of.text) &&
      (isTokenOf('let')(difference, of) ||
        /^(Program|BlockStatement)\.body: ours a list of 2, theirs a list of 1/.test(
          difference.what,
        )),
  ],
  [
    'TypeScript loses a letter of a name that begins with an escape, and is a keyword',
    ({ what }, { text }) =>
      what.startsWith('Identifier.name: ours string, theirs string') && text.includes('\\u'),
  ],
  [
    'a class’s static block has no directives',
    ({ what }, { text }) =>
      what.startsWith('ExpressionStatement.directive') && /\bstatic\s*\{/.test(text),
  ],
  [
    'typescript-eslint looks the names of entities up in an object that has `valueOf`',
    ({ what }, { text }) =>
      what.startsWith('JSXText.value') && entities.some((entity) => text.includes(entity)),
  ],
  [
    'another tree has other scopes',
    ({ what }, of) =>
      what.startsWith('scope: ') &&
      of.differences.some(
        (other) => !/^(scope|comment): /.test(other.what) && reasonFor(other, of) !== undefined,
      ),
  ],
];

export function reasonFor(difference: Difference, of: DifferentText): string | undefined {
  return REASONS.find(([, fits]) => fits(difference, of))?.[0];
}
