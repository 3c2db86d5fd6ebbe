// Whether what is put somewhere is taken away again, whatever happens:
//
//   this.#group = group;
//   try {
//     await serve(group);
//   } finally {
//     this.#group = undefined;      // ← nobody finds the group there when it has ended
//   }
//
// A `finally` of the function counts, one of a promise, and what a stack of disposers is given.
// That it stands around the group is not asked: it is written for that.
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../../syntax/descendants.js';
import { enclosingFunction } from '../../syntax/enclosing.js';
import { isNullish } from '../../syntax/literal-value.js';
import type { SourceCode } from '../../syntax/variable.js';
import { cleanupOfCall, cleanupsOfTry } from './cleanup.js';

export function isClearedInCleanup(
  target: TSESTree.Identifier | TSESTree.MemberExpression,
  sourceCode: SourceCode,
): boolean {
  const text = sourceCode.getText(target);
  const isClearing = (node: TSESTree.Node): boolean =>
    node.type === 'AssignmentExpression' &&
    node.operator === '=' &&
    isNullish(node.right) &&
    sourceCode.getText(node.left) === text;
  return cleanupsAround(target, sourceCode).some((code) =>
    [...descendants(code, sourceCode)].some(isClearing),
  );
}

/** The clean-ups of the outermost function around a node. */
function cleanupsAround(node: TSESTree.Node, sourceCode: SourceCode): readonly TSESTree.Node[] {
  let outermost = enclosingFunction(node);
  for (let next = outermost; next !== undefined; next = enclosingFunction(next)) outermost = next;
  const inside = outermost ? [...descendants(outermost, sourceCode)] : [];
  return inside
    .flatMap((inner) => {
      if (inner.type === 'TryStatement') return cleanupsOfTry(inner);
      return (inner.type === 'CallExpression' && cleanupOfCall(inner, sourceCode)) || [];
    })
    .flatMap(({ code, kind }) => (kind === 'catch' ? [] : [code]));
}
