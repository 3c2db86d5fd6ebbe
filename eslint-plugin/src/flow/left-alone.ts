// Whether a stored promise is left alone, and by what.
//
// In a name of the same function every path is followed (untaken-paths.ts). A name of the code
// around, a field, and a name of the module that closures share outlive the function: there it is
// enough that anybody ever takes it (promise-owner.ts).
import type { TSESTree } from '@typescript-eslint/utils';

import { enclosingRun } from '../syntax/enclosing.js';
import type { SourceCode } from '../syntax/variable.js';
import type { PathEnd } from './all-paths.js';
import { mayWait } from './meanwhile.js';
import { isFieldTaken, isNameTaken } from './promise-owner.js';
import type { NameStore } from './promise-store.js';
import type { StoredPromise } from './started-promise.js';
import { untakenInLiteral, untakenInName } from './untaken-paths.js';

/** The place where a path leaves it, or the name that nobody ever takes it from. */
export type LeftAlone =
  { readonly by: 'nobody'; readonly name: string } | { readonly by: 'path'; readonly end: PathEnd };

export function leftAlone(
  { started, store }: StoredPromise,
  sourceCode: SourceCode,
): LeftAlone | undefined {
  const question = {
    started,
    mayWait: mayWait(started, sourceCode),
    sourceCode,
  };
  switch (store.kind) {
    case 'field':
      return isFieldTaken(store, sourceCode) ? undefined : nobody(`this.${store.name}`);
    case 'literal':
      return path(untakenInLiteral(store, question));
    case 'name':
      if (runOf(store) !== enclosingRun(started)) {
        return isNameTaken(store, sourceCode) ? undefined : nobody(store.variable.name);
      }
      return isShared(store, sourceCode) ? undefined : path(untakenInName(store, question));
  }
}

function nobody(name: string): LeftAlone {
  return { by: 'nobody', name };
}

function path(end: PathEnd | undefined): LeftAlone | undefined {
  return end && { by: 'path', end };
}

/** `const ready = connect();` of a module, that its functions await when they are called. */
function isShared(store: NameStore, sourceCode: SourceCode): boolean {
  const run = runOf(store);
  const isElsewhere = (mention: TSESTree.Node): boolean =>
    run?.type === 'Program' && enclosingRun(mention) !== run;
  return isNameTaken(store, sourceCode, isElsewhere);
}

function runOf({ variable }: NameStore): TSESTree.Node | undefined {
  const definition = variable.defs[0];
  return definition && enclosingRun(definition.name);
}
