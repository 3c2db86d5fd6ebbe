// Whether somebody has a promise after all that nothing here takes: a library, a group, or the call
// that it is handed to.
import type { TSESTree } from '@typescript-eslint/utils';

import { projectFunction } from '../../project/project-function.js';
import type { ReportsOption } from '../../reports-option.js';
import type { Settings } from '../../settings.js';
import { consumerOf, sourcesOf } from '../../syntax/consumers.js';
import { type FloatingValue, isMade } from '../../syntax/floating-places.js';
import { outcomeOf } from '../../syntax/function-outcome.js';
import { chainOf } from '../../syntax/promise-chain.js';
import { isSettledPromise } from '../../syntax/promise-static.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { CallNode } from '../../types/types.js';
import { asksOfPromise, tellsDouble } from './asked-of-promise.js';
import type { TypedPlace } from './error-handling.js';
import { isKnownSafe } from './known-safe-call.js';
import { isOwnedByLibrary } from './library-owner.js';
import { startsWork } from './promise-onlooker.js';

interface Input extends ReportsOption, TypedPlace {
  readonly settings: Settings;
}

export function isTakenElsewhere(value: FloatingValue, input: Input): boolean {
  const { settings, sourceCode, types } = input;
  const made = unwrapped(value.node);
  if (isCallNode(made)) {
    const call = types.call(made);
    if (call.matches(settings.safeCalls) || isKnownSafe(call, made)) return true;
    if (isOwned(made, input)) return true;
  }
  if (value.place !== 'argument') return false;
  return isSettledPromise(made, sourceCode) || !isSwallowed(value, input);
}

/** The calls that this asks about. */
export function callsAsked({ by, node, place }: FloatingValue): readonly CallNode[] {
  const nodes = place === 'argument' ? [by, unwrapped(node)] : [unwrapped(node)];
  return nodes.filter(isCallNode);
}

/**
 * `router.push('/')`, `queryClient.refetchQueries().then(() => close())`: a library has it.
 * `group.createTask(load).then(show)`: its group has it.
 */
function isOwned(made: CallNode, input: Input): boolean {
  if (isOwnedByLibrary(made, input)) return true;
  const { links, root } = chainOf(made);
  const isTask = input.types.value(root).is('task') === 'yes' || givesTask(root, input);
  if (links.length === 0) return isTask;
  if (!isTask && (!isCallNode(root) || !isOwnedByLibrary(root, input))) return false;
  const handlers = links.flatMap(({ fulfilled, rejected }) => [fulfilled, rejected]);
  return handlers.every((handler) => handler === undefined || !startsWork(handler, input.types));
}

/** `spawn(): Promise<void> { return this.group.createTask(load); }`, in the same file. */
function givesTask(call: TSESTree.Node, input: Input): boolean {
  const called = projectFunction(call, input);
  if (called === undefined || called.node.async || called.place.types === undefined) return false;
  const given = outcomeOf(called.node, called.place.sourceCode).returned.flatMap(sourcesOf);
  return given.length > 0 && given.every((value) => input.types.value(value).is('task') === 'yes');
}

/** Whether the call takes anything, and what it gives cannot have the promise in it. */
function isSwallowed({ by, node }: FloatingValue, { settings, types }: Input): boolean {
  const consumer = consumerOf(node);
  if (consumer.kind !== 'handed-over') return false;
  const call = types.call(consumer.by);
  const { result } = call;
  if (call.takesPromise(consumer.argument) === 'yes') return false;
  if (result.isUntyped || call.matches(settings.safeCalls)) return false;
  if (asksOfPromise(consumer.by, node, types) || tellsDouble(consumer.by)) return false;
  const isDropped = consumerOf(by).kind === 'dropped' && result.thenable === 'no';
  return result.isPlain || isDropped;
}

function isCallNode(node: TSESTree.Node): node is CallNode {
  return isMade(node) && node.type !== 'ImportExpression';
}
