// Arguments that could be functions which give a promise, found by syntax.
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { sourcesOf } from './consumers.js';
import { enclosingFunction, type FunctionNode, isFunction } from './enclosing.js';
import { functionOf, onlyDefinition, type SourceCode, variableOf } from './variable.js';
import { outermost } from './wrappers.js';

export type CallbackCall = TSESTree.CallExpression | TSESTree.NewExpression;

export interface CallbackArgument {
  readonly call: CallbackCall;
  readonly index: number;
  /** The function, or the expression that has it, with the type assertions around it. */
  readonly node: TSESTree.Node;
  /** An async function gives a promise whatever the types say. */
  readonly isAsync: boolean;
}

/** Functions of a file in which a `return` gives a value. The others give no promise. */
export class ReturningFunctions {
  readonly #functions: Set<FunctionNode> = new Set();

  add(statement: TSESTree.ReturnStatement): void {
    const node = enclosingFunction(statement);
    if (node && statement.argument && couldGive(statement.argument)) this.#functions.add(node);
  }

  has(node: FunctionNode): boolean {
    if (node.body?.type === 'BlockStatement') return this.#functions.has(node);
    return node.body != null && couldGive(node.body);
  }
}

/** The arguments of a call before any spread: after one nobody knows the parameter. */
export function callbackArguments(
  call: CallbackCall,
  returning: ReturningFunctions,
  sourceCode: SourceCode,
): readonly CallbackArgument[] {
  const spread = call.arguments.findIndex(({ type }) => type === 'SpreadElement');
  const known = spread === -1 ? call.arguments : call.arguments.slice(0, spread);
  return known.flatMap((argument, index) =>
    sourcesOf(argument).flatMap((source): readonly CallbackArgument[] => {
      const isAsync = isAsyncFunction(source, sourceCode);
      if (!isAsync && !couldBeFunction(source, returning, sourceCode)) return [];
      return [{ call, index, node: outermost(source), isAsync }];
    }),
  );
}

function isAsyncFunction(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const definition = functionOf(node, sourceCode);
  return definition !== undefined && definition.async && !definition.generator;
}

/** Expressions whose value a name of a function cannot be. */
const VALUES: ReadonlySet<string | undefined> = new Set([
  'ArrayExpression',
  'AwaitExpression',
  'BinaryExpression',
  'ClassExpression',
  'JSXElement',
  'JSXFragment',
  'Literal',
  'NewExpression',
  'ObjectExpression',
  'TemplateLiteral',
  'UnaryExpression',
]);

function couldBeFunction(
  node: TSESTree.Node,
  returning: ReturningFunctions,
  sourceCode: SourceCode,
): boolean {
  if (isFunction(node)) return !node.generator && returning.has(node);
  switch (node.type) {
    case 'CallExpression':
    case 'MemberExpression':
      return true;
    case 'Identifier': {
      const variable = variableOf(node, sourceCode);
      if (variable === undefined) return false;
      const definition = onlyDefinition(variable);
      if (definition === undefined) return true;
      if (hasPlainType(definition)) return false;
      const { node: declared } = definition;
      return declared.type !== 'VariableDeclarator' || !VALUES.has(declared.init?.type);
    }
    default:
      return false;
  }
}

/** `(name: string, ids: number[]) => …` */
function hasPlainType({ name }: TSESLint.Scope.Definition): boolean {
  const annotation = name.type === 'Identifier' ? name.typeAnnotation : undefined;
  // In oxlint there is a `null` where there is none.
  return annotation != null && isPlainType(annotation.typeAnnotation);
}

function isPlainType(type: TSESTree.TypeNode): boolean {
  return type.type === 'TSUnionType' ? type.types.every(isPlainType) : PLAIN_TYPES.has(type.type);
}

/** Types whose values are no functions. */
const PLAIN_TYPES: ReadonlySet<string> = new Set([
  'TSArrayType',
  'TSBigIntKeyword',
  'TSBooleanKeyword',
  'TSLiteralType',
  'TSNullKeyword',
  'TSNumberKeyword',
  'TSStringKeyword',
  'TSTupleType',
  'TSUndefinedKeyword',
]);

/** `() => save()`, `() => save`: a value that another function made, or that a name has. */
function couldGive(value: TSESTree.Node): boolean {
  return sourcesOf(value).some(
    ({ type }) =>
      type === 'CallExpression' ||
      type === 'Identifier' ||
      type === 'ImportExpression' ||
      type === 'MemberExpression' ||
      type === 'NewExpression' ||
      type === 'TaggedTemplateExpression',
  );
}
