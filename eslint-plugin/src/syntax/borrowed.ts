// What a function has only for as long as it runs: a resource of its own, and what a transaction
// hands to the function that it runs.
//
//   await db.transaction(async (tx) => { tx.insert(row); });
//   await using file = await open(path); file.write(text);
import type { TSESTree } from '@typescript-eslint/utils';

import { calleeText } from './callee-text.js';
import { consumerOf } from './consumers.js';
import type { FunctionNode } from './enclosing.js';
import { chainOf } from './promise-chain.js';
import { calledMember } from './property-name.js';
import { onlyDefinition, rootVariable, type SourceCode, type Variable } from './variable.js';

/** Whether a promise is of work on such a thing. */
export function isOnBorrowed(
  promise: TSESTree.Node,
  run: FunctionNode,
  sourceCode: SourceCode,
): boolean {
  const member = calledMember(chainOf(promise).root);
  const variable = member && rootVariable(member.object, sourceCode);
  const definition = variable && onlyDefinition(variable);
  if (definition?.type === 'Parameter' && definition.node === run) {
    return isLent(run, sourceCode);
  }
  return definition?.type === 'Variable' && isResource(variable!);
}

function isResource(variable: Variable): boolean {
  const declaration = onlyDefinition(variable)?.parent;
  if (declaration?.type !== 'VariableDeclaration') return false;
  return declaration.kind === 'using' || declaration.kind === 'await using';
}

const LENDING = /(transaction|(with|use)(Client|Connection|Lock|Session))$/i;

function isLent(run: FunctionNode, sourceCode: SourceCode): boolean {
  const { by, kind } = consumerOf(run);
  if (kind !== 'handed-over' || by.type !== 'CallExpression') return false;
  const end = consumerOf(by).kind;
  return (end === 'awaited' || end === 'returned') && LENDING.test(calleeText(by, sourceCode));
}
