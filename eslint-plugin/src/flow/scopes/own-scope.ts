// The task or the timeout that code is the body of, and whether another scope ends it too.
//
//   async function load(urls, { signal }) {
//     await TaskGroup.map(urls, async (url, context) => {
//       await fetch(url, { signal });          ← own: `context`. It ends with `signal`,
//     }, { signal });                             since the group was given it here.
//   }
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../../syntax/descendants.js';
import { enclosingFunction, type FunctionNode, isInside } from '../../syntax/enclosing.js';
import type { FileNames } from '../../syntax/mooring-reference.js';
import { findVariable, type Variable, variableOf } from '../../syntax/variable.js';
import { openScopes } from './open-scopes.js';
import type { OpenScope } from './openings.js';

export interface OwnScope extends OpenScope {
  readonly kind: 'task' | 'timeout';
  /** The body. */
  readonly run: FunctionNode;
}

/** The innermost task or timeout around a node. */
export function ownScope(node: TSESTree.Node, file: FileNames): OwnScope | undefined {
  for (let run = enclosingFunction(node); run !== undefined; run = enclosingFunction(run)) {
    const own = openScopes(file).bodyOf(run);
    if (own === undefined) continue;
    if (own.certain !== 'yes' || (own.kind !== 'task' && own.kind !== 'timeout')) return undefined;
    return { ...own, kind: own.kind, run };
  }
  return undefined;
}

/** Whether a variable holds a scope that was open before a task or a timeout. */
export function isOuter(variable: Variable, { run }: OwnScope, file: FileNames): boolean {
  const [name] = variable.identifiers;
  if (name === undefined || isInside(name, run)) return false;
  return openScopes(file).of(variable) !== undefined;
}

/** Whether the name of a scope still means it at a node. */
export function isNameable(
  { variable }: OpenScope,
  node: TSESTree.Node,
  { sourceCode }: FileNames,
): boolean {
  if (variable === undefined) return false;
  return findVariable(variable.name, sourceCode.getScope(node)) === variable;
}

/** Whether a scope was opened under another: it, or its group, was given that one. */
export function isLinked(scope: OpenScope, outer: Variable, file: FileNames): boolean {
  const seen = new Set<TSESTree.Node>();
  const openers: TSESTree.Node[] = [scope.opener];
  for (let opener = openers.pop(); opener !== undefined; opener = openers.pop()) {
    if (seen.has(opener)) continue;
    seen.add(opener);
    for (const node of descendants(opener, file.sourceCode, 'own')) {
      const variable = node.type === 'Identifier' ? variableOf(node, file.sourceCode) : undefined;
      if (variable === undefined) continue;
      if (variable === outer) return true;
      const value = openScopes(file).of(variable);
      if (value !== undefined) openers.push(value.opener);
    }
  }
  return false;
}
