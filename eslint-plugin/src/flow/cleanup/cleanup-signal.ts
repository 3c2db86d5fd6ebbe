// Is the signal that a clean-up hands on the one whose abort may have brought it about?
//
//   async function run(signal) {
//     try {
//       await work(signal);
//     } finally {
//       await release({ signal });                                  // aborted
//       await release({ signal: AbortSignal.timeout(5_000) });      // fresh
//       await timeout(5_000, (deadline) => release(deadline));      // fresh: no parent
//       await timeout(5_000, (deadline) => release(deadline), { signal });   // aborted
//     }
//   }
//
// What is declared inside the clean-up is followed to what it is made of. What comes from outside
// is aborted when the code around uses it as well, or when it is the only scope that there is:
// a signal that only clean-up uses is made for it.
import type { TSESTree } from '@typescript-eslint/utils';

import { sourcesOf } from '../../syntax/consumers.js';
import { isFunction, isInside } from '../../syntax/enclosing.js';
import { isUndefined } from '../../syntax/literal-value.js';
import {
  type FileNames,
  isGlobalName,
  isNewGroup,
  isTimeoutCall,
} from '../../syntax/mooring-reference.js';
import { calledMember, propertyName } from '../../syntax/property-name.js';
import { scopeOptions, signalIn } from '../../syntax/scope-options.js';
import { isSignalName } from '../../syntax/signal-name.js';
import {
  constantInit,
  localVariableOf,
  onlyDefinition,
  type Variable,
} from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { PLATFORM, TASK_MAKERS } from '../../vocabulary.js';
import type { OpenScopes, Wanted } from '../scopes/open-scopes.js';
import { isAbortedInside, isMentionedAround, isUsedAround } from './around-cleanup.js';
import type { Cleanup } from './cleanup.js';

export type SignalState = 'aborted' | 'fresh' | 'unknown';

/** What signals are asked about: the clean-up, and all clean-ups of the file. */
export interface CleanupContext {
  readonly file: FileNames;
  readonly scopes: OpenScopes;
  readonly cleanup: Cleanup;
  readonly cleanups: readonly Cleanup[];
}

/** Longer chains of names do not occur; circular ones do. */
const MOST_HOPS = 10;

/** The state of a signal, or of a scope that is handed on whole, once the clean-up runs. */
export function stateOf(
  expression: TSESTree.Node,
  context: CleanupContext,
  hops: number = MOST_HOPS,
): SignalState {
  if (hops === 0) return 'unknown';
  const states = sourcesOf(expression).map((source) => stateOfSource(source, context, hops - 1));
  return allOf(states);
}

function stateOfSource(node: TSESTree.Node, context: CleanupContext, hops: number): SignalState {
  switch (node.type) {
    case 'Identifier':
      return isUndefined(node) ? 'unknown' : stateOfName(node, context, hops);
    case 'MemberExpression':
      return stateOfMember(node, context, hops);
    case 'CallExpression':
    case 'NewExpression':
      return stateOfMade(node, context, hops);
    case 'ObjectExpression':
      return stateOfBag(node, context, hops);
    default:
      return 'unknown';
  }
}

/** `AbortSignal.timeout(…)`, `AbortSignal.any([…])`, a controller, a timeout or a group. */
function stateOfMade(
  made: TSESTree.CallExpression | TSESTree.NewExpression,
  context: CleanupContext,
  hops: number,
): SignalState {
  const { file } = context;
  const isGlobal = (name: string): boolean => isGlobalName(made.callee, name, file.sourceCode);
  if (made.type === 'NewExpression') {
    if (isGlobal(PLATFORM.abortController)) return 'fresh';
    return isNewGroup(made, file) ? stateOfParent(made.arguments[0], context, hops) : 'unknown';
  }
  if (isGlobal(`${PLATFORM.abortSignal}.timeout`)) return 'fresh';
  if (isGlobal(`${PLATFORM.abortSignal}.any`)) return anyOf(made.arguments[0], context, hops);
  if (isTimeoutCall(made, file)) return stateOfParent(scopeOptions(made, file), context, hops);
  return 'unknown';
}

/** One that is aborted aborts all of them. */
function anyOf(
  list: TSESTree.Node | undefined,
  context: CleanupContext,
  hops: number,
): SignalState {
  if (list?.type !== 'ArrayExpression') return 'unknown';
  const states = list.elements.map((signal) =>
    signal ? stateOf(signal, context, hops) : 'unknown',
  );
  return states.includes('aborted') ? 'aborted' : allOf(states);
}

/** A scope without a parent is shielded; with one it is born with the parent's state. */
function stateOfParent(
  options: TSESTree.Node | undefined,
  context: CleanupContext,
  hops: number,
): SignalState {
  return options === undefined ? 'fresh' : stateOf(options, context, hops);
}

function stateOfBag(
  bag: TSESTree.ObjectExpression,
  context: CleanupContext,
  hops: number,
): SignalState {
  const signal = signalIn(bag);
  return signal ? stateOf(signal, context, hops) : 'unknown';
}

function stateOfName(
  name: TSESTree.Identifier,
  context: CleanupContext,
  hops: number,
): SignalState {
  const variable = localVariableOf(name, context.file.sourceCode);
  const definition = variable && onlyDefinition(variable);
  if (definition === undefined) return 'unknown';
  const init = constantInit(variable!);
  const bag = init && unwrapped(init);
  if (bag?.type === 'ObjectExpression' && !signalIn(bag)) return 'unknown';
  const isOutside = !isInside(definition.name, context.cleanup.code);
  if (isOutside && isUsedAround(variable!, context.cleanups)) return 'aborted';
  if (definition.type === 'Parameter') {
    return isOutside
      ? stateOfOnly(variable!, context)
      : stateOfRole(definition.node, context, hops);
  }
  const made = definition.node.type === 'VariableDeclarator' ? definition.node.init : undefined;
  if (made == null) return 'unknown';
  // `const { signal } = options`, and `const signal = options.signal` alike.
  const isTaken = init === undefined;
  return stateOf(isTaken && made.type === 'MemberExpression' ? made.object : made, context, hops);
}

/** A parameter that nothing else uses: the scope of the function, when it is the only one. */
function stateOfOnly(variable: Variable, { scopes, cleanup }: CleanupContext): SignalState {
  for (const scope of scopes.at(cleanup.code, isNoController)) {
    if (scope.variable !== variable) return 'unknown';
  }
  return 'aborted';
}

const isNoController: Wanted = ({ kind }) => kind !== 'controller';

/** The parameter of a function inside the clean-up: the scope that the runtime gives it. */
function stateOfRole(node: TSESTree.Node, context: CleanupContext, hops: number): SignalState {
  const role = isFunction(node) ? context.scopes.roleOf(node) : undefined;
  if (role === undefined) return 'unknown';
  const { call } = role;
  if (role.kind === 'task' && TASK_MAKERS.has(calledMember(call)?.name)) {
    return stateOf(calledMember(call)!.object, context, hops);
  }
  return stateOfParent(scopeOptions(call, context.file), context, hops);
}

function stateOfMember(
  node: TSESTree.MemberExpression,
  context: CleanupContext,
  hops: number,
): SignalState {
  const owner = unwrapped(node.object);
  const name = propertyName(node);
  const { cleanup, file } = context;
  const controller = isSignalName(name) ? owner : node;
  if (isAbortedInside(controller, cleanup, file.sourceCode)) return 'aborted';
  if (owner.type !== 'ThisExpression' && owner.type !== 'MemberExpression') {
    return isSignalName(name) ? stateOf(owner, context, hops) : 'unknown';
  }
  // `this.signal`, `this.#controller.signal`: fields have no declaration that could be followed.
  if (isMentionedAround(node, cleanup, file.sourceCode)) return 'aborted';
  const isOwn = owner.type === 'ThisExpression' && isSignalName(name?.replace('#', ''));
  return isOwn && cleanup.kind === 'disposer' ? 'aborted' : 'unknown';
}

function allOf(states: readonly SignalState[]): SignalState {
  const [first] = states;
  return first !== undefined && states.every((state) => state === first) ? first : 'unknown';
}
