// What a function of the project does with the signal that it is not handed: whether it would do
// anything else with it.
//
//   async (url, own = signal) => load(url, own)                  it takes the signal of its own accord,
//   (url, options) => load(url, { signal, ...options })          so does this one around it
//   options.signal ?? requestSignal.getStore()                   and this one, from where it runs
//   const hash = await digest(text); signal?.throwIfAborted();   over at once: it only asks, at the end
//   (url, options) => fetch(url, { method: options.method })     it never reads it
import type { TSESTree } from '@typescript-eslint/utils';

import type { Place, ProjectFunction } from '../../project/project-place.js';
import { functionsBehind } from '../../project/made-object.js';
import { projectFunction } from '../../project/project-function.js';
import { descendants } from '../../syntax/descendants.js';
import type { FunctionNode } from '../../syntax/enclosing.js';
import { calledMember, propertyName } from '../../syntax/property-name.js';
import { isSignalName } from '../../syntax/signal-name.js';
import type { SourceCode, Variable } from '../../syntax/variable.js';
import { outermost } from '../../syntax/wrappers.js';
import type { SignalSlot } from '../../types/types.js';
import { SCOPE_CHECKS } from '../../vocabulary.js';
import type { ScopeAtHand } from '../scopes/scopes-at-hand.js';
import { isIgnored, slotAt, usesOfSignal } from './signal-uses.js';
import { FunctionAnswers } from '../../project/function-answers.js';
import { handedArgument } from '../../syntax/handed-argument.js';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** From function to function, each of which only hands the signal on. */
const DEEPEST = 3;

/** `around`: the signals at hand, which a function of the same code may know itself. */
export function takesItself(
  call: Call,
  slots: readonly SignalSlot[],
  around: readonly AtHand[],
  place: Place,
): boolean {
  const called = projectFunction(call, place);
  if (called === undefined) return false;
  const { node } = called;
  const { sourceCode } = called.place;
  if (slots.some(({ argument }) => hasDefault(node.params[argument], sourceCode))) return true;
  const { names, isAmbient } = outerOf(node, sourceCode);
  if (isAmbient || called.place !== place) return isAmbient;
  return around.some(({ signal, variable }) => {
    if (variable !== undefined) return names.has(variable);
    return isOwnMethod(call) && sourceCode.getText(node).includes(signal);
  });
}

type AtHand = Pick<ScopeAtHand, 'signal' | 'variable'>;

/** `this.load(url)`, whose `options.signal ?? this.signal` is that of the same object. */
function isOwnMethod(call: Call): boolean {
  return calledMember(call)?.object.type === 'ThisExpression';
}

interface Outer {
  /** Variables of code around it that a function uses. */
  readonly names: ReadonlySet<Variable>;
  readonly isAmbient: boolean;
}

/** Each call of a function asks this of it. */
const outers = new WeakMap<FunctionNode, Outer>();

function outerOf(node: FunctionNode, sourceCode: SourceCode): Outer {
  const known = outers.get(node);
  if (known !== undefined) return known;
  const through = sourceCode.scopeManager?.acquire(node)?.through ?? [];
  const outer = {
    names: new Set(through.flatMap(({ resolved }) => resolved ?? [])),
    isAmbient: AMBIENT.test(sourceCode.getText(node)),
  };
  outers.set(node, outer);
  return outer;
}

/** AsyncLocalStorage of Node, and AsyncContext. */
const AMBIENT = /\.getStore\(\)|\bAsyncContext\b/;

function hasDefault(parameter: TSESTree.Parameter | undefined, sourceCode: SourceCode): boolean {
  if (parameter?.type !== 'AssignmentPattern') return false;
  return [...descendants(parameter.right, sourceCode)].some(
    (node) => node.type === 'Identifier' && isSignalName(node.name),
  );
}

/** Whether nothing of the function would end sooner, if it were handed the signal. */
export function endsNoSooner(
  call: Call,
  slots: readonly SignalSlot[],
  place: Place,
  depth = DEEPEST,
): boolean {
  const functions = depth > 0 && slots.length > 0 ? functionsBehind(call, place) : [];
  return (
    functions.length > 0 &&
    functions.every((called) =>
      slots.every((slot) => {
        const find = (): boolean =>
          isIgnored(called, slot, depth) || isOnlyAsked(called, slot, depth);
        return noSooner.of(called.node, slotAt(depth, slot), find);
      }),
    )
  );
}

/** Of each function, by the depth that was left to look and where it takes the signal. */
const noSooner = new FunctionAnswers();

function isOnlyAsked({ node, place }: ProjectFunction, slot: SignalSlot, depth: number): boolean {
  const uses = usesOfSignal(node, slot, place.sourceCode);
  if (uses === undefined || uses.length === 0) return false;
  const own = [...descendants(node.body, place.sourceCode)];
  // Between two steps, and between two rounds, it would be asked in good time.
  const waits = own.filter(({ type }) => type === 'AwaitExpression').length;
  if (waits > 1 || own.some(({ type }) => /^(Do|For|While)/.test(type))) return false;
  return uses.every((use) => isTest(use) || isHandedOn(use, slot, place, depth));
}

/** `options?.signal?.throwIfAborted()`, `signal.aborted`. */
function isTest(use: TSESTree.Node): boolean {
  let node = use;
  for (let { parent } = outermost(node); parent?.type === 'MemberExpression';) {
    if (SCOPE_CHECKS.has(propertyName(parent) ?? '')) return true;
    node = parent;
    parent = outermost(node).parent;
  }
  return false;
}

/** `return hash(bytes, options)`, where that is over at once too. */
function isHandedOn(use: TSESTree.Node, slot: SignalSlot, place: Place, depth: number): boolean {
  const handed = handedArgument(use);
  if (handed === undefined) return false;
  const { call, argument } = handed;
  return endsNoSooner(call, [{ ...slot, argument }], place, depth - 1);
}
