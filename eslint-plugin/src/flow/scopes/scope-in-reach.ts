// The scopes that code at a node can name: what a call could be handed, or an error compared with.
//
//   async function load(url, { signal }) {          a parameter that types say is a signal
//     group.createTask(async (context) => {         ← nearest first: `context`, then `signal`
//       …
//     });
//   }
//
// A name alone (`signal`, of no known type) is asked of the types, and without any it is none.
import type { TSESTree } from '@typescript-eslint/utils';

import type { FileNames } from '../../syntax/mooring-reference.js';
import { findVariable, type Variable } from '../../syntax/variable.js';
import type { Types } from '../../types/types.js';
import { openScopes, type Wanted } from './open-scopes.js';
import type { OpenScope } from './openings.js';

/** A scope that has a name which means it at the node. */
export interface ReachableScope extends OpenScope {
  /** An expression for its signal. */
  readonly signal: string;
  /** An expression for something with that `signal`. */
  readonly scope: string;
  readonly variable: Variable;
}

/** Nearest first, one after the other. */
export function* scopesInReach(
  node: TSESTree.Node,
  file: FileNames,
  types: Types | undefined,
  isWanted?: Wanted,
): Generator<ReachableScope, undefined> {
  const here = file.sourceCode.getScope(node);
  for (const open of openScopes(file).at(node, isWanted)) {
    const { scope, signal, variable } = open;
    if (signal === undefined || scope === undefined || variable === undefined) continue;
    // No other variable of the same name stands between the scope and the node.
    const isNamed = findVariable(variable.name, here) === variable;
    if (isNamed && isScope(open, types)) yield { ...open, scope, signal, variable };
  }
}

function isScope({ certain, kind, variable }: OpenScope, types: Types | undefined): boolean {
  if (certain === 'yes') return true;
  const name = variable?.identifiers[0];
  if (types === undefined || name === undefined) return false;
  const facts = types.value(name);
  const isBag = kind === 'signal' && facts.scope === 'yes';
  return isBag || facts.is(kind === 'signal' ? 'abortSignal' : 'group') === 'yes';
}
