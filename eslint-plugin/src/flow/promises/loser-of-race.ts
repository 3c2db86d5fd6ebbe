// What becomes of the work that loses a race against a timer.
//
//   setTimeout(() => { controller.abort(); reject(late); }, ms)      told to stop by the timer
//   try { await Promise.race([…]); } finally { controller.abort(); }    or where the race ends
//   try { await Promise.race([…]); } catch { await kill(); }            and its end waited for
//   if (first === 'late') { controller.abort(); await work; }
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import { enclosingRun, isInside, type RunNode } from '../../syntax/enclosing.js';
import { chainOf } from '../../syntax/promise-chain.js';
import { calledName } from '../../syntax/property-name.js';
import { functionOf, localVariableOf, resolved, type SourceCode } from '../../syntax/variable.js';
import { isLoop } from '../../syntax/loops.js';
import { triesAround } from '../../syntax/tries-around.js';

/** `awaited`: somebody waits for its end, or for the end of what ends it. */
export type Loser = 'awaited' | 'running' | 'stopped';

const STOPS =
  /^#?(abort|cancel|close|destroy|disconnect|dispose|end|interrupt|kill|quit|shutdown|stop|terminate)/i;

export interface Racers {
  readonly others: readonly TSESTree.Node[];
  readonly timers: readonly TSESTree.Node[];
  /** Whether the race rejects when a timer wins. */
  readonly rejects: boolean;
}

export function loserOf(
  race: TSESTree.Node,
  { others, timers, rejects }: Racers,
  sourceCode: SourceCode,
): Loser {
  const run = enclosingRun(race);
  // What runs when a timer has won: after an error what a `try` leads to.
  const from = (rejects ? endOfTry(race, run) : race.range[1]) ?? Infinity;
  const stops = stopsIn(run, sourceCode).filter(({ range }) => range[0] >= from);
  const isEnded = stops.some((stop) => consumerOf(stop).kind === 'awaited');
  const isLater = (node: TSESTree.Node): boolean =>
    node.range[0] >= from && enclosingRun(node) === run;
  if (isEnded || others.some((racer) => isAwaitedIn(racer, isLater, sourceCode))) return 'awaited';
  const byTimer = timers.some((timer) =>
    [...descendants(resolved(timer, sourceCode), sourceCode)].some((node) =>
      isStop(node, sourceCode),
    ),
  );
  return byTimer || stops.length > 0 ? 'stopped' : 'running';
}

/** Each race of a function asks. */
const known = new WeakMap<RunNode, readonly TSESTree.Node[]>();

function stopsIn(run: RunNode, sourceCode: SourceCode): readonly TSESTree.Node[] {
  const stops =
    known.get(run) ??
    [...descendants(run, sourceCode, 'own')].filter((node) => isStop(node, sourceCode));
  known.set(run, stops);
  return stops;
}

function endOfTry(race: TSESTree.Node, run: TSESTree.Node): number | undefined {
  return triesAround(race, run).next().value?.block.range[1];
}

function isAwaitedIn(
  racer: TSESTree.Node,
  isLater: (node: TSESTree.Node) => boolean,
  sourceCode: SourceCode,
): boolean {
  const { root } = chainOf(racer);
  const variable = root.type === 'Identifier' ? localVariableOf(root, sourceCode) : undefined;
  return (variable?.references ?? []).some(({ identifier }) => {
    const name = identifier as TSESTree.Node;
    if (!isLater(name)) return false;
    let taken = consumerOf(name);
    while (taken.kind === 'chained') taken = consumerOf(taken.by);
    return taken.kind === 'awaited' || taken.kind === 'returned';
  });
}

/** Not `stopTouching()`, which only clears a timer of its own: what it stops is not the work. */
function isStop(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  if (!isNamedStop(node)) return false;
  const called = functionOf((node as TSESTree.CallExpression).callee, sourceCode);
  return called === undefined || [...descendants(called.body, sourceCode)].some(isNamedStop);
}

function isNamedStop(node: TSESTree.Node): boolean {
  const name = calledName(node);
  return name !== undefined && STOPS.test(name);
}

/** `while (!done) await Promise.race([work, sleep(100)]);` looks at the same work again and again. */
export function isLookedAtAgain(
  racer: TSESTree.Node,
  race: TSESTree.Node,
  sourceCode: SourceCode,
): boolean {
  const { root } = chainOf(racer);
  const variable = root.type === 'Identifier' ? localVariableOf(root, sourceCode) : undefined;
  const definition = variable?.defs[0];
  const run = enclosingRun(race);
  for (let at = race.parent; at != null && at !== run; at = at.parent) {
    if (!isLoop(at)) continue;
    return definition !== undefined && !isInside(definition.node, at);
  }
  return false;
}
