// Can a clean-up hang for ever, and does somebody wait for it who has been cancelled?
//
// Everywhere the call has to take a signal, or be a call of the program's own in a task, a group or
// a timeout: these wait for their clean-up, however long it takes. Calls of the platform that take
// no signal (`file.close()`, `writer.releaseLock()`) and its file system end by themselves.
import type { TSESTree } from '@typescript-eslint/utils';

import { calleeText } from '../../syntax/callee-text.js';
import { descendants } from '../../syntax/descendants.js';
import { isInside } from '../../syntax/enclosing.js';
import { type FileNames, groupStatic, isTimeoutCall } from '../../syntax/mooring-reference.js';
import { calledFunction } from '../../syntax/own-method.js';
import { propertyName } from '../../syntax/property-name.js';
import { timerPromise } from '../../syntax/timer-promise.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { CallFacts, Types } from '../../types/types.js';
import { FILE_MODULES, RUNTIME } from '../../vocabulary.js';
import { couldCarrySignal } from '../cancellation/handed-signals.js';
import type { OpenScopes } from '../scopes/open-scopes.js';
import type { OpenScope } from '../scopes/openings.js';
import type { Cleanup } from './cleanup.js';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

interface Question {
  readonly file: FileNames;
  readonly scopes: OpenScopes;
  readonly types: Types;
  readonly cleanup: Cleanup;
  /** All clean-ups of the file. */
  readonly cleanups: readonly Cleanup[];
}

export function isUnbounded(call: Call, facts: CallFacts, question: Question): boolean {
  if (facts.result.thenable !== 'yes' || endsByItself(call, facts, question)) return false;
  const around = [...question.scopes.at(call)];
  const isOwn = ({ opener }: OpenScope): boolean =>
    question.cleanups.some(({ code }) => isInside(opener, code));
  if (around.some(isOwn)) return false;
  const takesSignal = facts.signalSlots.length > 0;
  if (takesSignal && question.cleanup.kind === 'disposer') return true;
  return around.some(
    (scope) =>
      isHeld(scope, question.types) &&
      (takesSignal || (isRuntimeScope(scope) && facts.origin?.from !== 'lib')),
  );
}

function endsByItself(call: Call, { signalSlots, origin }: CallFacts, { file }: Question): boolean {
  if (couldCarrySignal(call, signalSlots) || hasLimit(call, file)) return true;
  if (origin?.package === RUNTIME.package && signalSlots.length === 0) return true;
  if (isTimeoutCall(call, file) || timerPromise(call, file) !== undefined) return true;
  if (hasTimeoutInside(call, file)) return true;
  return origin?.from === 'lib' && origin.parents.some((name) => FILE_MODULES.has(name));
}

/**
 * The deadline may be a matter of the function that is called, or of the tasks in a group:
 *
 *     const stop = () => timeout(1_000, (deadline) => server.close(deadline));
 *     try { … } finally { await stop(); }
 *
 * Whether all that is waited for there stands under it is not asked.
 */
function hasTimeoutInside(call: Call, file: FileNames): boolean {
  const { sourceCode } = file;
  const called = calledFunction(call, sourceCode);
  const inGroup = groupStatic(call, file) === undefined ? [] : call.arguments;
  const codes = [...(called ? [called.body] : []), ...inGroup];
  return codes.some((code) =>
    [...descendants(code, sourceCode)].some((node) => isTimeoutCall(node, file)),
  );
}

/** `close({ timeout: 100 })`, `closeWithin(100)`. */
function hasLimit(call: Call, { sourceCode }: FileNames): boolean {
  const names = call.arguments.flatMap((argument) => {
    const node = unwrapped(argument);
    if (node.type !== 'ObjectExpression') return [];
    return node.properties.map((property) =>
      property.type === 'Property' ? propertyName(property) : undefined,
    );
  });
  return [calleeText(call, sourceCode), ...names].some((name) => LIMIT.test(name ?? ''));
}

const LIMIT = /timeout|deadline|within/i;

function isRuntimeScope({ kind }: OpenScope): boolean {
  return kind === 'group' || kind === 'task' || kind === 'timeout';
}

/** A scope of the function, and not one that the code around made for something else. */
function isHeld({ held, kind, certain, variable }: OpenScope, types: Types): boolean {
  if (held === 'variable' || kind === 'controller') return false;
  if (certain === 'yes') return true;
  const name = variable?.identifiers[0];
  if (name === undefined) return false;
  const value = types.value(name);
  return value.is('abortSignal') === 'yes' || value.scope === 'yes';
}
