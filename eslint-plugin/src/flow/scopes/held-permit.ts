// The ways on which a permit that a block has taken is not given back.
//
//   const permit = await limiter.acquire(scope);
//   const rows = await query(sql);               // ← fails: the permit is held for good
//   if (rows.length === 0) return [];            // ← so it is here
//   permit.release();
import type { TSESTree } from '@typescript-eslint/utils';

import { enclosingRun, isInside } from '../../syntax/enclosing.js';
import { propertyName } from '../../syntax/property-name.js';
import { type SourceCode, type Variable } from '../../syntax/variable.js';
import { outermost, unwrapped } from '../../syntax/wrappers.js';
import { DISPOSE, MEMBER } from '../../vocabulary.js';
import { pathEnds } from '../paths/all-paths.js';
import type { PathEnd } from '../paths/path-question.js';
import { usesOf } from '../paths/uses-of.js';

/**
 * Nothing, when somebody else gets the permit: in a call, a field, a closure, a result.
 *
 * @param block Where the permit is declared.
 */
export function waysHeld(
  permit: Variable,
  declarator: TSESTree.VariableDeclarator,
  block: TSESTree.Node,
  sourceCode: SourceCode,
): readonly PathEnd[] {
  const releases = new Set<TSESTree.Node>();
  const names = new Set<TSESTree.Node>();
  for (const { name, at } of usesOf(permit, enclosingRun(declarator), sourceCode)) {
    if (at !== name) return [];
    const release = releaseOf(name);
    if (release !== undefined) releases.add(release);
    else if (isAsked(name)) names.add(name);
    else return [];
  }
  const ends = pathEnds({
    sourceCode,
    within: block,
    event: (node) => {
      if (node === declarator) return 'open';
      if (releases.has(node)) return 'finish';
      return couldFail(node) && !isCaught(node, block) ? 'offence' : undefined;
    },
    // Of `tryAcquire`: where nothing was had, nothing is held.
    assume: (test) => names.has(unwrapped(test)) || undefined,
  });
  return ends.filter(({ certain }) => certain);
}

/** `permit.release()`, `permit?.release()`, `permit[Symbol.dispose]()`. */
function releaseOf(name: TSESTree.Node): TSESTree.Node | undefined {
  const member = outermost(name).parent;
  if (member?.type !== 'MemberExpression' || unwrapped(member.object) !== name) return undefined;
  const method = propertyName(member);
  if (method !== MEMBER.release && method !== DISPOSE) return undefined;
  const { parent } = outermost(member);
  return parent?.type === 'CallExpression' && unwrapped(parent.callee) === member
    ? parent
    : undefined;
}

/** `if (permit)`, `permit === undefined`, `!permit`. */
function isAsked(name: TSESTree.Node): boolean {
  const { parent } = outermost(name);
  return (
    parent?.type === 'IfStatement' ||
    parent?.type === 'BinaryExpression' ||
    parent?.type === 'UnaryExpression' ||
    (parent?.type === 'ConditionalExpression' && unwrapped(parent.test) === name)
  );
}

/** Calls of the console, and of what is as plain, are taken to fail as well: `using` costs nothing. */
function couldFail({ type }: TSESTree.Node): boolean {
  return type === 'AwaitExpression' || type === 'CallExpression' || type === 'NewExpression';
}

/** An error goes on from the `catch` or the `finally` around it, which the paths run through. */
function isCaught(node: TSESTree.Node, block: TSESTree.Node): boolean {
  for (let child = node; child !== block && child.parent; child = child.parent) {
    const { parent } = child;
    if (parent.type !== 'TryStatement') continue;
    if (isInside(node, parent.block) || (parent.finalizer && child !== parent.finalizer))
      return true;
  }
  return false;
}
