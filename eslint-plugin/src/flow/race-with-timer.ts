// A race of work against a timer, and the timeout to write instead.
//
//   Promise.race([fetch(url), rejectAfter(100)])
//   timeout(100, (deadline) => fetch(url, { signal: deadline.signal }))
//
//   Promise.race([running, rejectAfter(100)])
//   timeout(100, (deadline) => abandonOnCancel(running, deadline))
//
// Only a timer that rejects has such a form: where one that resolves wins, the code goes on.
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { calleeText } from '../syntax/callee-text.js';
import { consumerOf } from '../syntax/consumers.js';
import { descendants } from '../syntax/descendants.js';
import { enclosingRun } from '../syntax/enclosing.js';
import { isEventPromise } from '../syntax/event-promise.js';
import { type Edit, handSignal } from '../syntax/hand-signal.js';
import type { FileNames } from '../syntax/mooring-reference.js';
import { runtimeNames } from '../syntax/runtime-import.js';
import type { TimerPromise } from '../syntax/timer-call.js';
import { timerPromise } from '../syntax/timer-promise.js';
import { localVariableOf, resolved, type SourceCode } from '../syntax/variable.js';
import { unwrapped } from '../syntax/wrappers.js';
import type { Types } from '../types/types.js';
import { MEMBER, RUNTIME } from '../vocabulary.js';
import { namedScope } from './timeout-body.js';

export interface RaceWithTimer {
  readonly race: TSESTree.CallExpression;
  readonly timer: TimerPromise;
  /** What runs against the timer, when it is one thing. */
  readonly work: TSESTree.Node | undefined;
  /** Nothing runs against the timer but waits for events: there is no work that could run on. */
  readonly isForEvent: boolean;
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
  const others = racers.filter((_, index) => timers[index] === undefined);
  const timer = timers.find((other) => other !== undefined);
  if (timer === undefined) return undefined;
  const { sourceCode } = file;
  if (others.every((racer) => isCancellation(racer, sourceCode))) return undefined;
  const isLook = timer.rejects !== true;
  if (isLook && others.every((racer) => isAwaitedLater(racer, race, sourceCode))) return undefined;
  const isPlain = list === unwrapped(given!) && list.elements.length === 2 && racers.length === 2;
  const isForEvent = others.every((racer) => isEventPromise(racer, sourceCode));
  return { race, timer, work: isPlain ? others[0] : undefined, isForEvent };
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
    const isAfter = name.range[0] > race.range[1] && enclosingRun(name) === run;
    const { kind } = consumerOf(name);
    return isAfter && (kind === 'awaited' || kind === 'returned');
  });
}

export interface TimeoutInstead {
  /** The call that is handed the signal; `undefined` when the work is abandoned. */
  readonly call: string | undefined;
  readonly fix: TSESLint.ReportFixFunction;
}

export function timeoutInstead(
  { race, timer, work }: RaceWithTimer,
  file: FileNames,
  types: Types | undefined,
): TimeoutInstead | undefined {
  const { sourceCode } = file;
  const { delay, rejects, isInline } = timer;
  if (work === undefined || delay === undefined || !rejects || !isInline) return undefined;
  if (race.arguments.length !== 1 || race.typeArguments !== undefined) return undefined;
  const node = unwrapped(work);
  const isPlain = ['CallExpression', 'Identifier', 'MemberExpression'].includes(node.type);
  if (!isPlain || hasOwn('YieldExpression', work, sourceCode)) return undefined;
  const call = node.type === 'CallExpression' ? node : undefined;
  const scope = scopeName(race, sourceCode);
  const edit = call && editOf(call, scope, sourceCode, types);
  const parent = edit?.replaced && parentOf(edit.replaced, sourceCode);
  if (edit?.replaced !== undefined && parent === undefined) return undefined;
  const wanted = edit ? [RUNTIME.timeout] : [RUNTIME.timeout, RUNTIME.abandonOnCancel];
  const { names, edits } = runtimeNames(wanted, race, sourceCode);
  const body = edit
    ? textWith(edit, node, sourceCode)
    : `${names[1]}(${sourceCode.getText(work)}, ${scope})`;
  const head = hasOwn('AwaitExpression', work, sourceCode) ? 'async ' : '';
  const rest = parent === undefined ? '' : `, ${parent}`;
  const text = `${names[0]}(${sourceCode.getText(delay)}, ${head}(${scope}) => ${body}${rest})`;
  return {
    call: edit && calleeText(call, sourceCode),
    fix: (fixer) => [
      fixer.replaceText(race, text),
      ...edits.map(({ range, text }) => fixer.replaceTextRange([...range], text)),
    ],
  };
}

/** How the work is handed the signal, where types tell that it takes one. */
function editOf(
  call: TSESTree.CallExpression,
  scope: string,
  sourceCode: SourceCode,
  types: Types | undefined,
): Edit | undefined {
  const [facts] = types?.calls([call]) ?? [];
  const { signal } = namedScope(scope);
  return facts && handSignal(call, facts.signalSlots, { signal }, sourceCode);
}

/** The signal that the work had before is the parent of the deadline. */
function parentOf(signal: TSESTree.Node, sourceCode: SourceCode): string | undefined {
  if (signal.type !== 'Identifier' && signal.type !== 'MemberExpression') return undefined;
  const text = sourceCode.getText(signal);
  return text === MEMBER.signal ? `{ ${text} }` : `{ ${MEMBER.signal}: ${text} }`;
}

function textWith({ range, text }: Edit, node: TSESTree.Node, sourceCode: SourceCode): string {
  const [start] = node.range;
  const before = sourceCode.getText(node);
  return before.slice(0, range[0] - start) + text + before.slice(range[1] - start);
}

function scopeName(race: TSESTree.Node, sourceCode: SourceCode): string {
  return /\bdeadline\b/.test(sourceCode.getText(race)) ? 'scope' : 'deadline';
}

function hasOwn(type: string, work: TSESTree.Node, sourceCode: SourceCode): boolean {
  return [...descendants(work, sourceCode, 'own')].some((node) => node.type === type);
}
