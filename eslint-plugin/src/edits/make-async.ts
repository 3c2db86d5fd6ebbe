// The edits that let a function wait that is not async: `async` before it, `Promise<void>` for
// `void`, and `await` where its callers drop what it gives now.
//
// Only where every caller in sight can take a promise. A caller that drops it would have the report
// of this function in its place.
import type { TSESTree } from '@typescript-eslint/utils';

import { isAwaitAllowed } from '../syntax/await-allowed.js';
import { consumerOf } from '../syntax/consumers.js';
import { enclosingRun, type FunctionNode, isFunction, isInside } from '../syntax/enclosing.js';
import { isEffect } from '../syntax/ended-by-effect.js';
import { outcomeOf } from '../syntax/function-outcome.js';
import { testAround } from '../syntax/test-code.js';
import { doneOf } from '../syntax/told-last.js';
import { isCaught } from '../syntax/tries-around.js';
import { harmOfHalt, isFollowed } from './await-harm.js';
import { callersOf, isGivenBack } from './callers-in-sight.js';
import { isDroppedEverywhere } from './caught-handler.js';
import type { Edit } from './edit.js';
import { hurtsCallers } from './hurt-callers.js';
import type { Place } from './place.js';

export interface MadeAsync {
  readonly edits: readonly Edit[];
  /** How the function is called, if it has a name. */
  readonly name: string | undefined;
  /** Other files may call it: what they make of a promise is not seen. */
  readonly isOpen: boolean;
}

/** `undefined` where the run around a node has to stay as it is. */
export function makeAsync(node: TSESTree.Node, place: Place): MadeAsync | undefined {
  const run = enclosingRun(node);
  if (!isFunction(run) || run.async || !isInside(node, run.body)) return undefined;
  // What an effect gives is its clean-up.
  if (isEffect(run)) return undefined;
  // A runner waits for one or the other: for the `done` of a test, or for its promise.
  if (testAround(node) === run && doneOf(run, place.sourceCode) !== undefined) return undefined;
  const made = asyncFunction(run, place, new Set());
  // For callers that are not seen, what comes after the `await` would come later than it did.
  const isSeen = made !== undefined && !made.isOpen && !isGivenBack(run, place);
  const isMade = made !== undefined && (isSeen || !isFollowed(node, place));
  const found = isMade ? made : caughtHandler(node, run, place);
  // What nobody but this file has has no callers elsewhere.
  const isElsewhere = found !== undefined && (!isMade || found.isOpen);
  return isElsewhere && hurtsCallers(run, place) ? undefined : found;
}

/** Who drops the promise of a function that takes its own errors drops nothing. */
function caughtHandler(
  node: TSESTree.Node,
  run: FunctionNode,
  place: Place,
): MadeAsync | undefined {
  if (run.generator || !isCaught(node) || !givesNothing(run, place)) return undefined;
  const edits = isDroppedEverywhere(run, place) ? ownEdits(run, place) : undefined;
  return edits && { edits, name: undefined, isOpen: false };
}

/** Through more callers than these nobody follows a suggestion. */
const MOST_FUNCTIONS = 3;

function asyncFunction(
  node: FunctionNode,
  place: Place,
  seen: Set<FunctionNode>,
): MadeAsync | undefined {
  seen.add(node);
  if (seen.size > MOST_FUNCTIONS || node.generator || !givesNothing(node, place)) return undefined;
  const own = ownEdits(node, place);
  const callers = own && callersOf(node, place);
  if (callers === undefined) return undefined;
  const edits = [...own!];
  for (const call of callers.calls) {
    const taking = takingCall(call, place, seen);
    if (taking === undefined) return undefined;
    edits.push(...taking);
  }
  return { edits, name: callers.name, isOpen: callers.isOpen };
}

/** The result of a function that gives one would be a promise of it, which no caller could use. */
function givesNothing(node: FunctionNode, { sourceCode }: Place): boolean {
  const type = node.returnType?.typeAnnotation.type;
  if (type !== undefined && type !== 'TSVoidKeyword') return false;
  if (node.body.type !== 'BlockStatement') {
    return node.body.type === 'UnaryExpression' && node.body.operator === 'void';
  }
  return outcomeOf(node, sourceCode).returned.length === 0;
}

function ownEdits(node: FunctionNode, { sourceCode }: Place): Edit[] | undefined {
  const type = node.returnType?.typeAnnotation;
  const typeEdits = type ? [{ range: type.range, text: 'Promise<void>' }] : [];
  const { parent } = node;
  if (parent.type === 'Property' && (parent.method || parent.kind !== 'init')) return undefined;
  if (parent.type !== 'MethodDefinition') {
    return [{ range: [node.range[0], node.range[0]], text: 'async ' }, ...typeEdits];
  }
  if (parent.kind !== 'method' || parent.decorators.length > 0) return undefined;
  const key = parent.computed ? sourceCode.getTokenBefore(parent.key)! : parent.key;
  return [{ range: [key.range[0], key.range[0]], text: 'async ' }, ...typeEdits];
}

/** The edits by which a call takes the promise that it gets now. */
function takingCall(
  call: TSESTree.CallExpression,
  place: Place,
  seen: Set<FunctionNode>,
): readonly Edit[] | undefined {
  const taken = consumerOf(call);
  if (taken.kind === 'awaited') return [];
  if (taken.kind !== 'dropped' || taken.by.type !== 'ExpressionStatement') return undefined;
  if (taken.by.expression !== call) return undefined;
  if (harmOfHalt(call, place) !== undefined) return undefined;
  const waiting = { range: [call.range[0], call.range[0]], text: 'await ' } as const;
  if (isAwaitAllowed(call, place.module)) return [waiting];
  const run = enclosingRun(call);
  if (!isFunction(run)) return undefined;
  if (seen.has(run)) return [waiting];
  const caller = asyncFunction(run, place, seen);
  // A caller that others may call is a second thing to say, and nobody would read it.
  return caller && !caller.isOpen ? [waiting, ...caller.edits] : undefined;
}
