// `if (signal.aborted) throw …`: a check for the cancellation that throws.
import type { TSESTree } from '@typescript-eslint/utils';

import { unwrapped } from './wrappers.js';

export interface AbortGuard {
  readonly statement: TSESTree.IfStatement;
  /** What is asked whether it is `aborted`: a name, or members of one. */
  readonly signal: TSESTree.Node;
  readonly thrown: TSESTree.Expression;
  /** `signal?.aborted`. */
  readonly isOptional: boolean;
}

/** `undefined` where something else happens than a throw. */
export function abortGuardOf(statement: TSESTree.IfStatement): AbortGuard | undefined {
  if (statement.alternate !== null || isElse(statement)) return undefined;
  const test = unwrapped(statement.test);
  const member = test.type === 'ChainExpression' ? test.expression : test;
  if (member.type !== 'MemberExpression' || member.computed) return undefined;
  if (member.property.type !== 'Identifier' || member.property.name !== 'aborted') return undefined;
  const thrown = thrownBy(statement.consequent);
  if (thrown === undefined || !isPlain(member.object)) return undefined;
  return { statement, signal: member.object, thrown, isOptional: member.optional };
}

/** `else if (signal.aborted) throw …` is one of several cases. */
function isElse({ parent, range }: TSESTree.IfStatement): boolean {
  return parent.type === 'IfStatement' && parent.alternate?.range[0] === range[0];
}

function thrownBy(statement: TSESTree.Statement): TSESTree.Expression | undefined {
  const only =
    statement.type === 'BlockStatement' && statement.body.length === 1
      ? statement.body[0]!
      : statement;
  return only.type === 'ThrowStatement' ? (only.argument ?? undefined) : undefined;
}

/** Names and members give the same each time they are read; a call may not. */
function isPlain(expression: TSESTree.Node): boolean {
  const node = unwrapped(expression);
  if (node.type === 'MemberExpression') return !node.computed && isPlain(node.object);
  return node.type === 'Identifier' || node.type === 'ThisExpression';
}

const ABORT_NAME = /(abort|cancel)/i;

/**
 * The `new …` of an error that is there to say that something was cancelled, and that carries
 * nothing of the reason: `new Error('aborted')`, `new DOMException('…', 'AbortError')`.
 */
export function abortErrorOf(thrown: TSESTree.Node): TSESTree.NewExpression | undefined {
  const node = unwrapped(thrown);
  if (node.type !== 'NewExpression' || node.callee.type !== 'Identifier') return undefined;
  if (node.arguments.some(({ type }) => type !== 'Literal' && type !== 'TemplateLiteral')) {
    return undefined; // A `cause`, a status: the error says more than the reason does.
  }
  const saysSo = node.arguments.some(
    (given) => given.type === 'Literal' && ABORT_NAME.test(String(given.value)),
  );
  return saysSo || ABORT_NAME.test(node.callee.name) ? node : undefined;
}
