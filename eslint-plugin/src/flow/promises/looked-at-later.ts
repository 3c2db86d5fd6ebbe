// What the later lines of a run have to do with a promise beside which they run: they wait for it where
// they have done what comes before, or look whether it is there.
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import { enclosingRun, isInside } from '../../syntax/enclosing.js';
import { isLoop } from '../../syntax/loops.js';
import { chainOf } from '../../syntax/promise-chain.js';
import type { RestOfRun } from '../../syntax/rest-of-run.js';
import { localVariableOf, type SourceCode, type Variable } from '../../syntax/variable.js';

/** `page.then(show); …; await page;`: it is waited for below. */
export function isWaitedForLater(work: TSESTree.Node, sourceCode: SourceCode): boolean {
  const { links, root } = chainOf(work);
  if (root.type !== 'Identifier' || links.length === 0) return false;
  const run = enclosingRun(work);
  return (localVariableOf(root, sourceCode)?.references ?? []).some(
    ({ identifier }) =>
      identifier.range[0] > work.range[1] &&
      consumerOf(identifier).kind === 'awaited' &&
      enclosingRun(identifier) === run,
  );
}

/**
 * Whether a loop that waits looks at what the chain changes when its promise is there:
 *
 *     opened.then(() => { isOpen = true; });
 *     for await (const item of items) if (isOpen) yield item;
 */
export function isLookedAtLater(
  work: TSESTree.Node,
  { parts }: RestOfRun,
  sourceCode: SourceCode,
): boolean {
  const handlers = chainOf(work).links.flatMap(({ fulfilled }) => fulfilled ?? []);
  const changed = handlers.flatMap((handler) => changedIn(handler, sourceCode));
  const isInRest = ({ range }: TSESTree.Node): boolean =>
    parts.some(([start, end]) => start <= range[0] && range[1] <= end);
  return changed.some(({ references }) =>
    references.some(
      (use) =>
        use.isRead() && isInRest(use.identifier) && isInWaitingLoop(use.identifier, sourceCode),
    ),
  );
}

/** The names from outside of a handler that it gives something. */
function changedIn(handler: TSESTree.Node, sourceCode: SourceCode): readonly Variable[] {
  return [...descendants(handler, sourceCode)].flatMap((node) => {
    const target = node.type === 'AssignmentExpression' ? node.left : undefined;
    const variable =
      target?.type === 'Identifier' ? localVariableOf(target, sourceCode) : undefined;
    return variable && !variable.defs.some(({ name }) => isInside(name, handler)) ? [variable] : [];
  });
}

function isInWaitingLoop(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const run = enclosingRun(node);
  for (let at = node.parent; at != null && at !== run; at = at.parent) {
    if (!isLoop(at)) continue;
    if (at.type === 'ForOfStatement' && at.await) return true;
    const own = [...descendants(at, sourceCode, 'own')];
    if (own.some(({ type }) => type === 'AwaitExpression')) return true;
  }
  return false;
}
