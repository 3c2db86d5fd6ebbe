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
import { LATER_FUNCTIONS, LISTENER_METHODS, LISTENING, PROMISE_METHOD } from '../../vocabulary.js';
import { collectionGiven, isAnyTakenOf } from './kept-function.js';

/** How many functions hand a callback on to the next. */
const DEEPEST = 3;

export function takesResult(called: ProjectFunction, index: number, depth = DEEPEST): boolean {
  return fateOfGiven(called, index, depth) !== 'dropped';
}

/** What becomes of what a callback gives; `undefined` where nothing that is seen calls it. */
type Fate = 'dropped' | 'taken' | undefined;

function fateOfGiven({ node, place }: ProjectFunction, index: number, depth: number): Fate {
  const parameter = node.params[index];
  if (parameter === undefined || parameter.type === 'RestElement') return 'dropped';
  const { sourceCode } = place;
  if (parameter.type === 'TSParameterProperty') {
    const name = sourceCode.getText(parameter.parameter).match(/^[\w$]+/)?.[0];
    return name === undefined ? undefined : fateOfProperty(name, sourceCode);
  }
  const name = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  const variable = sourceCode
    .getDeclaredVariables(node)
    .find(({ identifiers: [first] }) => first === name);
  const uses = variable?.references ?? [];
  return together(
    uses.map(({ identifier }) => fateOfUse(identifier as TSESTree.Node, { node, place }, depth)),
  );
}

/** Who takes it once has thought of it. */
function together(fates: readonly Fate[]): Fate {
  if (fates.includes('taken')) return 'taken';
  return fates.includes('dropped') ? 'dropped' : undefined;
}

function fateOfUse(use: TSESTree.Node, { node, place }: ProjectFunction, depth: number): Fate {
  const { sourceCode } = place;
  const call = callOf(use);
  if (call !== undefined) return isResultTaken(call, node) ? 'taken' : 'dropped';
  const taken = consumerOf(use);
  if (leavesWithResult(taken)) return 'taken';
  const collection = collectionGiven(taken);
  if (collection !== undefined) return isAnyTakenOf(collection, sourceCode) ? 'taken' : 'dropped';
  if (taken.kind === 'handed-over') {
    if (isOfChain(taken.by)) return 'taken';
    const next = depth > 0 ? projectFunction(taken.by, place) : undefined;
    return next === undefined ? fateByName(taken.by) : fateOfGiven(next, taken.argument, depth - 1);
  }
  const property = taken.kind === 'stored' ? propertyGiven(taken.by) : undefined;
  return property === undefined ? undefined : fateOfProperty(property, sourceCode);
}

/** Whether somebody takes what `use(…)` gives. */
function isResultTaken(call: TSESTree.CallExpression, within?: FunctionNode): boolean {
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

/** Of what an unknown function does with it nothing is known but by its name. */
function fateByName(call: HandingCall): Fate {
  const name = calledName(call) ?? '';
  const drops = isLater(call) || LISTENING.test(name) || DROPPING.has(name);
  return drops ? 'dropped' : undefined;
}

const DROPPING: ReadonlySet<string> = new Set([...LISTENER_METHODS, 'forEach', 'Promise']);

/** `Promise.resolve().then(use)`: the promise of the chain has what it gives. */
function isOfChain(call: HandingCall): boolean {
  return CHAINING.has(calledMember(call)?.name);
}

const CHAINING: ReadonlySet<string | undefined> = new Set(Object.values(PROMISE_METHOD));

/** What no line of the file calls, as a step of a test that a runner runs, who runs it may wait for. */
function fateOfProperty(name: string, sourceCode: SourceCode): Fate {
  return together(
    mentionsOfProperty(name, sourceCode.ast, sourceCode).map((mention) => {
      const call = callOf(mention);
      if (call !== undefined) return isResultTaken(call) ? 'taken' : 'dropped';
      const given = consumerOf(mention);
      return given.kind === 'handed-over' ? fateByName(given.by) : undefined;
    }),
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
