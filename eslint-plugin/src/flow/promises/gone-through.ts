// Loops that await promises of a collection one after the other, until all are awaited:
//
//   for (const page of pages) await page;
//   for await (const page of pages) show(page);
//
// Who waits so has none of the others meanwhile: that does harm where one of them may reject.
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import type { SourceCode } from '../../syntax/variable.js';

/** The loop that goes through a collection at its mention, and awaits what is in it. */
export function loopThrough(
  mention: TSESTree.Node,
  sourceCode: SourceCode,
): TSESTree.ForOfStatement | undefined {
  const { by } = consumerOf(mention);
  if (by.type !== 'ForOfStatement') return undefined;
  return by.await || awaitsEach(by, sourceCode) ? by : undefined;
}

/** In each round, and not only in some. */
function awaitsEach(loop: TSESTree.ForOfStatement, sourceCode: SourceCode): boolean {
  if (loop.left.type !== 'VariableDeclaration') return false;
  const [variable] = sourceCode.getDeclaredVariables(loop.left);
  const rounds = loop.body.type === 'BlockStatement' ? loop.body.body : [loop.body];
  return (variable?.references ?? []).some(({ identifier }) => {
    const taken = consumerOf(identifier);
    if (taken.kind !== 'awaited' || taken.by.type !== 'AwaitExpression') return false;
    let statement: TSESTree.Node = taken.by;
    while (statement.parent !== undefined && !/(Statement|Declaration)$/.test(statement.type)) {
      statement = statement.parent;
    }
    return rounds.some((each) => each === statement);
  });
}
