// For open-scopes.ts: what a declaration opens.
//
//   await using group = new TaskGroup();      using deadline = timeout(100);
//   const controller = new AbortController(); const { signal } = controller;
//   const signal = AbortSignal.any([a, b]);   const g = group;
//   const signal = options.signal;            const group = stack.use(new TaskGroup());
import type { TSESTree } from '@typescript-eslint/utils';

import { isFunction } from '../../syntax/enclosing.js';
import { pathInPattern } from '../../syntax/external-name.js';
import {
  annotatedKind,
  givesGroup,
  isGlobalName,
  isTimeoutCall,
} from '../../syntax/mooring-reference.js';
import { calledMember, propertyName } from '../../syntax/property-name.js';
import { isSignalName } from '../../syntax/signal-name.js';
import { isReassigned, resolved, type Variable } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { Answer } from '../../types/types.js';
import { MEMBER, PLATFORM } from '../../vocabulary.js';
import type { ScopeKind, ScopeReader, ScopeValue } from './scope-value.js';

export function scopeOfDeclaration(
  variable: Variable,
  declarator: TSESTree.VariableDeclarator,
  reader: ScopeReader,
): ScopeValue | undefined {
  const { id, init } = declarator;
  const kind = kindOf(variable, id, init, reader);
  if (kind === undefined) return undefined;
  return {
    ...namedScope(kind.kind, variable.name),
    held: holderOf(declarator, kind.kind),
    certain: kind.certain,
    opener: declarator,
    variable,
  };
}

interface Kind {
  readonly kind: ScopeKind;
  readonly certain: Answer;
}

function kindOf(
  variable: Variable,
  id: TSESTree.BindingName,
  init: TSESTree.Expression | null,
  reader: ScopeReader,
): Kind | undefined {
  if (id.type !== 'Identifier') {
    const path = pathInPattern(id, variable.name);
    return init && isSignalName(path?.at(-1)) ? takenApart(init, path?.length, reader) : undefined;
  }
  const annotated = annotatedKind(id.typeAnnotation?.typeAnnotation, reader.file);
  if (annotated !== undefined) return { kind: annotated, certain: 'yes' };
  if (init === null) return undefined;
  const value = isReassigned(variable) ? undefined : kindOfValue(init, reader);
  if (value !== undefined) return value;
  // oxlint gives `null` for what is not there.
  const isTyped = !!id.typeAnnotation;
  return isSignalName(id.name) && !isTyped && couldBeSignal(init)
    ? { kind: 'signal', certain: 'unknown' }
    : undefined;
}

function kindOfValue(init: TSESTree.Expression, reader: ScopeReader): Kind | undefined {
  const node = unwrapped(init);
  switch (node.type) {
    case 'Identifier': {
      const value = reader.of(node); // const g = group;
      return value && { kind: value.kind, certain: value.certain };
    }
    case 'MemberExpression':
      return isSignalName(propertyName(node)) ? takenApart(node.object, 1, reader) : undefined;
    case 'NewExpression':
      if (isGlobalName(node.callee, PLATFORM.abortController, reader.file.sourceCode)) {
        return { kind: 'controller', certain: 'yes' };
      }
      return givesGroup(node, reader.file) ? { kind: 'group', certain: 'yes' } : undefined;
    case 'CallExpression':
      return kindOfCall(node, reader);
    default:
      return undefined;
  }
}

function kindOfCall(call: TSESTree.CallExpression, reader: ScopeReader): Kind | undefined {
  if (givesGroup(call, reader.file)) return { kind: 'group', certain: 'yes' };
  if (isTimeoutCall(call, reader.file)) {
    const body = call.arguments[1] && resolved(call.arguments[1], reader.file.sourceCode);
    const hasBody = isFunction(body); // Then it gives a promise of what the body gives.
    return hasBody ? undefined : { kind: 'timeout', certain: 'yes' };
  }
  const member = calledMember(call);
  if (member === undefined) return undefined;
  if (isGlobalName(member.object, PLATFORM.abortSignal, reader.file.sourceCode)) {
    return { kind: 'signal', certain: 'yes' };
  }
  const [owned] = call.arguments;
  const isOwning = member.name === MEMBER.use && owned !== undefined;
  return isOwning && owned.type !== 'SpreadElement' ? kindOfValue(owned, reader) : undefined;
}

/** The signal of something: `context.signal`, `const { signal } = controller`. */
function takenApart(
  owner: TSESTree.Node,
  depth: number | undefined,
  reader: ScopeReader,
): Kind | undefined {
  const node = unwrapped(owner);
  if (depth === 1) {
    const known = node.type === 'Identifier' ? reader.of(node) : kindOfOwner(node, reader);
    if (known !== undefined) return { kind: 'signal', certain: known.certain };
  }
  return couldBeSignal(node) ? { kind: 'signal', certain: 'unknown' } : undefined;
}

function kindOfOwner(node: TSESTree.Node, reader: ScopeReader): Kind | undefined {
  return kindOfValue(node as TSESTree.Expression, reader);
}

/** `const { code, signal } = await exit`: what processes end by is called a signal as well. */
function couldBeSignal(init: TSESTree.Node): boolean {
  const { type } = unwrapped(init);
  return type !== 'AwaitExpression' && type !== 'Literal' && type !== 'TemplateLiteral';
}

function holderOf(declarator: TSESTree.VariableDeclarator, kind: ScopeKind): ScopeValue['held'] {
  if (kind !== 'group' && kind !== 'timeout') return 'variable';
  const { init, parent } = declarator;
  if (parent.kind === 'using' || parent.kind === 'await using') return 'block';
  const isOwned = init !== null && calledMember(unwrapped(init))?.name === MEMBER.use;
  return isOwned ? 'block' : 'variable';
}

/** How a scope that has a name is written. */
export function namedScope(
  kind: ScopeKind,
  name: string,
): Pick<ScopeValue, 'kind' | 'scope' | 'signal'> {
  if (kind !== 'signal') return { kind, scope: name, signal: `${name}.${MEMBER.signal}` };
  return { kind, scope: bagOf(name), signal: name };
}

/** `{ signal }`, `{ signal: outer }`: an options bag around a signal is a scope. */
export function bagOf(signal: string): string {
  return signal === MEMBER.signal ? `{ ${signal} }` : `{ ${MEMBER.signal}: ${signal} }`;
}
