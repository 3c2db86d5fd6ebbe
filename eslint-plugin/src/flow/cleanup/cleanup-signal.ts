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
import { descendants } from '../../syntax/descendants.js';
import { isFunction, isInside } from '../../syntax/enclosing.js';
import { isUndefined } from '../../syntax/literal-value.js';
import {
  type FileNames,
  groupStatic,
  isGlobalName,
  isNewGroup,
  isTimeoutCall,
} from '../../syntax/mooring-reference.js';
import { calledMember, propertyName } from '../../syntax/property-name.js';
import {
  constantInit,
  localVariableOf,
  onlyDefinition,
  resolved,
  type Variable,
} from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { MEMBER, PLATFORM, SIGNAL_PROPERTIES, TASK_MAKERS } from '../../vocabulary.js';
import type { OpenScopes, Wanted } from '../scopes/open-scopes.js';
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
  if (isTimeoutCall(made, file)) return stateOfParent(optionsOf(made, file), context, hops);
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
  const signal = signalOf(bag);
  return signal ? stateOf(signal, context, hops) : 'unknown';
}

/** The signal in options that are written out; `undefined` when a spread may bring another. */
function signalOf({ properties }: TSESTree.ObjectExpression): TSESTree.Node | undefined {
  if (properties.some(({ type }) => type === 'SpreadElement')) return undefined;
  const found = properties.find(
    (property) => property.type === 'Property' && isSignalName(propertyName(property)),
  );
  return found?.type === 'Property' ? found.value : undefined;
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
  if (bag?.type === 'ObjectExpression' && !signalOf(bag)) return 'unknown';
  const isOutside = !isInside(definition.name, context.cleanup.code);
  if (isOutside && isUsedAround(variable!, context)) return 'aborted';
  if (definition.type === 'Parameter') {
    return isOutside
      ? stateOfOnly(variable!, context)
      : stateOfRole(definition.node, context, hops);
  }
  const made = definition.node.type === 'VariableDeclarator' ? definition.node.init : undefined;
  if (made == null) return 'unknown';
  // `const { signal } = options`, and `const signal = options.signal` alike.
  const isTaken = constantInit(variable!) === undefined;
  return stateOf(isTaken && made.type === 'MemberExpression' ? made.object : made, context, hops);
}

/** Used by the code around, which no clean-up is part of. */
function isUsedAround(variable: Variable, { cleanups }: CleanupContext): boolean {
  return variable.references.some((reference) => {
    const name = reference.identifier as TSESTree.Node;
    if (!reference.isRead() || cleanups.some(({ code }) => isInside(name, code))) return false;
    const { parent } = name;
    const isAborting =
      parent?.type === 'MemberExpression' &&
      parent.object === name &&
      propertyName(parent) === 'abort';
    return !isAborting;
  });
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
  return stateOfParent(optionsOf(call, context.file), context, hops);
}

/** The options of a call of the runtime: `timeout`, `TaskGroup.run` and its like. */
function optionsOf(call: TSESTree.CallExpression, file: FileNames): TSESTree.Node | undefined {
  if (groupStatic(call, file) === MEMBER.map) return call.arguments[2];
  if (groupStatic(call, file) !== undefined) return call.arguments[1];
  const [, second, third] = call.arguments;
  const body = second && resolved(second, file.sourceCode);
  return third ?? (isFunction(body) ? undefined : second);
}

function stateOfMember(
  node: TSESTree.MemberExpression,
  context: CleanupContext,
  hops: number,
): SignalState {
  const owner = unwrapped(node.object);
  const name = propertyName(node);
  if (isAbortedInside(isSignalName(name) ? owner : node, context)) return 'aborted';
  if (owner.type !== 'ThisExpression' && owner.type !== 'MemberExpression') {
    return isSignalName(name) ? stateOf(owner, context, hops) : 'unknown';
  }
  // `this.signal`, `this.#controller.signal`: fields have no declaration that could be followed.
  if (isMentionedAround(node, context)) return 'aborted';
  const isOwn = owner.type === 'ThisExpression' && isSignalName(name?.replace('#', ''));
  return isOwn && context.cleanup.kind === 'disposer' ? 'aborted' : 'unknown';
}

/** `controller.abort()` in the clean-up itself, before the signal is handed on. */
function isAbortedInside(controller: TSESTree.Node, { file, cleanup }: CleanupContext): boolean {
  const { sourceCode } = file;
  const text = sourceCode.getText(controller);
  return [...descendants(cleanup.code, sourceCode, 'own')].some((node) => {
    const member = node.range[0] < controller.range[0] ? calledMember(node) : undefined;
    return member?.name === 'abort' && sourceCode.getText(member.object) === text;
  });
}

/** Whether the code that is cleaned up after has the same expression. */
function isMentionedAround(node: TSESTree.Node, { file, cleanup }: CleanupContext): boolean {
  const { sourceCode } = file;
  const text = sourceCode.getText(node);
  return [...(cleanup.after ? descendants(cleanup.after, sourceCode) : [])].some(
    (other) => other.type === 'MemberExpression' && sourceCode.getText(other) === text,
  );
}

function isSignalName(name: string | undefined): boolean {
  return SIGNAL_PROPERTIES.some((other) => other === name);
}

function allOf(states: readonly SignalState[]): SignalState {
  const [first] = states;
  return first !== undefined && states.every((state) => state === first) ? first : 'unknown';
}
