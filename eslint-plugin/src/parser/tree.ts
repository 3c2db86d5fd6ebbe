import type { TSESTree } from '@typescript-eslint/utils';
import { visitorKeys } from '@typescript-eslint/visitor-keys';

import { decodeEntities } from './entities.js';
import type { Lines } from './lines.js';
import { RESERVED } from './reserved.js';

/** A piece of text whose meaning only the tree tells: a string, a regular expression, an operator. */
export interface Leaf {
  readonly start: number;
  readonly end: number;
  readonly type: LeafType;
}

export type LeafType =
  | 'Identifier'
  | 'JSXIdentifier'
  | 'JSXText'
  | 'Keyword'
  | 'Numeric'
  | 'Operator'
  | 'RegularExpression'
  | 'String'
  | 'Template';

/** The two parts of a regular expression. */
export function regexOf(text: string): { flags: string; pattern: string } {
  const end = text.lastIndexOf('/');
  return { flags: text.slice(end + 1), pattern: text.slice(1, end) };
}

type Node = Record<string, unknown> & { type: string; range: [number, number] };

/** Properties that typescript-eslint leaves `undefined` where oxc says `null`, by type of node. */
const ABSENT: Readonly<Record<string, readonly string[]>> = byType({
  accessibility:
    'AccessorProperty MethodDefinition PropertyDefinition TSAbstractAccessorProperty ' +
    'TSAbstractMethodDefinition TSAbstractPropertyDefinition TSIndexSignature TSMethodSignature ' +
    'TSParameterProperty TSPropertySignature',
  body: 'TSDeclareFunction',
  constraint: 'TSTypeParameter',
  default: 'TSTypeParameter',
  directive: 'ExpressionStatement',
  readonly: 'TSMappedType',
  initializer: 'TSEnumMember',
  optional: 'TSMappedType',
  returnType:
    'ArrowFunctionExpression FunctionDeclaration FunctionExpression TSCallSignatureDeclaration ' +
    'TSConstructSignatureDeclaration TSConstructorType TSDeclareFunction ' +
    'TSEmptyBodyFunctionExpression TSFunctionType TSMethodSignature',
  superTypeArguments: 'ClassDeclaration ClassExpression',
  typeAnnotation:
    'AccessorProperty ArrayPattern AssignmentPattern Identifier ObjectPattern ' +
    'PropertyDefinition RestElement TSAbstractAccessorProperty TSAbstractPropertyDefinition ' +
    'TSMappedType TSPropertySignature',
  typeArguments:
    'CallExpression JSXOpeningElement NewExpression TSClassImplements ' +
    'TSInterfaceHeritage TSTypeQuery TSTypeReference TaggedTemplateExpression',
  typeParameters:
    'ArrowFunctionExpression ClassDeclaration ClassExpression FunctionDeclaration ' +
    'FunctionExpression TSCallSignatureDeclaration TSConstructSignatureDeclaration ' +
    'TSConstructorType TSDeclareFunction TSEmptyBodyFunctionExpression TSFunctionType ' +
    'TSInterfaceDeclaration TSMethodSignature TSTypeAliasDeclaration',
  value: 'RestElement',
});

function byType(types: Readonly<Record<string, string>>): Record<string, readonly string[]> {
  const properties: Record<string, string[]> = {};
  for (const [property, names] of Object.entries(types)) {
    for (const type of names.split(' ')) (properties[type] ??= []).push(property);
  }
  return properties;
}

/** Makes oxc's tree that of typescript-eslint, and collects its leaves. */
export function shapeTree(program: TSESTree.Program, lines: Lines, leaves: Leaf[]): void {
  const visit = (node: Node, parent: Node | undefined): void => {
    lines.locate(node);
    const { type } = node;
    for (const name of ABSENT[type] ?? []) {
      if (node[name] === null) node[name] = undefined;
    }
    correct(node, parent);
    const leaf = leafOf(node, parent);
    if (leaf !== undefined) leaves.push(leaf);
    const keys = visitorKeys[type] ?? [];
    for (const key of keys) {
      const value = node[key];
      if (value == null) continue;
      if (!Array.isArray(value)) visit(value as Node, node);
      else for (const child of value as (Node | null)[]) if (child !== null) visit(child, node);
    }
  };
  visit(program as unknown as Node, undefined);
}

/** Sets right what oxc says otherwise. */
function correct(node: Node, parent: Node | undefined): void {
  // A decorator stands before the pattern, not in it.
  if (node.type === 'AssignmentPattern' && (node['decorators'] as Node[]).length > 0) {
    node.range[0] = (node['left'] as Node).range[0];
  }
  if (node.type === 'JSXText') node['value'] = decodeEntities(node['value'] as string);
  if (node.type !== 'Literal') return;
  if (parent?.type === 'JSXAttribute') node['value'] = decodeEntities(node['value'] as string);
  // As they are written: `/a/mgi` has flags in an order of its own.
  if ('regex' in node) node['regex'] = regexOf(node['raw'] as string);
}

function leafOf(node: Node, parent: Node | undefined): Leaf | undefined {
  const [start, end] = node.range;
  switch (node.type) {
    case 'Literal':
      return literalOf(node, parent);
    case 'TemplateElement':
      return { start, end, type: 'Template' };
    case 'JSXText':
      return { start, end, type: 'JSXText' };
    case 'JSXIdentifier':
      return { start, end, type: jsxNameType(node, parent) };
    case 'Identifier': {
      const name = node['name'] as string;
      const isName = RESERVED.has(name) && parent?.type !== 'MetaProperty';
      // Where it ends the text says: the node may have a type, and the name escapes.
      return isName ? { start, end: start, type: 'Identifier' } : undefined;
    }
    case 'ThisExpression':
      return /^TS(TypeQuery|QualifiedName)$/.test(parent!.type)
        ? { start, end, type: 'Identifier' }
        : undefined;
    case 'TSImportType':
      return attributesOf(node);
    case 'AssignmentExpression':
    case 'BinaryExpression':
      return operatorOf(node);
    default:
      return undefined;
  }
}

/** `with` of `import('a', { with: { type: 'json' } })` is the key of a property and a keyword; `assert` is none. */
function attributesOf(node: Node): Leaf | undefined {
  const options = node['options'] as { properties: readonly { key: Node }[] } | null;
  const key = options?.properties[0]?.key;
  return key?.['name'] === 'with'
    ? { start: key.range[0], end: key.range[1], type: 'Keyword' }
    : undefined;
}

function jsxNameType(node: Node, parent: Node | undefined): LeafType {
  if (node['name'] === 'this') return 'Keyword';
  return parent?.type === 'JSXNamespacedName' ? 'Identifier' : 'JSXIdentifier';
}

function literalOf(node: Node, parent: Node | undefined): Leaf | undefined {
  const [start, end] = node.range;
  if ('regex' in node) return { start, end, type: 'RegularExpression' };
  if ('bigint' in node || typeof node['value'] === 'number') return { start, end, type: 'Numeric' };
  if (typeof node['value'] !== 'string') return undefined;
  return { start, end, type: parent?.type === 'JSXAttribute' ? 'JSXText' : 'String' };
}

/**
 * `>>` is an operator only between two operands. Everywhere else it is two ends:
 *
 *     let x: Array<Array<number>> = a >> b;
 *
 * The leaf is all that is between the operands: space, comments, parentheses, and the operator.
 */
function operatorOf(node: Node): Leaf | undefined {
  const operator = node['operator'] as string;
  if (!/^(<<|>[>=])/.test(operator)) return undefined;
  const { left, right } = node as unknown as { left: Node; right: Node };
  return { start: left.range[1], end: right.range[0], type: 'Operator' };
}
