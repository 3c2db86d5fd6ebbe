// The edits that let a function wait that is not async: `async` before it, `Promise<void>` for
// `void`, and `await` where its callers drop what it gives now.
//
// Only where every caller in sight can take a promise. A caller that drops it would have the report
// of this function in its place.
import type { TSESTree } from '@typescript-eslint/utils';

import { isAwaitAllowed } from '../syntax/await-allowed.js';
import { consumerOf } from '../syntax/consumers.js';
import { enclosingRun, type FunctionNode, isFunction, isInside } from '../syntax/enclosing.js';
import { outcomeOf } from '../syntax/function-outcome.js';
import { mentionsOfProperty } from '../syntax/property-mentions.js';
import { propertyName } from '../syntax/property-name.js';
import type { Variable } from '../syntax/variable.js';
import { outermost } from '../syntax/wrappers.js';
import { harmOfHalt, isFollowed } from './await-harm.js';
import { isCaught, isDroppedEverywhere } from './caught-handler.js';
import type { Edit } from './edit.js';
import type { Place } from './place.js';
import { handedArgument } from '../syntax/handed-argument.js';

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
  const made = asyncFunction(run, place, new Set());
  // For callers that are not seen, what comes after the `await` would come later than it did.
  const isSeen = made !== undefined && !made.isOpen && !isGivenBack(run, place);
  if (made !== undefined && (isSeen || !isFollowed(node, place))) return made;
  return caughtHandler(node, run, place);
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

interface Callers {
  readonly name: string | undefined;
  readonly calls: readonly TSESTree.CallExpression[];
  readonly isOpen: boolean;
}

/** `undefined` where somebody may call it who is not seen, or who is known to take nothing. */
function callersOf(node: FunctionNode, place: Place): Callers | undefined {
  const { parent } = node;
  if (parent.type === 'MethodDefinition') return callersOfMethod(parent, place);
  const named = node.type === 'FunctionDeclaration' ? node : declaratorOf(node);
  if (named !== undefined) return callersByName(node, named, place);
  return isTaken(node, place) ? { name: undefined, calls: [], isOpen: false } : undefined;
}

function declaratorOf(node: FunctionNode): TSESTree.VariableDeclarator | undefined {
  const { parent } = node;
  const isConstant = parent.type === 'VariableDeclarator' && parent.parent.kind === 'const';
  // What it is declared to be may be more than `() => void`.
  return isConstant && parent.id.type === 'Identifier' && !parent.id.typeAnnotation
    ? parent
    : undefined;
}

/** Whether a function is an argument for a parameter of which some overload gives a promise. */
function isTaken(node: TSESTree.Node, { types }: Place): boolean {
  const handed = handedArgument(node);
  if (types === undefined || handed === undefined) return false;
  const { call: taking, argument } = handed;
  const [call] = types.calls([taking]);
  if (call!.callbackResult(argument) !== 'taken') return false;
  // `atom((get) => { … })`: what the call gives is made of what the function gives.
  const returns = call!.parameter(argument)?.returns ?? [];
  const isOpen = returns.some(
    ({ isPlain, isUntyped, thenable }) => thenable === 'no' && !isPlain && !isUntyped,
  );
  return !isOpen || consumerOf(taking).kind === 'awaited';
}

/** `useCallback(() => { … })`, `debounce(save)`: who calls what comes of it is not seen. */
function isGivenBack(node: FunctionNode, { types }: Place): boolean {
  const handed = handedArgument(node);
  if (types === undefined || handed === undefined) return false;
  const parameter = types.calls([handed.call])[0]!.parameter(handed.argument);
  // What it extends, if anything, is any function.
  return parameter?.returns.every(({ isUntyped }) => isUntyped) === true;
}

/** What React calls by itself: it takes nothing but a clean-up. */
const HOOK = /^use[A-Z]/;

function callersByName(
  node: FunctionNode,
  named: FunctionNode | TSESTree.VariableDeclarator,
  place: Place,
): Callers | undefined {
  const variable: Variable | undefined = place.sourceCode
    .getDeclaredVariables(named)
    .find(({ identifiers }) => identifiers[0] === named.id);
  const isNamed = variable !== undefined && variable.defs.length === 1 && !HOOK.test(variable.name);
  if (!isNamed) return undefined;
  const statement = named === node ? named : named.parent;
  let isOpen = /^Export/.test(statement.parent?.type ?? '');
  const calls: TSESTree.CallExpression[] = [];
  for (const reference of variable.references) {
    if (reference.isWrite()) {
      if (reference.init === true) continue;
      return undefined;
    }
    const name: TSESTree.Node = reference.identifier;
    if (name.parent?.type === 'ExportSpecifier') isOpen = true;
    else if (isCallee(name)) calls.push(name.parent);
    else if (!isTaken(name, place)) return undefined;
  }
  return { name: variable.name, calls, isOpen };
}

function isCallee(
  name: TSESTree.Node,
): name is TSESTree.Node & { parent: TSESTree.CallExpression } {
  return name.parent?.type === 'CallExpression' && name.parent.callee === name;
}

/** A class that extends or implements another gives its methods to callers who expect no promise. */
function callersOfMethod(method: TSESTree.MethodDefinition, place: Place): Callers | undefined {
  const owner = method.parent.parent;
  const name = propertyName(method);
  if (name === undefined) return undefined;
  const isPrivate = name.startsWith('#') || method.accessibility === 'private';
  if (!isPrivate && (owner.superClass || owner.implements.length > 0)) return undefined;
  if (!isPrivate && owner.decorators.length > 0) return undefined;
  const calls: TSESTree.CallExpression[] = [];
  for (const mention of mentionsOfProperty(name, place.sourceCode.ast, place.sourceCode)) {
    const isOwn = mention.type === 'MemberExpression' && mention.object.type === 'ThisExpression';
    const call = outermost(mention).parent;
    const isCalled = call?.type === 'CallExpression' && call.callee === outermost(mention);
    if (isOwn && isInside(mention, owner)) {
      if (!isCalled) return undefined;
      calls.push(call);
    } else if (isCalled && consumerOf(call).kind === 'dropped') return undefined;
  }
  return { name, calls, isOpen: !isPrivate };
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
