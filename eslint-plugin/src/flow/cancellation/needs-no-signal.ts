// Calls that take a signal, and that one at hand would not end sooner, or is not to end.
import type { TSESTree } from '@typescript-eslint/utils';

import type { Place } from '../../project/project-place.js';
import { isSpan } from '../../syntax/telemetry.js';
import type { CallFacts, Types } from '../../types/types.js';
import { isEnding } from '../cleanup/in-cleanup.js';
import type { ScopeAtHand } from '../scopes/scopes-at-hand.js';
import { isResultEnded } from './abort-listener.js';
import { endsNoSooner, takesItself } from './deaf-callee.js';
import { isWriteOfFile } from './for-others.js';
import { isRemote } from './remote-stub.js';
import { isMadeWithSignal } from './made-with-signal.js';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

export interface TypedPlace extends Place {
  readonly types: Types;
}

/** Whether handing it a signal would change nothing, or do harm, whichever signal that is. */
export function isDeaf(call: Call, facts: CallFacts, place: Place): boolean {
  return (
    isEnding(call) ||
    isSpan(call) ||
    isWriteOfFile(facts) ||
    endsNoSooner(call, facts.signalSlots, place)
  );
}

/** So too where it hears a signal in another way. `around`: those at hand. */
export function needsNoSignal(
  call: Call,
  facts: CallFacts,
  around: readonly ScopeAtHand[],
  place: TypedPlace,
): boolean {
  return (
    isRemote(call, place) ||
    isMadeWithSignal(call, place) ||
    isResultEnded(call, facts.result, place) ||
    takesItself(call, facts.signalSlots, around, place) ||
    isDeaf(call, facts, place)
  );
}
