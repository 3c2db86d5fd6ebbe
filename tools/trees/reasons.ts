/** Differences that stay, and why: they stand in docs/parser.md too. */
export const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /^(ours|theirs) refuses: /,
    'one of the two takes a text that is no program: the language says what the other says',
  ],
  [
    /^TSJSDoc|: ours TSJSDoc/,
    'types as only JSDoc has them, `?string` and `string!`, are an error of TypeScript',
  ],
  [
    /^TemplateElement\.value\./,
    'of an escape that is none, or a line that ends in CR, typescript-eslint has other text than ECMAScript says',
  ],
  [
    /^ArrayPattern\.elements: ours \w+Pattern, theirs \w+Expression$/,
    'of `[([a])] = b`, typescript-eslint makes an expression in a pattern',
  ],
  [
    /YieldExpression|token: ours Keyword, theirs Identifier/,
    '`yield` in the parameters of a function in a generator is a name for TypeScript',
  ],
  [
    /^(Program|BlockStatement)\.body: ours a list of 2, theirs a list of 1|token: ours Identifier, theirs Keyword|^scope: /,
    '`let`, as the name of a variable before a line break, begins a declaration for TypeScript',
  ],
  [
    /^Identifier\.name: ours string, theirs string/,
    'TypeScript loses a letter of a name that begins with an escape, and is a keyword',
  ],
  [/^ExpressionStatement\.directive/, 'a class’s static block has no directives'],
  [
    /^JSXText\.value/,
    'typescript-eslint looks the names of entities up in an object that has `valueOf`',
  ],
];

export function reasonFor(what: string): string | undefined {
  return REASONS.find(([pattern]) => pattern.test(what))?.[1];
}
