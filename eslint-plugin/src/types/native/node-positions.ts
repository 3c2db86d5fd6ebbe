import type { TSESTree } from '@typescript-eslint/utils';

import type { Enumeration, NativeNode, NativeSourceFile } from './api.js';

/**
 * Finds, for a node of the linted tree, the node of the checker's own tree that stands for the
 * same text. The trees agree on the text, not on the shape:
 *
 *     (await load?.())!   linted:  TSNonNull > Await > Chain > Call
 *                         checker: NonNull > Parenthesized > Await > Call
 *
 * So a node is found by where it begins, where it ends, and what it is: of the nodes that contain
 * its first character, the innermost of a fitting kind that ends where it ends.
 */
export class NodePositions {
  readonly #kinds: Kinds;
  readonly #root: NativeSourceFile;
  readonly #children: Map<NativeNode, readonly NativeNode[]> = new Map();

  constructor(root: NativeSourceFile, syntaxKinds: Enumeration) {
    this.#root = root;
    this.#kinds = kindsOf(syntaxKinds);
  }

  /** `undefined` for what the checker has no node of: a type, a piece of a template. */
  find(node: TSESTree.Node): NativeNode | undefined {
    const kinds = this.#kinds.get(node.type);
    if (kinds === undefined) return undefined;
    const [start, end] = node.range;
    const endsFreely = ENDS_FREELY.has(node.type);
    let found: NativeNode | undefined;
    for (
      let at: NativeNode | undefined = this.#root;
      at !== undefined;
      at = this.#childAt(at, start)
    ) {
      if (kinds.has(at.kind) && (endsFreely || at.end === end)) found = at;
    }
    return found;
  }

  /** The child that the character belongs to. */
  #childAt(node: NativeNode, position: number): NativeNode | undefined {
    const children = this.#childrenOf(node);
    let low = 0;
    let high = children.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (children[middle]!.end <= position) low = middle + 1;
      else high = middle;
    }
    const child = children[low];
    return child !== undefined && child.pos <= position ? child : undefined;
  }

  #childrenOf(node: NativeNode): readonly NativeNode[] {
    let children = this.#children.get(node);
    if (children === undefined) {
      const found: NativeNode[] = [];
      node.forEachChild((child) => {
        // What the checker made of a JSDoc comment stands before or among what is written.
        if (child.end > child.pos && child.end > (found.at(-1)?.end ?? -1)) found.push(child);
      });
      children = found;
      this.#children.set(node, children);
    }
    return children;
  }
}

/**
 * Nodes that do not end where the checker's do: of `x?: Promise<void>` the linted tree has one
 * identifier up to `>`, the checker has a parameter and in it an identifier up to `x`. They are
 * the innermost of their kind at their first character.
 */
const ENDS_FREELY: ReadonlySet<string> = new Set([
  'ArrayPattern',
  'Identifier',
  'ObjectPattern',
  'PrivateIdentifier',
  'RestElement',
]);

type Kinds = ReadonlyMap<string, ReadonlySet<number>>;

let known: { readonly of: Enumeration; readonly kinds: Kinds } | undefined;

function kindsOf(syntaxKinds: Enumeration): Kinds {
  if (known?.of === syntaxKinds) return known.kinds;
  const kinds = new Map(
    Object.entries(KINDS).map(([type, names]) => [
      type,
      new Set(names.split(' ').flatMap((name) => syntaxKinds[name] ?? [])),
    ]),
  );
  known = { of: syntaxKinds, kinds };
  return kinds;
}

const FUNCTION = 'FunctionExpression MethodDeclaration Constructor GetAccessor SetAccessor';
const ACCESS = 'PropertyAccessExpression ElementAccessExpression';

/** What the checker calls each node of the linted tree that may have a type or a name. */
const KINDS: Readonly<Record<string, string>> = {
  AccessorProperty: 'PropertyDeclaration',
  ArrayExpression: 'ArrayLiteralExpression',
  ArrayPattern: 'ArrayBindingPattern ArrayLiteralExpression',
  ArrowFunctionExpression: 'ArrowFunction',
  AssignmentExpression: 'BinaryExpression',
  AssignmentPattern: 'Parameter BindingElement BinaryExpression ShorthandPropertyAssignment',
  AwaitExpression: 'AwaitExpression',
  BinaryExpression: 'BinaryExpression',
  CallExpression: 'CallExpression',
  ChainExpression: `CallExpression NonNullExpression ${ACCESS}`,
  ClassDeclaration: 'ClassDeclaration',
  ClassExpression: 'ClassExpression',
  ConditionalExpression: 'ConditionalExpression',
  Decorator: 'Decorator',
  ExportDefaultDeclaration: 'ExportAssignment',
  FunctionDeclaration: 'FunctionDeclaration',
  FunctionExpression: FUNCTION,
  // `this` is an identifier in a type query, and as the name of a parameter.
  Identifier: 'Identifier ThisKeyword',
  ImportExpression: 'CallExpression',
  JSXElement: 'JsxElement JsxSelfClosingElement',
  JSXExpressionContainer: 'JsxExpression',
  JSXFragment: 'JsxFragment',
  JSXIdentifier: 'Identifier ThisKeyword',
  JSXMemberExpression: 'PropertyAccessExpression',
  JSXOpeningElement: 'JsxOpeningElement JsxSelfClosingElement',
  JSXSpreadAttribute: 'JsxSpreadAttribute',
  Literal:
    'StringLiteral NumericLiteral BigIntLiteral RegularExpressionLiteral NullKeyword ' +
    'TrueKeyword FalseKeyword',
  LogicalExpression: 'BinaryExpression',
  MemberExpression: ACCESS,
  MetaProperty: 'MetaProperty',
  MethodDefinition: FUNCTION,
  NewExpression: 'NewExpression',
  ObjectExpression: 'ObjectLiteralExpression',
  ObjectPattern: 'ObjectBindingPattern ObjectLiteralExpression',
  PrivateIdentifier: 'PrivateIdentifier',
  Property:
    'PropertyAssignment ShorthandPropertyAssignment MethodDeclaration GetAccessor SetAccessor ' +
    'BindingElement',
  PropertyDefinition: 'PropertyDeclaration',
  RestElement: 'Parameter BindingElement SpreadElement SpreadAssignment',
  SequenceExpression: 'BinaryExpression',
  SpreadElement: 'SpreadElement SpreadAssignment',
  Super: 'SuperKeyword',
  TaggedTemplateExpression: 'TaggedTemplateExpression',
  TemplateLiteral: 'TemplateExpression NoSubstitutionTemplateLiteral',
  ThisExpression: 'ThisKeyword',
  TSAsExpression: 'AsExpression',
  TSDeclareFunction: 'FunctionDeclaration',
  TSEmptyBodyFunctionExpression: FUNCTION,
  TSInstantiationExpression: 'ExpressionWithTypeArguments',
  TSNonNullExpression: 'NonNullExpression',
  TSParameterProperty: 'Parameter',
  TSSatisfiesExpression: 'SatisfiesExpression',
  TSTypeAssertion: 'TypeAssertionExpression',
  UnaryExpression: 'PrefixUnaryExpression TypeOfExpression VoidExpression DeleteExpression',
  UpdateExpression: 'PrefixUnaryExpression PostfixUnaryExpression',
  VariableDeclarator: 'VariableDeclaration',
  YieldExpression: 'YieldExpression',
};
