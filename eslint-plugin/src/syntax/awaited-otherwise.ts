// Whether the other way of an `if` waits for the same work: then it is the point of this one that it
// does not.
//
//   if (isNonBlocking) { Promise.all(writes); return; }
//   await Promise.all(writes);
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from './descendants.js';
import { enclosingRun } from './enclosing.js';
import { chainOf } from './promise-chain.js';
import type { SourceCode } from './variable.js';

export function isAwaitedOtherwise(work: TSESTree.Node, sourceCode: SourceCode): boolean {
  const text = sourceCode.getText(chainOf(work).root);
  const run = enclosingRun(work);
  let way = work;
  for (let around = work.parent; around != null && way !== run; around = around.parent) {
    if (around.type === 'IfStatement' && around.test !== way) {
      const others = otherWays(around, way);
      if (others.some((other) => isAwaitedIn(other, text, sourceCode))) return true;
    }
    way = around;
  }
  return false;
}

/** The other branch, and what comes after an `if` that is left with this one. */
function otherWays(around: TSESTree.IfStatement, way: TSESTree.Node): readonly TSESTree.Node[] {
  const { alternate, consequent, parent } = around;
  const other = way === consequent ? alternate : consequent;
  const isLeft =
    way.type === 'BlockStatement' && /^(Return|Throw)/.test(way.body.at(-1)?.type ?? '');
  const isListed = parent.type === 'BlockStatement' || parent.type === 'Program';
  const after =
    isLeft && isListed ? parent.body.filter((each) => each.range[0] >= around.range[1]) : [];
  return other === null ? after : [other, ...after];
}

function isAwaitedIn(way: TSESTree.Node, text: string, sourceCode: SourceCode): boolean {
  return [...descendants(way, sourceCode, 'own')].some(
    (node) => node.type === 'AwaitExpression' && sourceCode.getText(node.argument) === text,
  );
}
