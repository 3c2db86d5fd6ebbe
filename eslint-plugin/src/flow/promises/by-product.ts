// Calls whose promise nobody has to take: it is a by-product, or it is surely none.
//
//   server.close((error) => { … });     // tells its end to the callback, and gives a promise as well
//   server.close(done);                 // so it does by its type: `(error?: Error) => void`, and in a test
//   notify('saved');                    // declared to give `void | Promise<void>`, and gives nothing
import type { TSESTree } from '@typescript-eslint/utils';

import { isWithoutResult, madeFunction } from '../../project/made-function.js';
import { projectFunction } from '../../project/project-function.js';
import type { Place, ProjectFunction } from '../../project/project-place.js';
import { isInside } from '../../syntax/enclosing.js';
import { linkOf } from '../../syntax/promise-chain.js';
import { calledMember } from '../../syntax/property-name.js';
import { testAround } from '../../syntax/test-code.js';
import { doneOf } from '../../syntax/told-last.js';
import { functionOf, type SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { Specifier } from '../../types/specifier.js';
import type { Types } from '../../types/types.js';
import type { TypedPlace } from './error-handling.js';

/** Whether an argument is a callback of the end: `(error, value) => …`, `(error?) => …`, `done` of a test. */
export function tellsCallback(node: TSESTree.Node, { sourceCode, types }: TypedPlace): boolean {
  const call = unwrapped(node);
  if (call.type !== 'CallExpression' || linkOf(call) !== undefined) return false;
  if (endsTest(call, sourceCode)) return true;
  if (call.arguments.some((_, index) => isToldOfEnd(call, index, types))) return true;
  const last = call.arguments.at(-1);
  const [error, value] = (last && functionOf(last, sourceCode))?.params ?? [];
  if (error?.type !== 'Identifier' || !/^_?err(or)?$/.test(error.name)) return false;
  if (value !== undefined) return true;
  // A callback that is only told of errors always gets one. Of one that no overload takes nothing is known.
  const told = types.value(error);
  return told.isNullable || told.isUntyped;
}

/** `client.close(done)`, `user.save({}, () => { …; done(); })`: the test around waits for that. */
function endsTest(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const test = testAround(call);
  const uses = (test && doneOf(test, sourceCode))?.references ?? [];
  return uses.some(({ identifier }) => call.arguments.some((given) => isInside(identifier, given)));
}

const ERROR: readonly Specifier[] = [{ from: 'lib', name: 'Error' }];

/** `close(fn?: (error?: Error) => void): Promise<void>`: who hands over a function is told by it. */
function isToldOfEnd(call: TSESTree.CallExpression, argument: number, types: Types): boolean {
  const parameter = types.call(call).parameter(argument);
  if (parameter === undefined) return false;
  const { returns, takes } = parameter;
  return (
    takes.length > 0 &&
    takes.every((error) => error.isNullable && error.matches(ERROR)) &&
    returns.every(({ isPlain, isUntyped }) => isPlain || isUntyped)
  );
}

/** A method may give something where a class that extends its own has it. */
export function givesNothing(call: TSESTree.CallExpression, place: Place): boolean {
  const called = calledIn(call, place);
  if (called === undefined) return false;
  return !/Definition$/.test(called.node.parent.type) && isWithoutResult(called);
}

/** `debounced()`: what its maker gives has only been cast to the type of a function that gives a promise. */
export function isOfMadeFunction(call: TSESTree.Node, place: Place): boolean {
  const made = call.type === 'CallExpression' ? madeFunction(call.callee, place) : undefined;
  return made !== undefined && isWithoutResult(made);
}

/** The function that is called, also as `makeHandler(…)(request)` and `handler.call(app, …)`. */
function calledIn(call: TSESTree.CallExpression, place: Place): ProjectFunction | undefined {
  const member = calledMember(call);
  const isApplied = member?.name === 'call' || member?.name === 'apply';
  const target = unwrapped(isApplied ? member.object : call.callee);
  if (target.type !== 'CallExpression') {
    const node = functionOf(target, place.sourceCode);
    return node ? { node, place } : projectFunction(call, place);
  }
  return madeFunction(target, place);
}
