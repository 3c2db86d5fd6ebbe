// The calls that the signal of a deadline would stop: they take one, and are waited for.
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import { type FileNames, isRuntimeCall } from '../../syntax/mooring-reference.js';
import { calledName } from '../../syntax/property-name.js';
import { outermost } from '../../syntax/wrappers.js';
import type { SignalSlot, Types, ValueFacts } from '../../types/types.js';
import { callsIn, type TimeoutBody } from '../scopes/timeout-body.js';

/** A call that takes a signal. */
export interface TakingCall {
  readonly call: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly slots: readonly SignalSlot[];
  /** It takes a scope whole. */
  readonly takesScope: boolean;
}

/** The calls of a body that the signal would stop. */
export function takingCalls(
  body: TimeoutBody,
  file: FileNames,
  types: Types,
): readonly TakingCall[] {
  const calls = callsIn(body, file.sourceCode);
  const facts = types.calls(calls);
  return calls.flatMap((call, index) => {
    const { signalSlots: slots, result } = facts[index]!;
    const isTaking = slots.length > 0 && isStoppable(call, result);
    return isTaking ? [{ call, slots, takesScope: isRuntimeCall(call, file) }] : [];
  });
}

/** Work that is waited for, or a scope. What is done when the call returns needs no signal. */
export function isStoppable(call: TSESTree.Node, result: ValueFacts): boolean {
  // Its signal ends the listening, and not the call.
  if (LISTENING.has(calledName(call))) return false;
  if (result.thenable === 'yes' || result.is('group') === 'yes' || result.is('timeout') === 'yes') {
    return true;
  }
  const { parent } = outermost(call);
  return parent?.type === 'ForOfStatement' && parent.await;
}

const LISTENING: ReadonlySet<string | undefined> = new Set(['addEventListener', 'addListener']);

/** What nobody waits for may be meant to outlive the code around it. */
export function isLetGo(call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  let taken = consumerOf(call);
  while (taken.kind === 'chained') taken = consumerOf(taken.by);
  return taken.kind === 'dropped' && call.type === 'CallExpression';
}
