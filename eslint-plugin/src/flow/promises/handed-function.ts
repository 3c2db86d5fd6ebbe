// What a function that is handed over does about its promise itself, since its caller drops it.
import type { TSESTree } from '@typescript-eslint/utils';

import { projectFunction } from '../../project/project-function.js';
import { descendants } from '../../syntax/descendants.js';
import type { FunctionNode } from '../../syntax/enclosing.js';
import { outcomeOf } from '../../syntax/function-outcome.js';
import { heldFunctionOf } from '../../syntax/held-callback.js';
import { onlyArranges } from '../../syntax/only-arranges.js';
import { ownMethod } from '../../syntax/own-method.js';
import { calledMember } from '../../syntax/property-name.js';
import { mentionsSettler } from '../../syntax/settlers.js';
import { tellsItsOutcome } from '../../syntax/told-end.js';
import { tellsTest } from '../../syntax/told-last.js';
import type { SourceCode } from '../../syntax/variable.js';
import { isWait, waitsIn } from '../../syntax/waits-in.js';
import type { Dropping } from './dropping-call.js';
import { handlesErrors, type TypedPlace } from './error-handling.js';
import { needsNoWaiting } from './needs-no-waiting.js';

/** `save` of `this.save.bind(this)`. */
export function functionBehind(
  node: TSESTree.Node,
  sourceCode: SourceCode,
): FunctionNode | undefined {
  const member = calledMember(node);
  const value = member?.name === 'bind' ? member.object : node;
  return heldFunctionOf(value, sourceCode) ?? ownMethod(value);
}

/**
 * `new Promise((resolve, reject) => load().then(resolve, reject))`, and an async function that
 * tells somebody on both ways: its `resolve` and `reject`, a callback, the stream it feeds; or, in
 * the end, the test.
 */
export function tellsOnItsOwn(
  callback: FunctionNode,
  dropping: Dropping,
  place: TypedPlace,
): boolean {
  const { sourceCode } = place;
  if (dropping === 'callback' && tellsTest(callback, place)) return true;
  if (dropping === 'executor' && cannotFail(callback, place)) return true;
  if (callback.async) return tellsItsOutcome(callback, sourceCode);
  const { returned } = outcomeOf(callback, sourceCode);
  return returned.length > 0 && returned.every((promise) => needsNoWaiting(promise, place));
}

/** `new Promise(async (resolve) => { await sleep(1); resolve(); })`: a `catch` might settle nothing. */
function cannotFail(executor: FunctionNode, place: TypedPlace): boolean {
  if (onlyArranges(executor, place.sourceCode) || onlyStarts(executor, place)) return true;
  if (!handlesErrors({ node: executor, place })) return false;
  return [...descendants(executor.body, place.sourceCode, 'own')].every(
    (each) => each.type !== 'CatchClause' || mentionsSettler(each.body, place.sourceCode),
  );
}

/** `new Promise(async (resolve) => { run(page, resolve); })`: what an async `run` lets out its promise has. */
function onlyStarts({ body }: FunctionNode, place: TypedPlace): boolean {
  const own = [...descendants(body, place.sourceCode, 'own')];
  if (own.some((node) => isWait(node) || node.type === 'ThrowStatement')) return false;
  const calls = own.filter(({ type }) => type === 'CallExpression' || type === 'NewExpression');
  return calls.length > 0 && calls.every((call) => projectFunction(call, place)?.node.async);
}

/** `async () => { count++; }`: without `async` there would be no promise. */
export function isNeedlesslyAsync(
  callback: FunctionNode,
  { sourceCode, types }: TypedPlace,
): boolean {
  if (!callback.async || waitsIn(callback.body, sourceCode)) return false;
  return types
    .values(outcomeOf(callback, sourceCode).returned)
    .every(({ promise, isUntyped }) => promise === 'no' && !isUntyped);
}
