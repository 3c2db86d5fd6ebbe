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
import { findVariable } from '../../syntax/variable.js';
import type { Types } from '../../types/types.js';
import { type OpenScope, openScopes } from './open-scopes.js';

/** A scope that has a name which means it at the node. */
export interface ReachableScope extends OpenScope {
  /** An expression for its signal. */
  readonly signal: string;
  /** An expression for something with that `signal`. */
  readonly scope: string;
}

/** Nearest first. */
export function scopesInReach(
  node: TSESTree.Node,
  file: FileNames,
  types: Types | undefined,
): readonly ReachableScope[] {
  return openScopes(file)
    .at(node)
    .filter(
      (open): open is ReachableScope =>
        open.signal !== undefined &&
        open.scope !== undefined &&
        isNamed(open, node, file) &&
        isScope(open, types),
    );
}

/** No other variable of the same name stands between the scope and the node. */
function isNamed({ variable }: OpenScope, node: TSESTree.Node, file: FileNames): boolean {
  if (variable === undefined) return false;
  return findVariable(variable.name, file.sourceCode.getScope(node)) === variable;
}

function isScope({ certain, kind, variable }: OpenScope, types: Types | undefined): boolean {
  if (certain === 'yes') return true;
  const name = variable?.identifiers[0];
  if (types === undefined || name === undefined) return false;
  const [facts] = types.values([name]);
  const isBag = kind === 'signal' && facts!.scope === 'yes';
  return isBag || facts!.is(kind === 'signal' ? 'abortSignal' : 'group') === 'yes';
}
