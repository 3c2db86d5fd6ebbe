// Who calls a function, where all that call it are seen, and each could take a promise from it.
import type { TSESTree } from '@typescript-eslint/utils';

import { callOf } from '../syntax/call-of.js';
import { consumerOf } from '../syntax/consumers.js';
import { type FunctionNode, isInside } from '../syntax/enclosing.js';
import { handedArgument } from '../syntax/handed-argument.js';
import { mentionsOfProperty } from '../syntax/property-mentions.js';
import { propertyName } from '../syntax/property-name.js';
import type { Variable } from '../syntax/variable.js';
import type { Place } from './place.js';

export interface Callers {
  readonly name: string | undefined;
  readonly calls: readonly TSESTree.CallExpression[];
  readonly isOpen: boolean;
}

/** `undefined` where somebody may call it who is not seen, or who is known to take nothing. */
export function callersOf(node: FunctionNode, place: Place): Callers | undefined {
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
  const call = types.call(taking);
  if (call.callbackResult(argument) !== 'taken') return false;
  // `atom((get) => { … })`: what the call gives is made of what the function gives.
  const returns = call.parameter(argument)?.returns ?? [];
  const isOpen = returns.some(
    ({ isPlain, isUntyped, thenable }) => thenable === 'no' && !isPlain && !isUntyped,
  );
  return !isOpen || consumerOf(taking).kind === 'awaited';
}

/** `useCallback(() => { … })`, `debounce(save)`: who calls what comes of it is not seen. */
export function isGivenBack(node: FunctionNode, { types }: Place): boolean {
  const handed = handedArgument(node);
  if (types === undefined || handed === undefined) return false;
  const parameter = types.call(handed.call).parameter(handed.argument);
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
    const call = callOf(mention);
    if (isOwn && isInside(mention, owner)) {
      if (call === undefined) return undefined;
      calls.push(call);
    } else if (call !== undefined && consumerOf(call).kind === 'dropped') return undefined;
  }
  return { name, calls, isOpen: !isPrivate };
}
