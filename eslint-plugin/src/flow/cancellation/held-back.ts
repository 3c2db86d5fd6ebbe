// Whether a function of the project that is handed a signal never fails because of it: it hands it to
// work that nobody waits for, or whose errors it handles, or not at all.
//
//   async (slot, signal) => { prefetch(slot, signal).catch(report); await poll(slot); }
//   async (slot, signal) => { try { await poll(slot, signal); } catch (error) { report(error); } }
import type { TSESTree } from '@typescript-eslint/utils';

import { projectFunction } from '../../project/project-function.js';
import type { Place, ProjectFunction } from '../../project/project-place.js';
import { consumerOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import { enclosingFunction, type FunctionNode } from '../../syntax/enclosing.js';
import { chainOf, errorHandlerOf } from '../../syntax/promise-chain.js';
import { propertyName } from '../../syntax/property-name.js';
import type { SourceCode } from '../../syntax/variable.js';
import { outermost } from '../../syntax/wrappers.js';
import type { SignalSlot } from '../../types/types.js';
import { handlesErrors } from '../promises/error-handling.js';
import { slotAt, usesOfSignal } from './signal-uses.js';
import { FunctionAnswers } from '../../project/function-answers.js';
import { handedArgument } from '../../syntax/handed-argument.js';
import { triesAround } from '../../syntax/tries-around.js';

/** From function to function, each of which hands the signal on. */
const DEEPEST = 3;

export function isHeldBack(
  call: TSESTree.CallExpression,
  slot: SignalSlot,
  place: Place,
  depth = DEEPEST,
): boolean {
  const called = depth > 0 ? projectFunction(call, place) : undefined;
  if (called === undefined) return false;
  return known.of(called.node, slotAt(depth, slot), () => findWhetherHeldBack(called, slot, depth));
}

/** Of each function, by the depth that was left to look and where it takes the signal. */
const known = new FunctionAnswers();

function findWhetherHeldBack(
  { node, place }: ProjectFunction,
  slot: SignalSlot,
  depth: number,
): boolean {
  const uses = usesOfSignal(node, slot, place.sourceCode);
  if (uses === undefined || uses.length === 0) return false;
  const isBag = slot.property !== undefined && node.params[slot.argument]?.type === 'Identifier';
  const isQuiet = !throws(node.body, place.sourceCode);
  return uses.every((use) => {
    if (isQuiet && isAsked(use)) return true;
    const handed = handedTo(use, isBag ? slot.property : undefined);
    if (handed === undefined || enclosingFunction(handed.call) !== node) return false;
    const { call } = handed;
    if (isLetGo(call, place.sourceCode) || isEndedByCatch(call, node, place.sourceCode))
      return true;
    const called = projectFunction(call, place);
    if (called !== undefined && handlesErrors(called)) return true;
    return isHeldBack(call, handed.slot, place, depth - 1);
  });
}

/** `if (!signal.aborted) report(error)`. */
function isAsked(use: TSESTree.Node): boolean {
  const { parent } = outermost(use);
  return parent?.type === 'MemberExpression' && propertyName(parent) === 'aborted';
}

interface Handed {
  readonly call: TSESTree.CallExpression;
  readonly slot: SignalSlot;
}

/** `poll(signal)`, `poll({ signal })`, `poll(options)`, `poll(options.signal)`. */
function handedTo(use: TSESTree.Node, property: string | undefined): Handed | undefined {
  const given = outermost(use);
  const { parent } = given;
  if (parent?.type === 'MemberExpression' && property !== undefined) {
    return propertyName(parent) === property ? handedTo(parent, undefined) : undefined;
  }
  if (parent?.type === 'Property' && parent.value === given) {
    return handedTo(parent.parent, propertyName(parent));
  }
  const handed = handedArgument(use);
  return handed && { call: handed.call, slot: { argument: handed.argument, property } };
}

/** Nobody waits for it, or its own chain handles what it fails with. */
function isLetGo(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  let taken = consumerOf(call);
  for (; taken.kind === 'chained'; taken = consumerOf(taken.by)) {
    const handler = errorHandlerOf(chainOf(taken.by));
    if (handler !== undefined && !throws(handler, sourceCode)) return true;
  }
  return taken.kind === 'dropped';
}

/** `try { await poll(signal); } catch (error) { report(error); }`. */
function isEndedByCatch(
  call: TSESTree.CallExpression,
  within: FunctionNode,
  sourceCode: SourceCode,
): boolean {
  if (consumerOf(call).kind !== 'awaited') return false;
  return [...triesAround(call, within)].some(
    ({ handler }) => handler !== null && !throws(handler, sourceCode),
  );
}

function throws(handler: TSESTree.Node, sourceCode: SourceCode): boolean {
  return [...descendants(handler, sourceCode, 'own')].some(({ type }) => type === 'ThrowStatement');
}
