// For open-scopes.ts: what a variable is when it is a scope, and what its forms are read with.
import type { TSESTree } from '@typescript-eslint/utils';

import type { FileNames } from '../../syntax/mooring-reference.js';
import type { Variable } from '../../syntax/variable.js';
import type { Answer } from '../../types/types.js';

/** A task is the scope that a function gets from `createTask`; a controller, one made by hand. */
export type ScopeKind = 'controller' | 'group' | 'signal' | 'task' | 'timeout';

export interface ScopeValue {
  readonly kind: ScopeKind;
  /** An expression for its abort signal: `group.signal`, `signal`, `options?.signal`. */
  readonly signal: string | undefined;
  /** An expression for something with that `signal`: `group`, `context`, `{ signal }`. */
  readonly scope: string | undefined;
  /**
   * - `block`: by `using` or `await using`, or owned by a disposable stack
   * - `body`: by the function that `TaskGroup.run`, `timeout` or `createTask` runs
   * - `parameter`: by the caller; it was open before
   * - `variable`: by nobody that the syntax knows
   */
  readonly held: 'block' | 'body' | 'parameter' | 'variable';
  /** `'unknown'` where only a name says so: `signal`, `options.signal`. Types can settle it. */
  readonly certain: Answer;
  /** The declarator, the parameter, or the call that runs the body. */
  readonly opener: TSESTree.Node;
  /** The name to write. A body that takes no parameter has none, and then no expressions. */
  readonly variable: Variable | undefined;
}

/** What the forms of a scope are read with: the file, and what other names of it are. */
export interface ScopeReader {
  readonly file: FileNames;
  of(name: TSESTree.Identifier): ScopeValue | undefined;
}
