// A race of work against a timer.
//
//   Promise.race([fetch(url), rejectAfter(100)])      Promise.race([running, rejectAfter(100)])
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import { enclosingRun, isInside } from '../../syntax/enclosing.js';
import { isEventPromise } from '../../syntax/event-promise.js';
import type { FileNames } from '../../syntax/mooring-reference.js';
import type { TimerPromise } from '../../syntax/timer-call.js';
import { timerPromise } from '../../syntax/timer-promise.js';
import { localVariableOf, resolved, type SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { isLookedAtAgain, type Loser, loserOf } from './loser-of-race.js';

export interface RaceWithTimer {
  readonly race: TSESTree.CallExpression;
  readonly timer: TimerPromise;
  /** What runs against the timer, when it is one thing. */
  readonly work: TSESTree.Node | undefined;
  /** Nothing runs against the timer but waits for events: there is no work that could run on. */
  readonly isForEvent: boolean;
  readonly loser: Loser;
}

/** `undefined` for a race between events, or between timers. */
export function raceWithTimer(
  race: TSESTree.CallExpression,
  file: FileNames,
): RaceWithTimer | undefined {
  const [given] = race.arguments;
  const list = given && resolved(given, file.sourceCode);
  if (list?.type !== 'ArrayExpression') return undefined;
  const racers = list.elements.flatMap(membersOf);
  const timers = racers.map((racer) => timerPromise(racer, file));
  const isTimer = (_: unknown, index: number): boolean => timers[index] !== undefined;
  const others = racers.filter((_, index) => timers[index] === undefined);
  const timer = timers.find((other) => other !== undefined);
  if (timer === undefined) return undefined;
  const { sourceCode } = file;
  if (others.every((racer) => isCancellation(racer, sourceCode))) return undefined;
  const isLook = timer.rejects !== true;
  if (isLook && others.every((racer) => isAwaitedLater(racer, race, sourceCode))) return undefined;
  if (isLook && others.every((racer) => isLookedAtAgain(racer, race, sourceCode))) return undefined;
  const loser = loserOf(
    race,
    { others, timers: racers.filter(isTimer), rejects: !isLook },
    sourceCode,
  );
  if (loser === 'awaited') return undefined;
  const isPlain = list === unwrapped(given!) && list.elements.length === 2 && racers.length === 2;
  const isForEvent = others.every((racer) => isEventPromise(racer, sourceCode));
  return { race, timer, work: isPlain ? others[0] : undefined, isForEvent, loser };
}

/** `...(ms ? [rejectAfter(ms)] : [])` has a racer in it. */
function membersOf(element: TSESTree.Node | null): readonly TSESTree.Node[] {
  if (element?.type !== 'SpreadElement') return element ? [element] : [];
  const { argument } = element;
  const lists =
    argument.type === 'ConditionalExpression'
      ? [argument.consequent, argument.alternate]
      : [argument];
  return lists.flatMap((list) =>
    list.type === 'ArrayExpression' ? list.elements.flatMap(membersOf) : [list],
  );
}

/** A pause that can be cut short is no deadline: `Promise.race([sleep(100), aborted])`. */
function isCancellation(racer: TSESTree.Node, sourceCode: SourceCode): boolean {
  const node = unwrapped(racer);
  if (node.type === 'Identifier' || node.type === 'MemberExpression') {
    return /abort|cancel/i.test(sourceCode.getText(node));
  }
  const isNamed =
    node.type === 'CallExpression' && CANCELLATION.test(sourceCode.getText(node.callee));
  return (
    isNamed ||
    [...descendants(node, sourceCode)].some(
      (inner) => inner.type === 'Literal' && inner.value === 'abort',
    )
  );
}

/** `aborted(signal)`, `this.waitForAbort()`, `onCancel()`. */
const CANCELLATION = /(abort|abortion|aborted|cancel|cancell?ed|cancellation)$/i;

/**
 * Looking once whether work is done, and waiting for it later:
 *
 *     const first = await Promise.race([loading, sleep(200)]);
 *     if (first === undefined) spinner.start();
 *     return await loading;
 */
function isAwaitedLater(
  racer: TSESTree.Node,
  race: TSESTree.CallExpression,
  sourceCode: SourceCode,
): boolean {
  const node = unwrapped(racer);
  const variable = node.type === 'Identifier' ? localVariableOf(node, sourceCode) : undefined;
  const run = enclosingRun(race);
  return (variable?.references ?? []).some(({ identifier }) => {
    const name = identifier as TSESTree.Node;
    // `Promise.race([work, sleep(100)]).then(() => work)` too.
    const isAfter = name.range[0] > race.range[1] && isInside(name, run);
    const { kind } = consumerOf(name);
    return isAfter && (kind === 'awaited' || kind === 'returned');
  });
}
