// Whether code that has ended a cancellation meets it again at once: it has to do with the scope later.
//
//   try { await warm(signal); } catch {}   return await load(signal);        by the next call that has it
//   const page = load(signal);  const icon = await find(signal).catch(none);  return [await page, icon];
//   Promise.all([load(signal), find(signal).catch(none)])                    by the one beside it
import type { TSESTree } from '@typescript-eslint/utils';

import { enclosingRun, isFunction, isInside } from '../../syntax/enclosing.js';
import { isLoop } from '../../syntax/loops.js';
import { chainOf, errorHandlerOf } from '../../syntax/promise-chain.js';
import { type SourceCode, type Variable, variableOf } from '../../syntax/variable.js';

/** `work`: the `try` or the promise that the error came from. */
export function isMetAgain(
  handler: TSESTree.CatchClause | (TSESTree.Node & { readonly body: TSESTree.Node }),
  work: TSESTree.Node,
  scope: Variable,
  sourceCode: SourceCode,
): boolean {
  const run = enclosingRun(work);
  const uses = scope.references.map(({ identifier }) => identifier);
  if (uses.some((use) => isInside(use, handler.body))) return true;
  if (uses.some((use) => isInside(use, run) && isStartedBefore(use, work, sourceCode))) return true;
  const last = handler.body.type === 'BlockStatement' ? handler.body.body.at(-1)?.type : undefined;
  const isLeft =
    handler.type === 'CatchClause' && (last === 'ReturnStatement' || last === 'BreakStatement');
  const loop = isLeft ? undefined : loopAround(work, run);
  return uses.some((use) => {
    if (isInside(use, work) || !isInside(use, run)) return false;
    return (
      (!isLeft && use.range[0] >= work.range[1]) || (loop !== undefined && isInside(use, loop))
    );
  });
}

function loopAround(work: TSESTree.Node, run: TSESTree.Node): TSESTree.Node | undefined {
  for (let node = work.parent; node && node !== run; node = node.parent) {
    if (isLoop(node)) return node;
  }
  return undefined;
}

/** Work that was started with the scope, and of which the code takes the outcome when this one is over. */
function isStartedBefore(use: TSESTree.Node, work: TSESTree.Node, sourceCode: SourceCode): boolean {
  if (use.range[0] >= work.range[0]) return false;
  for (let node = use; node.parent != null && !isFunction(node.parent); node = node.parent) {
    const { parent } = node;
    if (parent.type === 'AwaitExpression') return false;
    if (parent.type === 'ArrayExpression' && isInside(work, parent)) return !isHandled(node);
    if (parent.type !== 'VariableDeclarator') continue;
    if (parent.init !== node || parent.id.type !== 'Identifier' || isHandled(node)) return false;
    const held = variableOf(parent.id, sourceCode);
    return held?.references.some(({ identifier }) => identifier.range[0] > work.range[1]) === true;
  }
  return false;
}

function isHandled(promise: TSESTree.Node): boolean {
  return errorHandlerOf(chainOf(promise)) !== undefined;
}
