// For open-scopes.ts: the scopes that one block or function opens, as they are seen from inside.
import type { TSESTree } from '@typescript-eslint/utils';

import type { CallbackRole } from '../../syntax/callback-role.js';
import { enclosingRun, type RunNode } from '../../syntax/enclosing.js';
import type { SourceCode } from '../../syntax/variable.js';
import type { ScopeValue } from './scope-value.js';

export interface OpenScope extends ScopeValue {
  /** The function (or static block, or program) in which it is open, the body it is open for. */
  readonly run: RunNode;
  /** Whether the node that was asked about is in a function inside of `run`. */
  readonly isNested: boolean;
}

/** A scope as it is seen from its own run, and from a function in it. */
export interface Opening {
  readonly own: OpenScope;
  readonly nested: OpenScope;
}

/** What is known of a scope where nobody looks at it. */
type Opened = Omit<OpenScope, 'isNested'>;

/** The one that is declared last comes first: it is the innermost. */
export function openingsOf(
  values: readonly ScopeValue[],
  scope: ReturnType<SourceCode['getScope']>,
  role: CallbackRole | undefined,
): readonly Opening[] {
  const opened = values.map((value): Opened => ({ ...value, run: runOf(value, scope.block) }));
  opened.sort((a, b) => placeOf(b) - placeOf(a));
  const isNamed = opened.some(({ opener }) => opener === role?.call);
  if (role !== undefined && !isNamed) opened.push(unnamed(role, scope.block));
  return opened.map((each) => ({
    own: { ...each, isNested: false },
    nested: { ...each, isNested: true },
  }));
}

/** Those that are open at a node, which stands in a run. */
export function* openAt(
  openings: readonly Opening[],
  node: TSESTree.Node,
  run: RunNode,
): Generator<OpenScope, undefined> {
  // What a block or a function declares is all of one run.
  const isNested = openings[0]?.own.run !== run;
  const first = isNested ? 0 : firstBefore(openings, node);
  for (let place = first; place < openings.length; place++) {
    yield isNested ? openings[place]!.nested : openings[place]!.own;
  }
}

/** The place of the first one that begins before a node. */
function firstBefore(openings: readonly Opening[], node: TSESTree.Node): number {
  let low = 0;
  let high = openings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const { held, opener } = openings[middle]!.own;
    if (held === 'body' || opener.range[1] <= node.range[0]) high = middle;
    else low = middle + 1;
  }
  return low;
}

function runOf({ held, opener }: ScopeValue, block: RunNode): RunNode {
  return held === 'body' || held === 'parameter' ? block : enclosingRun(opener);
}

/** Where a scope begins in its function: parameters before everything else. */
function placeOf({ held, opener }: ScopeValue): number {
  return held === 'body' ? 0 : opener.range[0];
}

function unnamed(role: CallbackRole, run: RunNode): Opened {
  return {
    kind: role.kind,
    signal: undefined,
    scope: undefined,
    held: 'body',
    certain: role.isCertain ? 'yes' : 'unknown',
    opener: role.call,
    variable: undefined,
    run,
  };
}
