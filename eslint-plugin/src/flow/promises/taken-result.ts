// Whether a function of the project takes what a callback gives it, though its parameter says
// `() => void`:
//
//   async function withSize(size: number, body: () => void) { resize(size); await body(); }
//   async function withPanel(body: () => void) { await withSize(1, body); }
//   function define(main: () => void) { return { main }; }          // whoever gets it calls it
//   on(listener: () => void) { this.listeners.add(listener); }      // and `fire` awaits each
import type { TSESTree } from '@typescript-eslint/utils';

import { projectFunction } from '../../project/project-function.js';
import type { ProjectFunction } from '../../project/project-place.js';
import { callOf } from '../../syntax/call-of.js';
import { type Consumer, consumerOf, type HandingCall } from '../../syntax/consumers.js';
import { enclosingFunction, type FunctionNode } from '../../syntax/enclosing.js';
import { mentionsOfProperty } from '../../syntax/property-mentions.js';
import { calledMember, calledName, propertyName } from '../../syntax/property-name.js';
import type { SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { LATER_FUNCTIONS, PROMISE_METHOD } from '../../vocabulary.js';
import { collectionGiven, isAnyTakenOf } from './kept-function.js';

/** How many functions hand a callback on to the next. */
const DEEPEST = 3;

export function takesResult(called: ProjectFunction, index: number, depth = DEEPEST): boolean {
  const { node, place } = called;
  const parameter = node.params[index];
  if (parameter === undefined || parameter.type === 'RestElement') return false;
  const { sourceCode } = place;
  if (parameter.type === 'TSParameterProperty') {
    const name = sourceCode.getText(parameter.parameter).match(/^[\w$]+/)?.[0];
    return name !== undefined && isPropertyTaken(name, sourceCode);
  }
  const name = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  const variable = sourceCode
    .getDeclaredVariables(node)
    .find(({ identifiers: [first] }) => first === name);
  const uses = variable?.references ?? [];
  // Who only looks at a function, or writes its text somewhere, does not call it.
  if (!uses.some(({ identifier }) => isUsed(identifier))) return true;
  return uses.some(({ identifier }) => {
    const use = identifier as TSESTree.Node;
    if (isCallTaken(use, node)) return true;
    const taken = consumerOf(use);
    if (leavesWithResult(taken)) return true;
    const collection = collectionGiven(taken);
    if (collection !== undefined) return isAnyTakenOf(collection, sourceCode);
    if (taken.kind === 'handed-over') {
      if (isOfChain(taken.by)) return true;
      const next = depth > 0 ? projectFunction(taken.by, place) : undefined;
      return next !== undefined && takesResult(next, taken.argument, depth - 1);
    }
    const property = taken.kind === 'stored' ? propertyGiven(taken.by) : undefined;
    return property !== undefined && isPropertyTaken(property, sourceCode);
  });
}

function isUsed(use: TSESTree.Node): boolean {
  const { kind } = consumerOf(use);
  return callOf(use) !== undefined || (kind !== 'inspected' && kind !== 'dropped');
}

/** Whether `use(…)` is called there, and somebody takes what it gives. */
function isCallTaken(use: TSESTree.Node, within?: FunctionNode): boolean {
  const call = callOf(use);
  if (call === undefined) return false;
  const { kind } = consumerOf(call);
  if (kind === 'dropped' || kind === 'inspected') return false;
  const around = enclosingFunction(call);
  if (kind !== 'returned' || around === undefined || around === within) return true;
  // `setTimeout(() => use())` returns it to somebody who drops it.
  const taken = consumerOf(around);
  return taken.kind !== 'handed-over' || !isLater(taken.by);
}

function isLater(call: HandingCall): boolean {
  const name = calledName(call);
  return name !== undefined && LATER_FUNCTIONS.has(name);
}

/** `Promise.resolve().then(use)`: the promise of the chain has what it gives. */
function isOfChain(call: HandingCall): boolean {
  return CHAINING.has(calledMember(call)?.name);
}

const CHAINING: ReadonlySet<string | undefined> = new Set(Object.values(PROMISE_METHOD));

function isPropertyTaken(name: string, sourceCode: SourceCode): boolean {
  return mentionsOfProperty(name, sourceCode.ast, sourceCode).some((mention) =>
    isCallTaken(mention),
  );
}

/** `return work`, `return { work }`: nobody has called it yet. */
function leavesWithResult({ by, kind }: Consumer): boolean {
  if (kind === 'returned') return by.type !== 'ThrowStatement';
  if (kind !== 'stored') return false;
  const isPart = by.type === 'Property' || by.type === 'ArrayExpression';
  const whole = by.type === 'Property' ? by.parent : by;
  return isPart && leavesWithResult(consumerOf(whole));
}

/** `work` of `this.work = work`, of `{ work }`. */
function propertyGiven(by: TSESTree.Node): string | undefined {
  if (by.type === 'Property') return propertyName(by);
  const target = by.type === 'AssignmentExpression' ? unwrapped(by.left) : undefined;
  return target?.type === 'MemberExpression' ? propertyName(target) : undefined;
}
