// For open-scopes.ts: what a parameter opens.
//
//   group.createTask(async (context) => …)        async ({ signal }) => …
//   (signal: AbortSignal)   (signal)              (options: RequestInit): `options.signal`
//   (group: TaskGroup)      (deadline: Timeout)   ({ signal }: { signal?: AbortSignal })
//
// A name alone makes a scope that is not certain, and only where no type says otherwise.
import type { TSESTree } from '@typescript-eslint/utils';

import type { CallbackRole } from '../../syntax/callback-role.js';
import type { FunctionNode } from '../../syntax/enclosing.js';
import { pathInPattern } from '../../syntax/external-name.js';
import { memberType } from '../../syntax/member-type.js';
import { annotatedKind } from '../../syntax/mooring-reference.js';
import { calledMember, propertyName } from '../../syntax/property-name.js';
import { isSignalName } from '../../syntax/signal-name.js';
import type { Variable } from '../../syntax/variable.js';
import { outermost } from '../../syntax/wrappers.js';
import { LISTENER_METHODS, MEMBER } from '../../vocabulary.js';
import { bagOf, namedScope } from './declared-scope.js';
import type { ScopeReader, ScopeValue } from './scope-value.js';

export function scopeOfParameter(
  variable: Variable,
  node: FunctionNode,
  role: CallbackRole | undefined,
  reader: ScopeReader,
): ScopeValue | undefined {
  const found = patternOf(variable, node);
  if (found === undefined) return undefined;
  const path = pathInPattern(found.pattern, variable.name);
  if (path === undefined) return undefined;
  if (role?.parameter === found.index) return scopeOfRole(variable, path, role);
  const held = { held: 'parameter', opener: found.pattern, variable } as const;
  if (path.length > 0) {
    const certain = isSignalName(path.at(-1)) ? signalMember(found.type, path, reader) : 'no';
    if (certain === 'no') return undefined;
    return { ...held, ...namedScope('signal', variable.name), certain };
  }
  const kind = annotatedKind(found.type, reader.file);
  if (kind !== undefined) return { ...held, ...namedScope(kind, variable.name), certain: 'yes' };
  if (found.type === undefined && variable.references.some(startsTask)) {
    return { ...held, ...namedScope('group', variable.name), certain: 'unknown' };
  }
  const bag = scopeOfBag(variable, found, reader);
  if (bag !== undefined) return { ...held, ...bag };
  return found.type === undefined && isSignalName(variable.name) && !isListener(node)
    ? { ...held, ...namedScope('signal', variable.name), certain: 'unknown' }
    : undefined;
}

interface Found {
  readonly index: number;
  readonly pattern: TSESTree.Node;
  readonly type: TSESTree.TypeNode | undefined;
  readonly isOptional: boolean;
}

function patternOf(variable: Variable, node: FunctionNode): Found | undefined {
  const name = variable.identifiers[0];
  if (name === undefined) return undefined;
  for (const [index, parameter] of node.params.entries()) {
    const isHere = parameter.range[0] <= name.range[0] && name.range[1] <= parameter.range[1];
    if (!isHere) continue;
    const whole = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
    const pattern = whole.type === 'AssignmentPattern' ? whole.left : whole;
    if (pattern.type !== 'Identifier' && pattern.type !== 'ObjectPattern') return undefined;
    const type = pattern.typeAnnotation?.typeAnnotation;
    return { index, pattern, type, isOptional: pattern.optional };
  }
  return undefined;
}

function scopeOfRole(
  variable: Variable,
  path: readonly string[],
  role: CallbackRole,
): ScopeValue | undefined {
  const held = {
    held: 'body',
    certain: role.isCertain ? 'yes' : 'unknown',
    opener: role.call,
    variable,
  } as const;
  if (path.length === 0) return { ...held, ...namedScope(role.kind, variable.name) };
  if (path.length > 1 || path[0] !== MEMBER.signal) return undefined;
  return { ...held, ...namedScope('signal', variable.name), kind: role.kind };
}

/** Whether the member of a type at the end of a path is an abort signal. */
function signalMember(
  type: TSESTree.TypeNode | undefined,
  path: readonly string[],
  reader: ScopeReader,
): 'no' | 'unknown' | 'yes' {
  if (type === undefined) return 'unknown';
  let member: TSESTree.TypeNode | 'none' | undefined = type;
  for (const name of path) {
    member = memberType(member, name, reader.file.sourceCode);
    if (member === undefined) return 'unknown';
    if (member === 'none') return 'no';
  }
  return annotatedKind(member, reader.file) === 'signal' ? 'yes' : 'no';
}

/** A parameter with a signal in it: `options.signal`, when its type has one or the code reads one. */
function scopeOfBag(
  variable: Variable,
  found: Found,
  reader: ScopeReader,
): Pick<ScopeValue, 'certain' | 'kind' | 'scope' | 'signal'> | undefined {
  const certain =
    found.type === undefined ? 'unknown' : signalMember(found.type, [MEMBER.signal], reader);
  if (certain === 'no') return undefined;
  if (certain === 'unknown' && !variable.references.some(readsSignal)) return undefined;
  const signal = `${variable.name}${found.isOptional ? '?.' : '.'}${MEMBER.signal}`;
  return {
    kind: 'signal',
    signal,
    scope: found.isOptional ? bagOf(signal) : variable.name,
    certain,
  };
}

function readsSignal({ identifier }: Variable['references'][number]): boolean {
  const { parent } = outermost(identifier);
  return parent?.type === 'MemberExpression' && propertyName(parent) === MEMBER.signal;
}

function startsTask({ identifier }: Variable['references'][number]): boolean {
  const member = outermost(identifier).parent;
  const call = member && outermost(member).parent;
  return call !== undefined && calledMember(call)?.name === MEMBER.createTask;
}

/** `process.on('exit', (code, signal) => …)` is told of another kind of signal. */
function isListener(node: FunctionNode): boolean {
  const { parent } = outermost(node);
  const name = parent && calledMember(parent)?.name;
  return name !== undefined && LISTENER_METHODS.has(name);
}
