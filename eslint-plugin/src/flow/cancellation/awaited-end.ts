// Whether code that takes the error of an abort without a word is the end that the abort was to bring:
//
//   try { for await (const _ of setInterval(ms, undefined, { signal })) beat(); } catch {}
//   try { await sleep(ms, { signal }); } catch { return; }
//   Task.from(async ({ signal }) => { try { await warmUp(signal); } catch {} })
//
// Timers fail for nothing but the abort, and a task that is over has nothing to go on with.
import type { TSESTree } from '@typescript-eslint/utils';

import type { Place } from '../../project/project-place.js';
import { enclosingRun, isFunction } from '../../syntax/enclosing.js';
import { type FileNames, runtimeExport } from '../../syntax/mooring-reference.js';
import { calledName } from '../../syntax/property-name.js';
import { outermost, unwrapped } from '../../syntax/wrappers.js';
import type { Types } from '../../types/types.js';
import { RUNTIME } from '../../vocabulary.js';
import type { ReachableScope } from '../scopes/scope-in-reach.js';
import { isHandledInside, type Waiting } from './cancellable-work.js';

export function isAwaitedEnd(
  { at, waited }: Waiting,
  scope: ReachableScope,
  file: FileNames & Place,
  types: Types,
): boolean {
  if (at.type !== 'TryStatement' || at.handler === null) return false;
  const [first, ...others] = at.handler.body.body;
  const isReturn = first?.type === 'ReturnStatement' && first.argument === null;
  if (others.length > 0 || (first !== undefined && !isReturn)) return false;
  const run = enclosingRun(at);
  const isLast = isFunction(run) && at.parent === run.body && isLastIn(run.body, at);
  if (!isLast && !isReturn) return false;
  if (isLast && scope.run === run && outermost(run).parent?.type === 'CallExpression') return true;
  return waited.every((part) => isTimer(part, file, types) || isSettled(part, file));
}

function isLastIn(body: TSESTree.Node, statement: TSESTree.Node): boolean {
  return body.type === 'BlockStatement' && body.body.at(-1) === statement;
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
