// Async functions handed to a caller of which types say nothing, that is known by other means to
// take nothing back:
//
//   expect(async () => { await save(); }).not.toThrow();     // looks at what is thrown at once
//   stream.on('close', async () => { await drop(); });       // `stream` is `any`
//   new Promise((resolve, reject) => {                       // who fails here settles nothing
//     db.commit(async (error) => { await tell(error); resolve(); });
//   });
import type { TSESTree } from '@typescript-eslint/utils';

import { isDeclarationFile } from '../../project/declared-source.js';
import type { CallbackArgument } from '../../syntax/callback-arguments.js';
import { type FunctionNode, isInside } from '../../syntax/enclosing.js';
import { executorAround } from '../../syntax/executor.js';
import { memberNamesAfter } from '../../syntax/expected-throw.js';
import { calledMember } from '../../syntax/property-name.js';
import { functionOf, type SourceCode } from '../../syntax/variable.js';
import type { CallFacts, Origin } from '../../types/types.js';
import { LISTENER_METHODS } from '../../vocabulary.js';
import { handlesErrors, type TypedPlace } from './error-handling.js';

const THROWING: ReadonlySet<string | undefined> = new Set(['doesNotThrow', 'throws']);

/** `assert.throws(async …)`, `expect(async …).toThrow()`, of a library and not of this project. */
export function looksForThrow(
  { call, index, isAsync }: CallbackArgument,
  facts: CallFacts,
): boolean {
  if (!isAsync || index !== 0) return false;
  const { origin } = facts;
  if (origin === undefined || isOfProject(origin)) return false;
  if (THROWING.has(origin.name)) return true;
  if (call.type !== 'CallExpression' || call.callee.type !== 'Identifier') return false;
  const names = call.callee.name === 'expect' ? memberNamesAfter(call) : [];
  return names.some((name) => /^(to)?throw/i.test(name)) && !names.some(isWaiting);
}

/** A file of declarations has no code that could wait. */
function isOfProject({ file, from }: Origin): boolean {
  return from === 'file' && !isDeclarationFile(file);
}

/** `expect(load).rejects.toThrow()` calls the function and waits. */
function isWaiting(name: string): boolean {
  return name === 'rejects' || name === 'resolves' || name === 'eventually';
}

/** `anything.on('close', async …)`, `bus.on('close', async …)` where any `Function` is taken. */
export function isListenerByName(
  { call, index }: CallbackArgument,
  facts: CallFacts,
  { types }: TypedPlace,
): boolean {
  const member = calledMember(call);
  if (index !== 1 || member?.name === undefined || !LISTENER_METHODS.has(member.name)) return false;
  if (call.arguments[0]?.type !== 'Literal') return false;
  const listener = facts.parameter(index);
  const isAnyFunction = listener?.callable === 'yes' && listener.returns.length === 0;
  return isAnyFunction || types.value(member.object).isUntyped;
}

/** Whether the callee is `any`. */
export function isUntypedCall({ call }: CallbackArgument, { types }: TypedPlace): boolean {
  return types.value(call.callee).isUntyped;
}

/** A function that settles the promise around it, and lets an error out that does not. */
export function leavesUnsettled({ node }: CallbackArgument, place: TypedPlace): boolean {
  const callback = functionOf(node, place.sourceCode);
  if (callback?.async !== true) return false;
  const executor = executorAround(callback);
  // What it awaits is asked of the checker, and last: nearly no test stands in an executor.
  return (
    executor !== undefined &&
    mentionsParameter(executor, callback, place.sourceCode) &&
    !handlesErrors({ node: callback, place })
  );
}

function mentionsParameter(
  executor: FunctionNode,
  within: TSESTree.Node,
  sourceCode: SourceCode,
): boolean {
  return sourceCode
    .getDeclaredVariables(executor)
    .some(({ references }) => references.some(({ identifier }) => isInside(identifier, within)));
}
