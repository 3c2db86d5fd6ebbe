import type { TSESTree } from '@typescript-eslint/utils';

import { calledFunction } from '../../syntax/own-method.js';
import { beforeFinally, chainOf } from '../../syntax/promise-chain.js';
import { tellsByCallback } from '../../syntax/told-by-callback.js';
import {
  settlesInTheEnd,
  settlesOnSuccess,
  tellsItsEnd,
  tellsItsOutcome,
} from '../../syntax/told-end.js';
import { tellsTest } from '../../syntax/told-last.js';
import { calledMember } from '../../syntax/property-name.js';
import { functionOf } from '../../syntax/variable.js';
import { LISTENER_METHODS } from '../../vocabulary.js';
import { isChainHandled, isErrorHandled, type TypedPlace } from './error-handling.js';
import { isKeptByCallee } from './kept-by-callee.js';
import { isHeldHandled, isOnlyMentioned, isTakenElsewhere, looksOn } from './promise-onlooker.js';

/**
 * Whether nobody has to wait for a chain:
 * - it only looks on at a promise that somebody else has;
 * - it tells its end to somebody who waits for something else, by itself or by its callback, or its
 *   success where it cannot fail;
 * - it tells a test, which fails where it is told nothing;
 * - the function that gives it keeps it in a field, out of which somebody else takes it.
 */
export function needsNoWaiting(node: TSESTree.Node, place: TypedPlace): boolean {
  const { sourceCode } = place;
  const chain = chainOf(node);
  if (settlesInTheEnd(chain, sourceCode)) return true;
  // `load().then(resolve).catch(reject).then(close)`: who waits is told before the chain goes on.
  if (tellsItsEnd(node, sourceCode)) {
    return chain.links.some(({ isFinally, rejected }) => !isFinally && rejected !== undefined);
  }
  if (settlesOnSuccess(chain, sourceCode) && cannotFail(chain.root, place)) return true;
  const next = chain.links.at(-1)?.fulfilled;
  const then = next && functionOf(next, sourceCode);
  if (then !== undefined && tellsTest(then, place)) return true;
  const called = calledFunction(beforeFinally(node), sourceCode);
  if (called !== undefined && tellsItsOutcome(called, sourceCode)) return true;
  if (chain.links.length === 0) {
    if (isOnlyMentioned(chain.root, place) || isKeptByCallee(chain.root, place)) return true;
    if (isTakenElsewhere(chain.root, sourceCode)) return true;
    if (tellsByCallback(chain.root, sourceCode)) return true;
  }
  if (!looksOn(chain, place)) return false;
  if (isChainHandled(node, place) || isHeldHandled(chain.root, place)) return true;
  // Who waits for a deferred waits for what he settles himself.
  return place.types.value(chain.root).isDeferred;
}

/** `model.once('loaded')` is there when the model tells of it, and not before; nothing runs till then. */
function cannotFail(root: TSESTree.Node, place: TypedPlace): boolean {
  const listening = calledMember(root)?.name;
  if (listening !== undefined && LISTENER_METHODS.has(listening)) return true;
  return isErrorHandled(root, place);
}
