// What code waits for that ends with an error when a scope from outside is cancelled:
//
//   await load(url, { signal });          await Promise.all(urls.map((url) => load(url, context)));
//   for await (const event of on(emitter, 'change', { signal }))        signal.throwIfAborted();
//
// Scopes that the function made for itself are left out: who makes a deadline may deal with it.
import type { TSESTree } from '@typescript-eslint/utils';

import { projectFunction } from '../../project/project-function.js';
import type { Place } from '../../project/project-place.js';
import { descendants } from '../../syntax/descendants.js';
import { enclosingRun, isFunction } from '../../syntax/enclosing.js';
import type { FileNames } from '../../syntax/mooring-reference.js';
import { chainOf, errorHandlerOf } from '../../syntax/promise-chain.js';
import { calledMember } from '../../syntax/property-name.js';
import { rootVariable, type SourceCode } from '../../syntax/variable.js';
import { outermost } from '../../syntax/wrappers.js';
import type { Types } from '../../types/types.js';
import { handlesErrors } from '../promises/error-handling.js';
import { openScopes } from '../scopes/open-scopes.js';
import { type ReachableScope, scopesInReach } from '../scopes/scope-in-reach.js';
import { isMeant } from '../scopes/scopes-at-hand.js';
import { handedSignals } from './handed-signals.js';
import { isHeldBack } from './held-back.js';

export interface Waiting {
  /** Where the code stands that would get the error: a `try`, a `promise.catch(…)`. */
  readonly at: TSESTree.Node;
  /** What it waits for, and tests of the signal itself. */
  readonly waited: readonly TSESTree.Node[];
}

/** What a block waits for without handling its error itself. */
export function waitedIn(block: TSESTree.Node, sourceCode: SourceCode): TSESTree.Node[] {
  const isClosed = (node: TSESTree.Node): boolean => isFunction(node) || catchesErrors(node);
  return [...descendants(block, sourceCode, isClosed)].flatMap((node) => waitedBy(node) ?? []);
}

function waitedBy(node: TSESTree.Node): TSESTree.Node | undefined {
  if (node.type === 'ForOfStatement') return node.await ? node.right : undefined;
  if (calledMember(node)?.name === 'throwIfAborted') return node;
  if (node.type !== 'AwaitExpression') return undefined;
  return errorHandlerOf(chainOf(node.argument)) === undefined ? node.argument : undefined;
}

/** The block of a `try` with a `catch`. */
function catchesErrors(node: TSESTree.Node): boolean {
  const { parent } = node;
  return parent?.type === 'TryStatement' && parent.block === node && parent.handler !== null;
}

/** The calls in what is waited for, each of which may be handed a signal. */
export function callsWaitedFor(
  { waited }: Waiting,
  sourceCode: SourceCode,
): readonly TSESTree.CallExpression[] {
  return waited
    .flatMap((part) => [...descendants(part, sourceCode)])
    .filter((node) => node.type === 'CallExpression');
}

/**
 * A function of the project that handles every error: no cancellation comes out of it. Nor out of what
 * it is handed: `await settled(load(url, { signal }))`.
 */
export function isHandledInside(call: TSESTree.CallExpression, place: Place): boolean {
  let node: TSESTree.Node = call;
  for (let depth = 0; depth < DEEPEST; depth++) {
    const called = projectFunction(node, place);
    if (called !== undefined && handlesErrors(called)) return true;
    const { parent } = outermost(node);
    if (parent?.type !== 'CallExpression' || parent.callee === outermost(node)) return false;
    node = parent;
  }
  return false;
}

/** Calls in calls, as far as a person would write them. */
const DEEPEST = 5;

/** A scope, and a call that is handed its signal. */
export interface Cancelling {
  readonly scope: ReachableScope;
  readonly call: TSESTree.CallExpression;
}

/** The nearest scope whose cancellation the code at a place can get. */
export function cancellingScope(
  waiting: Waiting,
  file: FileNames & Place,
  types: Types,
): Cancelling | undefined {
  const { sourceCode } = file;
  const calls = callsWaitedFor(waiting, sourceCode);
  const facts = types.calls(calls);
  const question = { sourceCode, scopes: openScopes(file), types };
  const handed = calls.flatMap((call, index) => {
    const member = calledMember(call);
    const isTest = member?.name === 'throwIfAborted';
    const values = isTest
      ? [member.object]
      : handedSignals(call, facts[index]!, question)
          .filter(({ slot }) => !isHeldBack(call, slot, file))
          .map(({ value }) => value);
    return values.map((value) => ({ call, variable: rootVariable(value, sourceCode) }));
  });
  for (const scope of scopesInReach(waiting.at, file, types, isMeant)) {
    if (!isFromOutside(scope, waiting.at)) continue;
    const comes = handed.find(
      ({ call, variable }) => variable === scope.variable && !isHandledInside(call, file),
    );
    if (comes !== undefined) return { scope, call: comes.call };
  }
  return undefined;
}

/** What a function opens for itself it may also close. */
function isFromOutside(scope: ReachableScope, at: TSESTree.Node): boolean {
  const isOwn = scope.held === 'block' || (scope.held === 'variable' && scope.kind !== 'signal');
  return !isOwn || scope.run !== enclosingRun(at);
}
