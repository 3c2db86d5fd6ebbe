// What a report says of a function whose promise its caller drops, and whether that is a mistake in
// any program, as `recommended` asks.
import type { Place } from '../../project/project-place.js';
import type { CallbackArgument } from '../../syntax/callback-arguments.js';
import { calleeText } from '../../syntax/callee-text.js';
import { isNeverWaitedFor } from '../../syntax/dropped-function.js';
import { enclosingFunction } from '../../syntax/enclosing.js';
import { isPeerDisabled } from '../../syntax/peer-disabled.js';
import { calledMember } from '../../syntax/property-name.js';
import { isTelemetry } from '../../syntax/telemetry.js';
import { isInTest } from '../../syntax/test-code.js';
import { functionOf, type SourceCode } from '../../syntax/variable.js';
import { isInHandler } from '../../syntax/where-nobody-waits.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { DroppedCallback } from './dropped-callbacks.js';
import type { Dropping } from './dropping-call.js';

/** What is said: who drops it, or `handled` where it is only that nobody waits, `needless` where nobody has to. */
export type DropMessage = Dropping | 'handled' | 'needless';

export function messageOf(dropped: DroppedCallback): DropMessage {
  const { dropping } = dropped;
  if (dropping !== 'callback' && dropping !== 'loop') return dropping;
  if (dropped.isNeedless) return 'needless';
  if (dropped.isHandled) return 'handled';
  // Who waits for what a callback settles does not wait for nothing, and not for its error.
  return dropping === 'callback' && dropped.isTelling ? 'settler' : dropping;
}

export function dataOf({ argument, dropping, knownBy }: DroppedCallback, sourceCode: SourceCode) {
  const callee = calleeText(argument.call, sourceCode);
  const said = {
    code: `\`${callee}\` does not wait for`,
    name: `Nothing here says that \`${callee}\` waits for`,
    type: `By its type \`${callee}\` does not wait for`,
  };
  const advice =
    dropping === 'throw' ? assertionInstead(argument) : executorInstead(argument, sourceCode);
  return { advice, callee, said: said[knownBy] };
}

/** The assertion that waits: of `node:assert`, or of `expect`. */
function assertionInstead({ call }: CallbackArgument): string {
  const instead = WAITING.get(calledMember(call)?.name) ?? '`rejects` or `resolves`';
  return `Await it with ${instead}.`;
}

const WAITING: ReadonlyMap<string | undefined, string> = new Map([
  ['doesNotThrow', '`doesNotReject`'],
  ['throws', '`rejects`'],
]);

/** One that is not async gives the promise of something else. */
function executorInstead({ node }: CallbackArgument, sourceCode: SourceCode): string {
  return functionOf(node, sourceCode)?.async
    ? 'Make the executor a plain function, or write an async function instead of it.'
    : 'Take what it gives in place of a new promise, or settle that one both ways.';
}

export function isMistake(dropped: DroppedCallback, place: Place): boolean {
  if (isLetGo(dropped, place)) return false;
  const message = messageOf(dropped);
  return message !== 'handled' && message !== 'needless';
}

/**
 * What the author has switched off for another linter he has decided. A promise that is never settled
 * ends a test by its time limit, as a failure. A listener has nobody who could wait, and one that
 * comes again may settle the next time. A loop is a mistake where somebody thought of waiting: its
 * function is async, or the one around, unless that is of a user interface, where promises are
 * dropped as a rule, or the file leaves the function wherever it names it.
 */
function isLetGo({ argument: { call, node }, dropping }: DroppedCallback, place: Place): boolean {
  const { sourceCode } = place;
  if (isPeerDisabled(node, sourceCode)) return true;
  if (isInTest(node, place) && (dropping === 'executor' || dropping === 'settler')) return true;
  if (dropping === 'settler') return isRepeated(calledMember(call)?.name);
  if (dropping !== 'loop') return dropping === 'callback';
  if (isTelemetry(call, sourceCode) || isNeverWaitedFor(unwrapped(node), sourceCode)) return true;
  if (functionOf(node, sourceCode)?.async) return false;
  return !enclosingFunction(call)?.async || isInHandler(call, place);
}

/** `picker.onDidAccept(…)`, `stream.on('data', …)`: an event that may come more than once. */
function isRepeated(method: string | undefined): boolean {
  return (
    method !== undefined && /^(on(?![a-z])|addEventListener$|addListener$|subscribe$)/.test(method)
  );
}
