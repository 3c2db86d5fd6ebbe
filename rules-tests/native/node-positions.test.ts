import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { parseForESLint } from '@typescript-eslint/parser';
import type { ParserServices, TSESTree } from '@typescript-eslint/utils';
import { visitorKeys } from '@typescript-eslint/visitor-keys';
import ts from 'typescript';
import { afterAll, describe, expect, test } from 'vitest';

import type { NativeNode } from '../../eslint-plugin/src/types/native/api.js';
import { NodePositions } from '../../eslint-plugin/src/types/native/node-positions.js';
import { NativeSources } from './native-source.js';

const sources = new NativeSources();
afterAll(() => sources.close());

const { SyntaxKind } = sources.enums;
/** By its first name, which is its own: `FirstTemplateToken` is another one of it. */
const kindNames = new Map<number, string>();
for (const [name, kind] of Object.entries(SyntaxKind)) {
  if (!/^(First|Last)/.test(name)) kindNames.set(kind, name);
}

/** Selects a node of the linted tree: the first of this type. */
type Row = readonly [code: string, type: string, expected: string, file?: string];

describe('a node of the linted tree is the same text in the checker', () => {
  const rows: Record<string, Row> = {
    'a call': ['load(1);', 'CallExpression', 'CallExpression load(1)'],
    'the outer of two calls': ['load()();', 'CallExpression', 'CallExpression load()()'],
    'a member': ['a.b.c;', 'MemberExpression', 'PropertyAccessExpression a.b.c'],
    'a computed member': ["a['b'];", 'MemberExpression', "ElementAccessExpression a['b']"],
    'a private member': [
      'class C { #x = 1; m() { this.#x; } }',
      'MemberExpression',
      'PropertyAccessExpression this.#x',
    ],
    'an optional chain': ['a?.b();', 'ChainExpression', 'CallExpression a?.b()'],
    'a call in an optional chain': ['a?.b();', 'CallExpression', 'CallExpression a?.b()'],
    'what is in parentheses': ['(load());', 'CallExpression', 'CallExpression load()'],
    'parentheses around a callee': ['(0, a.b)();', 'CallExpression', 'CallExpression (0, a.b)()'],
    as: ['load() as number;', 'TSAsExpression', 'AsExpression load() as number'],
    'what is before as': ['load() as number;', 'CallExpression', 'CallExpression load()'],
    satisfies: [
      'load() satisfies number;',
      'TSSatisfiesExpression',
      'SatisfiesExpression load() satisfies number',
    ],
    'a type before a value': [
      '<number>load();',
      'TSTypeAssertion',
      'TypeAssertionExpression <number>load()',
    ],
    'an exclamation mark': ['load()!;', 'TSNonNullExpression', 'NonNullExpression load()!'],
    await: ['await load();', 'AwaitExpression', 'AwaitExpression await load()'],
    void: ['void load();', 'UnaryExpression', 'VoidExpression void load()'],
    new: ['new Load(1);', 'NewExpression', 'NewExpression new Load(1)'],
    'new without arguments': ['new Load;', 'NewExpression', 'NewExpression new Load'],
    'import()': ["import('x');", 'ImportExpression', "CallExpression import('x')"],
    'import.meta': ['import.meta;', 'MetaProperty', 'MetaProperty import.meta'],
    'a template': ['`a${b}c`;', 'TemplateLiteral', 'TemplateExpression `a${b}c`'],
    'a template without places': ['`a`;', 'TemplateLiteral', 'NoSubstitutionTemplateLiteral `a`'],
    'a tagged template': [
      'tag`a${b}`;',
      'TaggedTemplateExpression',
      'TaggedTemplateExpression tag`a${b}`',
    ],
    'a decorator': ['@dec() class C {}', 'Decorator', 'Decorator @dec()'],
    'the call of a decorator': [
      'class C { @dec() m() {} }',
      'CallExpression',
      'CallExpression dec()',
    ],
    'a decorated, exported class': [
      '@dec export class C {}',
      'ClassDeclaration',
      'ClassDeclaration @dec export class C {}',
    ],
    'a method': [
      'const o = { async m(x: number) { return x; } };',
      'FunctionExpression',
      'MethodDeclaration async m(x: number) { return x; }',
    ],
    'an arrow function': [
      'f(async (x) => x);',
      'ArrowFunctionExpression',
      'ArrowFunction async (x) => x',
    ],
    'a parameter with a type': ['function f(x?: Promise<void>) {}', 'Identifier:x', 'Identifier x'],
    'a pattern with a type': [
      'function f({ x }: T) {}',
      'ObjectPattern',
      'ObjectBindingPattern { x }',
    ],
    'a parameter with a default': [
      'function f(x = load()) {}',
      'AssignmentPattern',
      'Parameter x = load()',
    ],
    'what is left over': ['function f(...xs: T[]) {}', 'RestElement', 'Parameter ...xs: T[]'],
    'a shorthand property': ['({ x });', 'Property', 'ShorthandPropertyAssignment x'],
    'the name of a shorthand property': ['({ x });', 'Identifier:x', 'Identifier x'],
    'a spread': ['f(...xs);', 'SpreadElement', 'SpreadElement ...xs'],
    'a list of assignments': ['a = b = c;', 'AssignmentExpression', 'BinaryExpression a = b = c'],
    'a sequence': ['a, b, c;', 'SequenceExpression', 'BinaryExpression a, b, c'],
    'the type arguments of a call': [
      'load<number>(1);',
      'CallExpression',
      'CallExpression load<number>(1)',
    ],
    'type arguments without a call': [
      'load<number>;',
      'TSInstantiationExpression',
      'ExpressionWithTypeArguments load<number>',
    ],
    'an element': ['<A b={c} />;', 'JSXElement', 'JsxSelfClosingElement <A b={c} />', 'x.tsx'],
    'an element with children': ['<A>{b}</A>;', 'JSXElement', 'JsxElement <A>{b}</A>', 'x.tsx'],
    'a place in an element': [
      '<A>{b}</A>;',
      'JSXExpressionContainer',
      'JsxExpression {b}',
      'x.tsx',
    ],
    'the name of an element': [
      '<a.B />;',
      'JSXMemberExpression',
      'PropertyAccessExpression a.B',
      'x.tsx',
    ],
    'a call after a comment': [
      '/* a */ load(/* b */);',
      'CallExpression',
      'CallExpression load(/* b */)',
    ],
    'a call after signs of two units': [
      "'😀𝒳'; load();",
      'CallExpression',
      'CallExpression load()',
    ],
    'a call under JSDoc': [
      '/** @type {string} */ (load());',
      'CallExpression',
      'CallExpression load()',
      'x.js',
    ],
    'a call in a function under JSDoc': [
      '/** @param {string} x */ function f(x) { load(x); }',
      'CallExpression',
      'CallExpression load(x)',
      'x.js',
    ],
  };
  test.each(Object.entries(rows))('%s', (_, [code, selector, expected, file = 'x.ts']) => {
    const { ast } = parse(code, file);
    const [type, name] = selector.split(':');
    const node = nodesOf(ast).find(
      (at) => at.type === type && (name === undefined || (at as { name?: string }).name === name),
    );
    const found = new NodePositions(sources.read(pathOf(file), code), SyntaxKind).find(node!);
    expect(found && `${kindNames.get(found.kind)} ${textOf(found, code)}`).toBe(expected);
  });

  test.each([
    ['a type', 'let x: Promise<void>;', 'TSTypeReference'],
    ['a piece of a template', '`a${b}c`;', 'TemplateElement'],
  ])('%s is not looked for', (_, code, type) => {
    const { ast } = parse(code, 'x.ts');
    const node = nodesOf(ast).find((at) => at.type === type);
    expect(new NodePositions(sources.read(pathOf('x.ts'), code), SyntaxKind).find(node!)).toBe(
      undefined,
    );
  });
});

/** typescript-eslint makes its tree from the checker's, and keeps which node came from which. */
describe('every node is the one that typescript-eslint made it from', () => {
  const folders = ['../../eslint-plugin/src', '../../runtime/src', '../fixtures/syntax', '..'];
  const files = folders.flatMap((folder) => {
    const path = fileURLToPath(new URL(folder, import.meta.url));
    return readdirSync(path, { recursive: folder !== '..', encoding: 'utf8' })
      .filter((name) => /\.[cm]?[jt]sx?$/.test(name))
      .map((name) => `${path}/${name}`);
  });
  test.each(files)('%s', (file) => {
    const text = readFileSync(file, 'utf8');
    const { ast, services } = parse(text, file);
    const positions = new NodePositions(sources.read(file, text), SyntaxKind);
    const wrong = nodesOf(ast).flatMap((node) => {
      const expected = services.esTreeNodeToTSNodeMap.get(node) as ts.Node;
      const found = positions.find(node);
      if (found === undefined) {
        return EXPRESSION.test(node.type) ? [`${node.type} ${text.slice(...node.range)}`] : [];
      }
      const drawn = `${kindNames.get(found.kind)} ${found.pos}-${found.end}`;
      const wanted = `${nameOf(expected.kind)} ${expected.pos}-${expected.end}`;
      return drawn === wanted
        ? []
        : [`${node.type} ${text.slice(...node.range)}: ${drawn}, not ${wanted}`];
    });
    expect(wrong).toEqual([]);
  });
});

/** What rules ask about: of these each has to be found. */
const EXPRESSION =
  /^(?!TS(EmptyBody|TypeLiteral|TemplateLiteral)|JSXEmpty).*(Expression|Literal|Pattern|JSXElement|JSXFragment)$/;

function nameOf(kind: ts.SyntaxKind): string | undefined {
  const names = Object.entries(ts.SyntaxKind).filter(([, value]) => value === kind);
  return names.find(([name]) => !/^(First|Last)/.test(name))?.[0];
}

function pathOf(file: string): string {
  return file.startsWith('/') ? file : fileURLToPath(new URL(`./nowhere/${file}`, import.meta.url));
}

function parse(code: string, file: string): { ast: TSESTree.Program; services: ParserServices } {
  const { ast, services } = parseForESLint(code, {
    filePath: file,
    range: true,
    sourceType: 'module',
    ecmaFeatures: { jsx: /x$|\.[cm]?js$/.test(file) },
  });
  return { ast: ast, services };
}

function nodesOf(node: TSESTree.Node): TSESTree.Node[] {
  const children = (visitorKeys[node.type] ?? []).flatMap((key) => {
    const value = (node as unknown as Record<string, TSESTree.Node | TSESTree.Node[] | null>)[key];
    return Array.isArray(value) ? value : [value];
  });
  return [node, ...children.flatMap((child) => (child == null ? [] : nodesOf(child)))];
}

function textOf(node: NativeNode, text: string): string {
  return text.slice(node.pos, node.end).replace(/^(\s|\/\*.*?\*\/)+/, '');
}
