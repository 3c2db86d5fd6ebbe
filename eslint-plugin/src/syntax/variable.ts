// Names and what they stand for, by ESLint's scope manager.
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { type FunctionNode, isFunction } from './enclosing.js';
import { unwrapped } from './wrappers.js';

export type SourceCode = Readonly<TSESLint.SourceCode>;
export type Variable = TSESLint.Scope.Variable;

/** The variable that an identifier stands for; `undefined` for a global that nobody declares. */
export function variableOf(
  identifier: TSESTree.Identifier | TSESTree.JSXIdentifier,
  sourceCode: SourceCode,
): Variable | undefined {
  return findVariable(identifier.name, sourceCode.getScope(identifier));
}

/** The variable that a name stands for in a scope. */
export function findVariable(name: string, innermost: TSESLint.Scope.Scope): Variable | undefined {
  let scope: TSESLint.Scope.Scope | null = innermost;
  for (; scope !== null; scope = scope.upper) {
    const variable = scope.set.get(name);
    if (variable !== undefined) return variable;
  }
  return undefined;
}

/** The variable, unless it is a global of the platform: one that no line of the file declares. */
export function localVariableOf(
  identifier: TSESTree.Identifier,
  sourceCode: SourceCode,
): Variable | undefined {
  const variable = variableOf(identifier, sourceCode);
  return variable !== undefined && variable.defs.length > 0 ? variable : undefined;
}

/** The only definition of a variable. A name declared twice (`var`, overloads) has none. */
export function onlyDefinition(variable: Variable): TSESLint.Scope.Definition | undefined {
  return variable.defs.length === 1 ? variable.defs[0] : undefined;
}

/**
 * The expression whose value a variable always has: its declaration's, when nothing else is ever
 * assigned to it (`const`, `using`, or a `let` that stays as it is) and no pattern takes it apart.
 */
export function constantInit(variable: Variable): TSESTree.Expression | undefined {
  const declared = constantDeclaration(variable);
  return declared?.id.type === 'Identifier' ? declared.init : undefined;
}

/** What a variable that nothing else is assigned to is declared with, itself or as a part: `const { body } = …`. */
export function constantDeclaration(
  variable: Variable,
): { readonly id: TSESTree.BindingName; readonly init: TSESTree.Expression } | undefined {
  const node = onlyDefinition(variable)?.node;
  if (node?.type !== 'VariableDeclarator' || node.init === null) return undefined;
  return isReassigned(variable) ? undefined : { id: node.id, init: node.init };
}

/** Each of the calls of a function asks this of its name. */
const reassigned = new WeakMap<Variable, boolean>();

export function isReassigned(variable: Variable): boolean {
  let answer = reassigned.get(variable);
  if (answer === undefined) {
    answer = variable.references.some((it) => it.isWrite() && it.init !== true);
    reassigned.set(variable, answer);
  }
  return answer;
}

/**
 * The expression behind an expression: constant names are followed to what they were given.
 * `const g = group; f(g!)` leads from `g!` to the identifier `group`, and from there to its
 * `new TaskGroup()`, if it has one.
 */
export function resolved(expression: TSESTree.Node, sourceCode: SourceCode): TSESTree.Node {
  let node = unwrapped(expression);
  const seen = new Set<TSESTree.Node>(); // `const a = b, b = a` is a program too.
  while (node.type === 'Identifier' && !seen.has(node)) {
    seen.add(node);
    const variable = variableOf(node, sourceCode);
    const init = variable && constantInit(variable);
    if (init === undefined) break;
    node = unwrapped(init);
  }
  return node;
}

/** The function of this file that an expression stands for: itself, or one known by this name. */
export function functionOf(
  expression: TSESTree.Node,
  sourceCode: SourceCode,
): FunctionNode | undefined {
  const node = unwrapped(expression);
  if (isFunction(node)) return node;
  const variable = node.type === 'Identifier' ? variableOf(node, sourceCode) : undefined;
  const definition = variable && onlyDefinition(variable);
  // Of a parameter the definition's node is a function too: the one that has it.
  if (definition?.type === 'FunctionName' && isFunction(definition.node)) {
    return isReassigned(variable!) ? undefined : definition.node;
  }
  const value = variable && constantInit(variable);
  return isFunction(value) ? value : undefined;
}

/** The variable at the root of a path: `context` of `context.signal`, and of `context` itself. */
export function rootVariable(value: TSESTree.Node, sourceCode: SourceCode): Variable | undefined {
  let node = unwrapped(value);
  while (node.type === 'MemberExpression') node = unwrapped(node.object);
  return node.type === 'Identifier' ? variableOf(node, sourceCode) : undefined;
}
