// What can be done about a promise that floats, where it floats: advice that its reader can follow.
import type { TSESTree } from '@typescript-eslint/utils';

import { isAwaitAllowed } from '../syntax/await-allowed.js';
import { calleeText, UNNAMED_CALL } from '../syntax/callee-text.js';
import { isEffect, isEndedByEffect } from '../syntax/ended-by-effect.js';
import { enclosingRun, type FunctionNode, isFunction, isInside } from '../syntax/enclosing.js';
import { chainOf } from '../syntax/promise-chain.js';
import type { AwaitOffer } from './await-offer.js';
import type { Place } from './place.js';

/** One sentence, for the end of a message that says whether the error of the work is handled. */
export function adviceFor(
  work: TSESTree.Node,
  place: Place,
  offer: AwaitOffer,
  isHandled: boolean,
): string {
  const { module, sourceCode } = place;
  const { harm } = offer;
  if (harm === 'event') return adviceForService(work, place);
  if (isAwaitAllowed(work, module)) {
    if (harm === undefined) return 'Await it, or make it a task of a group.';
    return isHandled
      ? 'Make it a task of a group.'
      : 'Handle its error, or make it a task of a group.';
  }
  const run = enclosingRun(work);
  if (!isFunction(run) || !isInside(work, run.body)) {
    return run.type === 'Program'
      ? 'Give it a `catch`.'
      : 'Start it in a method that its owner awaits.';
  }
  if (isEffect(run)) {
    if (isEndedByEffect(work, sourceCode)) return 'Handle its error.';
    const end = 'see that the clean-up of the effect ends it';
    return isHandled ? `${capital(end)}.` : `Handle its error, and ${end}.`;
  }
  if (isStart(run)) return 'Start it in a method that its owner awaits.';
  if (offer.made !== undefined) {
    return 'Make the function around it async and await it, or make it a task of a group.';
  }
  return isHandled
    ? 'Make it a task of a group that outlives this function.'
    : 'Handle its error here, or make it a task of a group that outlives this function.';
}

function adviceForService(work: TSESTree.Node, { sourceCode }: Place): string {
  const { root } = chainOf(work);
  if (root.type !== 'CallExpression') return 'Make it a task of a group.';
  const name = calleeText(root, sourceCode);
  if (name === UNNAMED_CALL) return 'Make it a task of a group.';
  return `Make it a task of a group, or list \`${name}\` in \`settings.mooring.safeCalls\` where its end is waited for elsewhere.`;
}

/** A constructor and an accessor give what they give, and never a promise of it. */
function isStart({ parent }: FunctionNode): boolean {
  return parent.type === 'MethodDefinition' && parent.kind !== 'method';
}

function capital(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}`;
}
