// What a list that has a name is filled with, where each line that fills it can be seen:
//
//   const jobs = [load()];
//   for (const page of pages) jobs.push(save(page));
//   await Promise.all(jobs);
import type { TSESTree } from '@typescript-eslint/utils';

import { addedTo } from './collection.js';
import { consumerOf } from './consumers.js';
import { promiseStatic } from './promise-static.js';
import { propertyName } from './property-name.js';
import { constantInit, onlyDefinition, type SourceCode, variableOf } from './variable.js';
import { unwrapped } from './wrappers.js';

/** The expressions put into a list; `undefined` where what fills it cannot be told. */
export function contentsOf(
  list: TSESTree.Node,
  sourceCode: SourceCode,
): readonly TSESTree.Node[] | undefined {
  const name = unwrapped(list);
  const variable = name.type === 'Identifier' ? variableOf(name, sourceCode) : undefined;
  if (variable === undefined || onlyDefinition(variable)?.type !== 'Variable') return undefined;
  const made = unwrapped(constantInit(variable) ?? name);
  if (made.type !== 'ArrayExpression') return undefined;
  const contents: TSESTree.Node[] = made.elements.filter((element) => element !== null);
  for (const { identifier, init } of variable.references) {
    if (init === true) continue;
    const added = addedAt(identifier, sourceCode);
    if (added === undefined) return undefined;
    contents.push(...added);
  }
  return contents;
}

/** What one mention of a list puts into it: nothing where it is only read. */
function addedAt(
  mention: TSESTree.Node,
  sourceCode: SourceCode,
): readonly TSESTree.Node[] | undefined {
  const { parent } = mention;
  if (parent?.type === 'MemberExpression' && parent.object === mention) return addedBy(parent);
  const taken = consumerOf(mention);
  if (taken.kind === 'handed-over') {
    return promiseStatic(taken.by, sourceCode) === undefined ? undefined : [];
  }
  return taken.kind === 'stored' || taken.kind === 'returned' ? undefined : [];
}

function addedBy(member: TSESTree.MemberExpression): readonly TSESTree.Node[] | undefined {
  const call = member.parent;
  if (call.type !== 'CallExpression' || call.callee !== member) {
    return propertyName(member) === 'length' ? [] : undefined;
  }
  const isAdded = (_: TSESTree.Node, argument: number): boolean =>
    addedTo({ kind: 'handed-over', by: call, argument }) === member.object;
  if (call.arguments.some(isAdded)) return call.arguments;
  return READERS.has(propertyName(member)) ? [] : undefined;
}

const READERS: ReadonlySet<string | undefined> = new Set([
  ...['every', 'filter', 'forEach', 'includes', 'map', 'pop', 'push', 'shift', 'slice', 'some'],
]);
