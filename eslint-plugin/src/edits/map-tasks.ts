import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { type FunctionNode, isFunction } from '../syntax/enclosing.js';
import { calledMember } from '../syntax/property-name.js';
import { unwrapped } from '../syntax/wrappers.js';
import { MEMBER, RUNTIME } from '../vocabulary.js';
import { asTask, parentScope, type TaskText } from './as-task.js';
import type { Place } from './place.js';
import { runtimeNames } from './runtime-import.js';

/**
 * The edit that makes `await TaskGroup.map(items, async (item) => …)` of `items.map(…)`, or of
 * another method that calls a function for each item. `undefined` where the function takes more
 * than the item: its second parameter would be another.
 */
export function mapTasks(
  node: TSESTree.Node,
  method: string,
  replaced: TSESTree.Node,
  place: Place,
  taken: '' | 'await ' = 'await ',
): TSESLint.ReportFixFunction | undefined {
  const mapping = mappingOf(node, method);
  if (mapping === undefined) return undefined;
  const { items, callback } = mapping;
  const { sourceCode } = place;
  const parent = parentScope(node, place);
  const runtime = runtimeNames([RUNTIME.group], node, place);
  if (runtime === undefined) return undefined;
  const task = asTask(callback, parent, place);
  const work = withParameter(callback, task, place) ?? sourceCode.getText(callback);
  const scope = parent === undefined ? [] : [parent.scope];
  const list = [sourceCode.getText(items), work, ...scope].join(', ');
  const text = `${taken}${runtime.names[0]}.${MEMBER.map}(${list})`;
  return (fixer) => [
    ...runtime.edits.map((edit) => fixer.replaceTextRange([...edit.range], edit.text)),
    fixer.replaceText(replaced, text),
  ];
}

/** `urls.map((url) => ({ signal }) => fetch(url, { signal }))`, of `urls.map((url) => fetch(url))`. */
export function makerOfTasks(
  node: TSESTree.Node,
  at: TSESTree.Node,
  place: Place,
): string | undefined {
  const mapping = mappingOf(node, MEMBER.map);
  if (mapping?.callback.type !== 'ArrowFunctionExpression') return undefined;
  const { items, callback } = mapping;
  const { parameter, body } = asTask(callback.body, parentScope(at, place), place);
  const { sourceCode } = place;
  const head = sourceCode.text.slice(callback.range[0], headEnd(callback, place));
  const own = `${callback.async ? 'async ' : ''}(${parameter ?? ''})`;
  const outer = head.replace(/^async\s*/, '').trim();
  const type = callback.returnType ? sourceCode.getText(callback.returnType) : '';
  return `${sourceCode.getText(items)}.${MEMBER.map}(${outer} => ${own}${type} => ${body})`;
}

interface Mapping {
  readonly items: TSESTree.Node;
  readonly callback: FunctionNode;
}

function mappingOf(node: TSESTree.Node, method: string): Mapping | undefined {
  const call = unwrapped(node);
  const member = calledMember(call);
  // `items?.map(…)` runs only where there are items.
  if (call.type !== 'CallExpression' || call !== node || member?.name !== method) return undefined;
  // `items.map<Promise<Pair>>(…)` says what the function gives: without it a pair is a list.
  if (call.typeArguments !== undefined) return undefined;
  const [callback, ...rest] = call.arguments;
  if (!isFunction(callback) || callback.params.length > 1 || rest.length > 0) return undefined;
  if (callback.params[0]?.type === 'RestElement') return undefined;
  return { items: member.object, callback };
}

/** `(id, { signal }) => load(id, signal)`; the function may stand without parentheses. */
function withParameter(
  callback: FunctionNode,
  { parameter, body }: TaskText,
  { sourceCode }: Place,
): string | undefined {
  const [item] = callback.params;
  if (parameter === undefined || item === undefined) return undefined;
  const [from, to] = item.range.map((at) => at - callback.range[0]) as [number, number];
  const isOpen =
    body.slice(to).trimStart().startsWith(')') || body.slice(to).trimStart().startsWith(',');
  const written = `${sourceCode.getText(item)}, ${parameter}`;
  return body.slice(0, from) + (isOpen ? written : `(${written})`) + body.slice(to);
}

/** Where the parameters of an arrow function end: before its type, or its arrow. */
function headEnd(callback: FunctionNode, { sourceCode }: Place): number {
  if (callback.returnType) return callback.returnType.range[0];
  return sourceCode.getTokenBefore(callback.body, ({ value }) => value === '=>')!.range[0];
}
