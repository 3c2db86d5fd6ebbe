// The scopes whose cancellation a call is meant to hear: those of the code around it.
//
//   async function load(id, options: { signal: AbortSignal }) {
//     await fetch(url(id));                        ← `options`
//     const again = async () => fetch(url(id));    ← `options`, since only this code calls `again`
//     emitter.on('more', async () => fetch(id));   ← none: who calls it has no part in `load`
//   }
//   test('loads', async (t) => { await fetch(…); })            ← `t`, by its type
//   class Client { #signal: AbortSignal; get() { … } }         ← `this.#signal`
//
// None of what the code made for something else: a controller, an `AbortSignal.timeout`.
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../../syntax/descendants.js';
import {
  enclosingRun,
  type FunctionNode,
  isFunction,
  type RunNode,
} from '../../syntax/enclosing.js';
import { annotatedKind, type FileNames, isGlobalName } from '../../syntax/mooring-reference.js';
import { propertyName } from '../../syntax/property-name.js';
import { valuesOfProperty } from '../../syntax/property-values.js';
import { isSignalName } from '../../syntax/signal-name.js';
import { findVariable, type Variable, variableOf } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { Types } from '../../types/types.js';
import { MEMBER, PLATFORM } from '../../vocabulary.js';
import { bagOf } from './declared-scope.js';
import { openScopes, type Wanted } from './open-scopes.js';
import type { OpenScope } from './openings.js';
import { type ReachableScope, scopesInReach } from './scope-in-reach.js';
import type { ScopeValue } from './scope-value.js';
import { runsOf } from './runs-around.js';

/** How a scope that is at hand is written, and the variable that it is or is in. */
export type ScopeAtHand = Pick<ReachableScope, 'scope' | 'signal'> & {
  readonly variable?: Variable | undefined;
};

/**
 * Nearest first, one after the other. None in the body of a task or a timeout that has not named its
 * scope.
 */
export function* scopesAtHand(
  node: TSESTree.Node,
  file: FileNames,
  types: Types,
): Generator<ScopeAtHand, undefined> {
  const runs = runsOf(node, file);
  const [nearest] = openScopes(file).at(node);
  if (nearest !== undefined && runs.includes(nearest.run) && isForOthers(nearest)) return;
  for (const scope of scopesInReach(node, file, types, isMeant)) {
    if (!runs.includes(scope.run)) break; // What is further out is not of these either.
    yield scope;
  }
  for (const run of runs) yield* typedParameters(run, node, file, types);
  yield* ownField(node, file);
}

/** Whether there may be any, by the text alone. */
export function couldHaveScopeAtHand(node: TSESTree.Node, file: FileNames): boolean {
  const runs = runsOf(node, file);
  const [nearest] = openScopes(file).at(node, hasSignal);
  return (
    (nearest !== undefined && runs.includes(nearest.run)) ||
    runs.some((run) => isFunction(run) && namesOf(run).length > 0) ||
    ownField(node, file).length > 0
  );
}

/** All but the body of a task, or of a timeout, that has not named its scope. */
export const hasSignal: Wanted = ({ signal }) => signal !== undefined;

/** The parameters of the functions around a node, which types may know for scopes. */
export function parametersAround(
  node: TSESTree.Node,
  file: FileNames,
): readonly TSESTree.Identifier[] {
  return runsOf(node, file).flatMap((run) => (isFunction(run) ? namesOf(run) : []));
}

/**
 * The body of a task without a name for its scope, which `use-child-signal` looks at, or a deadline
 * that nothing is handed, as `timeout-body-uses-signal` says.
 */
function isForOthers({ kind, held, signal, variable }: OpenScope): boolean {
  if (kind === 'timeout') return !variable?.references.some((each) => each.isRead());
  return held === 'body' && signal === undefined;
}

/** A signal that comes from outside, or a scope of the runtime. */
export function isMeant({ kind, held, opener }: ScopeValue, file: FileNames): boolean {
  if (kind === 'controller') return false;
  if (held !== 'variable' || kind !== 'signal') return true;
  if (opener.type !== 'VariableDeclarator' || opener.init === null) return false;
  const init = unwrapped(opener.init);
  if (init.type === 'CallExpression') {
    const isAny = isGlobalName(init.callee, `${PLATFORM.abortSignal}.any`, file.sourceCode);
    return isAny || isMadeOfScope(init, file);
  }
  const owner = init.type === 'MemberExpression' ? unwrapped(init.object) : init;
  if (owner.type !== 'Identifier') return owner.type === 'ThisExpression';
  const variable = variableOf(owner, file.sourceCode);
  return variable !== undefined && openScopes(file).of(variable)?.kind !== 'controller';
}

/** `anySignal([signal, AbortSignal.timeout(ms)])`: whatever it does, it was given a scope to do it with. */
function isMadeOfScope(call: TSESTree.CallExpression, file: FileNames): boolean {
  const parts = call.arguments.flatMap((given) => [...descendants(given, file.sourceCode, 'own')]);
  return parts.some((part) => {
    const variable = part.type === 'Identifier' ? variableOf(part, file.sourceCode) : undefined;
    const kind = variable && openScopes(file).of(variable)?.kind;
    return kind !== undefined && kind !== 'controller';
  });
}

function namesOf({ params }: FunctionNode): readonly TSESTree.Identifier[] {
  return params.filter((param): param is TSESTree.Identifier => param.type === 'Identifier');
}

/** `(t) => …` of a test of Node, `(request: Request) => …`: what is no scope by the text alone. */
function typedParameters(
  run: RunNode,
  node: TSESTree.Node,
  file: FileNames,
  types: Types,
): readonly ScopeAtHand[] {
  const { sourceCode } = file;
  const isKnown = (name: TSESTree.Identifier): boolean => {
    const variable = findVariable(name.name, sourceCode.getScope(run));
    return variable !== undefined && openScopes(file).of(variable) !== undefined;
  };
  const names = isFunction(run) ? namesOf(run).filter((name) => !isKnown(name)) : [];
  const facts = types.values(names);
  return names.flatMap((parameter, index): ScopeAtHand[] => {
    const known = facts[index]!;
    if (known.scope !== 'yes' || known.is('abortController') === 'yes') return [];
    const variable = findVariable(parameter.name, sourceCode.getScope(node));
    if (variable?.identifiers[0] !== parameter) return [];
    const signal = `${parameter.name}${known.isNullable ? '?.' : '.'}${MEMBER.signal}`;
    return [{ signal, scope: known.isNullable ? bagOf(signal) : parameter.name, variable }];
  });
}

/** The signal that the object of a method keeps. */
function ownField(node: TSESTree.Node, file: FileNames): readonly ScopeAtHand[] {
  const member = enclosingRun(node).parent;
  const isMethod =
    member?.type === 'MethodDefinition' && !member.static && member.kind === 'method';
  if (!isMethod || member.parent.type !== 'ClassBody') return [];
  const body = member.parent;
  const known = fields.get(body) ?? signalsOf(body, file);
  fields.set(body, known);
  return known;
}

/** Each call in the methods of a class asks for its signals. */
const fields = new WeakMap<TSESTree.ClassBody, readonly ScopeAtHand[]>();

function signalsOf({ body }: TSESTree.ClassBody, file: FileNames): readonly ScopeAtHand[] {
  return body.flatMap(fieldsOf).flatMap(({ name, type, isEmpty }): ScopeAtHand[] => {
    if (name === undefined || !isSignalName(name.replace(/^#?_?/, ''))) return [];
    if (isEmpty && valuesOfProperty(name, file.sourceCode).length === 0) return [];
    if (annotatedKind(type?.typeAnnotation, file) !== 'signal') return [];
    const signal = `this.${name}`;
    return [{ signal, scope: bagOf(signal) }];
  });
}

interface Field {
  readonly name: string | undefined;
  readonly type: TSESTree.TSTypeAnnotation | undefined;
  /** `signal?: AbortSignal;`, which somebody has to fill, or it is never there. */
  readonly isEmpty: boolean;
}

/** A field, or those that the parameters of the constructor are: `constructor(readonly signal: AbortSignal)`. */
function fieldsOf(member: TSESTree.ClassElement): Field[] {
  if (member.type === 'PropertyDefinition' && !member.static) {
    const isEmpty = member.optional && member.value === null && !member.declare;
    return [{ name: propertyName(member), type: member.typeAnnotation, isEmpty }];
  }
  if (member.type !== 'MethodDefinition' || member.kind !== 'constructor') return [];
  return member.value.params.flatMap((parameter): Field[] => {
    if (parameter.type !== 'TSParameterProperty') return [];
    const { parameter: given } = parameter;
    if (given.type !== 'Identifier') return [];
    return [{ name: given.name, type: given.typeAnnotation, isEmpty: false }];
  });
}
