// Arrays, sets and maps, by the names of their methods: what is put in, and whether it is taken out.
// That an object is a collection only types can tell.
import type { TSESTree } from '@typescript-eslint/utils';

import type { Consumer } from './consumers.js';
import { descendants } from './descendants.js';
import { calledMember } from './property-name.js';
import type { SourceCode } from './variable.js';

/** Methods that put an argument in, and which argument that is. */
const ADDERS: ReadonlyMap<string, number | 'any'> = new Map<string, number | 'any'>([
  ['add', 0],
  ['push', 'any'],
  ['set', 1],
  ['unshift', 'any'],
]);

const REMOVERS: ReadonlySet<string | undefined> = new Set([
  ...['clear', 'delete', 'pop', 'shift', 'splice'],
]);

/** What `tasks.push(task)` adds the argument to. */
export function addedTo({
  by,
  argument,
}: Extract<Consumer, { kind: 'handed-over' }>): TSESTree.Node | undefined {
  const member = calledMember(by);
  const adds = member?.name === undefined ? undefined : ADDERS.get(member.name);
  return adds === 'any' || adds === argument ? member?.object : undefined;
}

/** Whether the file takes anything out of a collection again. */
export function isEmptied(collection: TSESTree.Node, sourceCode: SourceCode): boolean {
  const text = sourceCode.getText(collection);
  for (const node of descendants(sourceCode.ast, sourceCode)) {
    const member = calledMember(node);
    if (member === undefined || !REMOVERS.has(member.name)) continue;
    if (sourceCode.getText(member.object) === text) return true;
  }
  return false;
}

/** `items.map(load)`: the methods that call a function for each and keep what it gives. */
const MAPPERS: ReadonlySet<string | undefined> = new Set(['flatMap', 'from', 'map']);

/** The function of `items.map(load)`, of `Array.from(items, load)`. `Array.from(items)` has none. */
export function mapperOf(call: TSESTree.Node): TSESTree.Node | undefined {
  const member = calledMember(call);
  if (call.type !== 'CallExpression' || !MAPPERS.has(member?.name)) return undefined;
  const mapper = call.arguments[member?.name === 'from' ? 1 : 0];
  return mapper?.type === 'SpreadElement' ? undefined : mapper;
}

/** Whether a call could start one thing for each of a collection. */
export function isMapping(call: TSESTree.Node): boolean {
  return mapperOf(call) !== undefined;
}
