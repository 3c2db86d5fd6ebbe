// Callers in other files that a function hurts when it is made async:
//
//   try { discovery.start(); } catch (error) { log(error); }      no longer sees its error
//   expect(() => open('no url')).toThrow();                       it throws no more, it rejects
//   track('opened'); … track('closed');                           each drops a promise then
import type { TSESTree } from '@typescript-eslint/utils';

import { callsElsewhere } from '../project/calls-elsewhere.js';
import type { NamedIn } from '../project/project-place.js';
import { consumerOf } from '../syntax/consumers.js';
import type { FunctionNode } from '../syntax/enclosing.js';
import { isExpectedToThrow } from '../syntax/expected-throw.js';
import { propertyName } from '../syntax/property-name.js';
import { isCaught } from '../syntax/tries-around.js';
import type { Place } from './place.js';

/** So many calls somebody may look through. */
const MOST_DROPPED = 4;

export function hurtsCallers(node: FunctionNode, { file, sourceCode }: Place): boolean {
  const known = hurting.get(node);
  if (known !== undefined) return known;
  const named = nameOf(node);
  const count = (asked.get(sourceCode.ast) ?? 0) + 1;
  asked.set(sourceCode.ast, count);
  const isAsked = named !== undefined && count <= MOST_ASKED;
  const found = isAsked && isHurt(callsElsewhere(named, file));
  hurting.set(node, found);
  return found;
}

/** Of each file, how many functions were asked about. Nobody follows so many suggestions. */
const asked = new WeakMap<TSESTree.Node, number>();
const MOST_ASKED = 20;

/** The advice asks, and the suggestion. */
const hurting = new WeakMap<FunctionNode, boolean>();

function isHurt(calls: readonly TSESTree.CallExpression[]): boolean {
  const unawaited = calls.filter((call) => consumerOf(call).kind !== 'awaited');
  const dropped = unawaited.filter((call) => consumerOf(call).kind === 'dropped');
  if (dropped.length > MOST_DROPPED) return true;
  return unawaited.some((call) => isCaught(call) || isExpectedToThrow(call));
}

/** What others may call it by: nothing of what only its own file has. */
function nameOf(node: FunctionNode): NamedIn | undefined {
  const { parent } = node;
  if (parent.type === 'MethodDefinition') {
    const name = propertyName(parent);
    const owner = parent.parent.parent.id?.name;
    return name === undefined || name.startsWith('#') || owner === undefined
      ? undefined
      : { owner, name };
  }
  const named = node.type === 'FunctionDeclaration' ? node : parent;
  if (named.type !== 'FunctionDeclaration' && named.type !== 'VariableDeclarator') return undefined;
  const isOfModule = /^(Export|Program)/.test((named === node ? named : named.parent).parent!.type);
  return isOfModule && named.id?.type === 'Identifier'
    ? { owner: undefined, name: named.id.name }
    : undefined;
}
