// Promises that are dropped as the only statement of a callback, where the caller waits for what the
// callback gives:
//
//   await lock.run(() => { save(); });
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import { enclosingFunction } from '../../syntax/enclosing.js';
import { statementOf } from '../../syntax/mistaken-drop.js';
import { testAround } from '../../syntax/test-code.js';
import { isInHandler } from '../../syntax/where-nobody-waits.js';
import type { ValueFacts } from '../../types/types.js';
import type { TypedPlace } from './error-handling.js';

export function couldBeGiven(node: TSESTree.Node, place: TypedPlace): boolean {
  const around = enclosingFunction(node);
  if (around === undefined || around.async || around.generator) return false;
  const { body } = around;
  const isOnly = body.type === 'BlockStatement' ? body.body.length === 1 : true;
  if (!isOnly || (body.type === 'BlockStatement' && body.body[0] !== statementOf(node)))
    return false;
  const taken = consumerOf(around);
  if (taken.kind !== 'handed-over') return false;
  const { kind } = consumerOf(taken.by);
  const isWaitedFor = kind === 'awaited' || kind === 'returned' || testAround(node) === around;
  if (!isWaitedFor || isInHandler(node, place)) return false;
  const call = place.types.call(taken.by);
  const wanted = call.parameter(taken.argument)?.returns ?? [];
  return wanted.some(({ thenable }) => thenable === 'yes') && !isOfOtherType(node, wanted, place);
}

/** Where a `Promise<void>` is wanted, a `Promise<number>` cannot be returned as it is. */
function isOfOtherType(
  node: TSESTree.Node,
  wanted: readonly ValueFacts[],
  { types }: TypedPlace,
): boolean {
  const results = wanted.flatMap((value) => value.results);
  if (results.length === 0 || !results.every(({ isVoid }) => isVoid)) return false;
  const own = types.value(node).results;
  return (
    own.length > 0 &&
    own.every((result) => !result.isVoid && !result.isUntyped && !result.isNullable)
  );
}
