// A fix that moves a declaration up in its block, where its value needs nothing that is declared
// in between.
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { isInside } from '../syntax/enclosing.js';
import type { SourceCode } from '../syntax/variable.js';

/** `null` where the move could change what the value is, or is no move of whole lines. */
export function moveBefore(
  moved: TSESTree.VariableDeclaration,
  before: TSESTree.VariableDeclaration,
  sourceCode: SourceCode,
  fixer: TSESLint.RuleFixer,
): readonly TSESLint.RuleFix[] | null {
  if (moved === before || moved.parent !== before.parent) return null;
  if (needsSomethingBetween(moved, before, sourceCode)) return null;
  const lineOf = (node: TSESTree.Node): [start: number, end: number] => {
    const start = sourceCode.getIndexFromLoc({ line: node.loc.start.line, column: 0 });
    const newline = sourceCode.text.indexOf('\n', node.range[1]);
    return [start, newline === -1 ? sourceCode.text.length : newline + 1];
  };
  const [start, end] = lineOf(moved);
  const text = sourceCode.text.slice(start, end);
  if (text.trim() !== sourceCode.getText(moved) || !text.endsWith('\n')) return null;
  return [
    fixer.insertTextBeforeRange([lineOf(before)[0], 0], text),
    fixer.removeRange([start, end]),
  ];
}

/** A name that is declared from `before` on, or assigned there, and used by the value. */
function needsSomethingBetween(
  moved: TSESTree.VariableDeclaration,
  before: TSESTree.VariableDeclaration,
  sourceCode: SourceCode,
): boolean {
  const isBetween = (node: TSESTree.Node): boolean =>
    node.range[0] >= before.range[0] && node.range[1] <= moved.range[0];
  const { references, variables } = sourceCode.getScope(moved);
  const used = references
    .filter(({ identifier }) => isInside(identifier, moved))
    .flatMap(({ resolved }) => resolved ?? []);
  const isAssigned = used.some((variable) =>
    variable.references.some((other) => other.isWrite() && isBetween(other.identifier)),
  );
  // By the references of the names declared here, which counts those in closures as well.
  const isDeclared = variables
    .filter(({ defs }) => defs.some(({ name }) => isBetween(name)))
    .some((variable) => variable.references.some((use) => isInside(use.identifier, moved)));
  return isAssigned || isDeclared;
}
