// The task or the timeout that code is the body of, and whether another scope ends it too.
//
//   async function load(urls, { signal }) {
//     await TaskGroup.map(urls, async (url, context) => {
//       await fetch(url, { signal });          ← own: `context`. It ends with `signal`,
//     }, { signal });                             since the group was given it here.
//   }
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../../syntax/descendants.js';
import { type FunctionNode, isFunction } from '../../syntax/enclosing.js';
import type { FileNames } from '../../syntax/mooring-reference.js';
import { findVariable, type Variable, variableOf } from '../../syntax/variable.js';
import { type OpenScope, openScopes } from './open-scopes.js';

export interface OwnScope extends OpenScope {
  readonly kind: 'task' | 'timeout';
  /** The body. */
  readonly run: FunctionNode;
  /** The scopes that were open before it. */
  readonly outer: readonly OpenScope[];
}

/** The innermost task or timeout around a node. */
export function ownScope(node: TSESTree.Node, file: FileNames): OwnScope | undefined {
  const open = openScopes(file).at(node);
  const index = open.findIndex(({ held, kind }) => held === 'body' && kind !== 'group');
  const own = open[index];
  if (own === undefined || own.certain !== 'yes' || !isFunction(own.run)) return undefined;
  if (own.kind !== 'task' && own.kind !== 'timeout') return undefined;
  const outer = open.slice(index + 1).filter(({ run }) => run !== own.run);
  return { ...own, kind: own.kind, run: own.run, outer };
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
