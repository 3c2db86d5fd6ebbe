// Promises that nothing can reject, by what makes them:
//
//   new Promise((resolve) => server.once('close', resolve))    no line could call a `reject`
//   Promise.allSettled(pages)                                   an error is a value of it
//   const [error, page] = await to(load());                     so it is with a library's function
//   const [state, load] = useAsyncFn(async () => { … });        or with one that a library has made
//   gzip.writable.getWriter().write(data)                       whatever it is given, it takes
import type { TSESTree } from '@typescript-eslint/utils';

import { FULFILLED_ROWS, type FulfilledRow } from '../../libraries/fulfilled.js';
import type { Place } from '../../project/project-place.js';
import { isWrittenToCompressor } from '../../syntax/compressor.js';
import { externalName } from '../../syntax/external-name.js';
import type { FunctionNode } from '../../syntax/enclosing.js';
import { executorOf } from '../../syntax/executor.js';
import { isGlobalName } from '../../syntax/mooring-reference.js';
import { isPlainValue } from '../../syntax/plain-value.js';
import { promiseStatic } from '../../syntax/promise-static.js';
import {
  constantDeclaration,
  constantInit,
  type SourceCode,
  variableOf,
} from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { memberOf, writtenValue } from '../../syntax/written-value.js';

type Node = TSESTree.Node;

/** Of a promise, or of the name that has it. */
export function neverRejects(promise: Node, { sourceCode }: Place): boolean {
  const variable = promise.type === 'Identifier' ? variableOf(promise, sourceCode) : undefined;
  const made = unwrapped((variable && constantInit(variable)) ?? promise);
  if (made.type === 'NewExpression') return isWithoutReject(made, sourceCode);
  if (made.type !== 'CallExpression') return false;
  if (promiseStatic(made, sourceCode) === 'allSettled') return true;
  return isWrittenToCompressor(made, sourceCode) || isFulfilledByLibrary(made, sourceCode);
}

function isWithoutReject(made: TSESTree.NewExpression, sourceCode: SourceCode): boolean {
  const executor = executorOf(made, sourceCode);
  return executor !== undefined && !executor.async && !takesReject(executor, sourceCode);
}

function takesReject(executor: FunctionNode, sourceCode: SourceCode): boolean {
  const [, reject] = executor.params;
  if (reject === undefined) return executor.params[0]?.type === 'RestElement';
  if (reject.type !== 'Identifier') return true;
  const variable = sourceCode
    .getDeclaredVariables(executor)
    .find(({ identifiers: [first] }) => first === reject);
  return variable === undefined || variable.references.length > 0;
}

/** `await Promise.resolve()`, which is only a turn of the loop. */
export function isSettledValue(value: Node, { sourceCode }: Place): boolean {
  const call = unwrapped(value);
  if (call.type !== 'CallExpression' || promiseStatic(call, sourceCode) !== 'resolve') return false;
  return call.arguments.every((given) => isPlainValue(given, sourceCode));
}

function isFulfilledByLibrary(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  if (isRowOf(call, 'promise', sourceCode)) return true;
  const maker = unwrapped(madeBy(unwrapped(call.callee), sourceCode) ?? call.callee);
  if (maker.type !== 'CallExpression') return false;
  return isRowOf(maker, 'function', sourceCode) || isPromisifiedTimer(maker, sourceCode);
}

/** `useAsyncFn(load)`, of the name of a function that is taken out of it. */
function madeBy(callee: Node, sourceCode: SourceCode): Node | undefined {
  const name = callee.type === 'MemberExpression' ? unwrapped(callee.object) : callee;
  const variable = name.type === 'Identifier' ? variableOf(name, sourceCode) : undefined;
  return variable && constantDeclaration(variable)?.init;
}

function isRowOf(
  { arguments: given, callee }: TSESTree.CallExpression,
  gives: FulfilledRow['gives'],
  sourceCode: SourceCode,
): boolean {
  const name = externalName(callee, sourceCode);
  if (name?.from !== 'package') return false;
  // `fs.pathExists` is one export, by whatever name the module goes.
  const [first, ...members] = name.path;
  const path = (first === 'default' && members.length > 0 ? members : name.path).join('.');
  return FULFILLED_ROWS.some(
    (row) =>
      row.gives === gives &&
      row.modules.includes(name.module!) &&
      row.names.includes(path || 'default') &&
      given.length <= (row.unlessOver ?? given.length) &&
      (row.without === undefined || given.some((each) => isWithout(row.without!, each))),
  );
}

/** `{ reject: false }`. */
function isWithout(option: string, given: Node): boolean {
  const member = memberOf(writtenValue(given), option);
  return member !== undefined && 'value' in member && member.value === false;
}

/** `const sleep = promisify(setTimeout);` */
function isPromisifiedTimer(
  { arguments: [timer], callee }: TSESTree.CallExpression,
  sourceCode: SourceCode,
): boolean {
  const name = externalName(callee, sourceCode);
  if (timer === undefined || name?.path.at(-1) !== 'promisify') return false;
  if (!/^(node:)?util$/.test(name.module ?? '')) return false;
  return isGlobalName(timer, 'setTimeout', sourceCode);
}
