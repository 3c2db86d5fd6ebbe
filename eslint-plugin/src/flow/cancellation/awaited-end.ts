// Whether code that takes the error of an abort without a word is the end that the abort was to bring:
//
//   try { for await (const _ of setInterval(ms, undefined, { signal })) beat(); } catch {}
//   try { await sleep(ms, { signal }); } catch { return; }
//   Task.from(async ({ signal }) => { try { await warmUp(signal); } catch {} })
//   await raceSignal(new Promise((resolve) => shown.then(resolve)), signal).catch(() => {});
//
// Timers fail for nothing but the abort, as the wait for a promise that nothing rejects does, and a task
// that is over has nothing to go on with.
import type { TSESTree } from '@typescript-eslint/utils';

import type { Place } from '../../project/project-place.js';
import { consumerOf } from '../../syntax/consumers.js';
import { enclosingRun, type FunctionNode, isFunction, isInside } from '../../syntax/enclosing.js';
import { type FileNames, runtimeExport } from '../../syntax/mooring-reference.js';
import { linkOf } from '../../syntax/promise-chain.js';
import { calledName } from '../../syntax/property-name.js';
import { outermost, unwrapped } from '../../syntax/wrappers.js';
import type { Types } from '../../types/types.js';
import { RUNTIME } from '../../vocabulary.js';
import { neverRejects } from '../promises/never-rejects.js';
import type { ReachableScope } from '../scopes/scope-in-reach.js';
import { isHandledInside, type Waiting } from './cancellable-work.js';

export function isAwaitedEnd(
  { at, waited }: Waiting,
  scope: ReachableScope,
  file: FileNames & Place,
  types: Types,
): boolean {
  const isBounded = (part: TSESTree.Node): boolean =>
    isTimer(part, file, types) || isSettled(part, file) || isWait(part, scope, file, types);
  const run = enclosingRun(at);
  if (at.type === 'CallExpression') {
    return isSilent(at) && isFunction(run) && isChainLast(at, run) && waited.every(isBounded);
  }
  if (at.type !== 'TryStatement' || at.handler === null) return false;
  const [first, ...others] = at.handler.body.body;
  const isReturn = first?.type === 'ReturnStatement' && first.argument === null;
  if (others.length > 0 || (first !== undefined && !isReturn)) return false;
  const isLast = isFunction(run) && at.parent === run.body && isLastIn(run.body, at);
  if (!isLast && !isReturn) return false;
  if (isLast && scope.run === run && outermost(run).parent?.type === 'CallExpression') return true;
  return waited.every(isBounded);
}

function isLastIn(body: TSESTree.Node, statement: TSESTree.Node): boolean {
  return body.type === 'BlockStatement' && body.body.at(-1) === statement;
}

/** `.catch(() => {})`. */
function isSilent(call: TSESTree.CallExpression): boolean {
  const handler = linkOf(call)?.rejected;
  if (!isFunction(handler) || linkOf(call)?.fulfilled !== undefined) return false;
  return handler.body.type === 'BlockStatement' && handler.body.body.length === 0;
}

/** Whether a function is over with the chain, but for what its `finally` does. */
function isChainLast(call: TSESTree.CallExpression, run: FunctionNode): boolean {
  let taken = consumerOf(call);
  while (taken.kind === 'chained' && linkOf(taken.by)?.isFinally === true) {
    taken = consumerOf(taken.by);
  }
  if (taken.kind === 'returned') return true;
  const statement = taken.kind === 'awaited' ? outermost(taken.by).parent : undefined;
  return statement?.type === 'ExpressionStatement' && isLastIn(run.body, statement);
}

/** Of what never rejects: all that does is the signal that is handed over with it. */
function isWait(
  part: TSESTree.Node,
  { variable }: ReachableScope,
  file: Place,
  types: Types,
): boolean {
  const call = unwrapped(part);
  if (call.type !== 'CallExpression') return false;
  const given = call.arguments.flatMap((each) =>
    each.type === 'ArrayExpression' ? each.elements.filter((one) => one !== null) : each,
  );
  const others = given.filter((each) => !neverRejects(unwrapped(each), file));
  if (others.length === given.length) return false;
  const isOfSignal = (each: TSESTree.Node): boolean =>
    variable.references.some(({ identifier }) => isInside(identifier, each));
  return others.every((each) => isOfSignal(each) || types.value(each).thenable === 'no');
}

/** `setInterval` of `node:timers/promises`, `sleep`, a `delay` of the project. */
function isTimer(part: TSESTree.Node, file: FileNames, types: Types): boolean {
  const call = unwrapped(part);
  if (call.type !== 'CallExpression') return false;
  if (runtimeExport(call.callee, file) === RUNTIME.sleep) return true;
  if (/^(delay|sleep)$/.test(calledName(call) ?? '')) return true;
  const { origin } = types.call(call);
  return origin?.from === 'lib' && /^set(Interval|Timeout)$/.test(origin.name);
}

function isSettled(part: TSESTree.Node, file: FileNames & Place): boolean {
  const call = unwrapped(part);
  return call.type === 'CallExpression' && isHandledInside(call, file);
}
