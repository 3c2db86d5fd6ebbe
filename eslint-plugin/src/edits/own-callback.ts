// How the work of a function that nobody waits for is given to somebody: to the group around it;
// in place of `forEach`, to a loop that waits or to a group of its own; of an executor, its errors
// to the promise that it makes. Each only where the rest stays right.
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { DroppedCallback } from '../flow/promises/dropped-callbacks.js';
import { groupAround } from '../flow/scopes/group-around.js';
import { isAwaitAllowed } from '../syntax/await-allowed.js';
import { isFunction } from '../syntax/enclosing.js';
import { unwrapped } from '../syntax/wrappers.js';
import { MEMBER } from '../vocabulary.js';
import { awaitAnswers } from './await-answers.js';
import { forOfInstead } from './for-of-instead.js';
import { mapTasks } from './map-tasks.js';
import { keepsNarrowing } from './narrowing.js';
import type { Place } from './place.js';
import { rejectInstead } from './reject-instead.js';

export type OwningId =
  | 'awaitAnswers'
  | 'createTask'
  | 'forOf'
  | 'forOfAsync'
  | 'forOfAsyncOpen'
  | 'mapTasks'
  | 'rejectErrors';

type Suggestion = TSESLint.SuggestionReportDescriptor<OwningId>;

export function ownCallback({ argument, dropping }: DroppedCallback, place: Place): Suggestion[] {
  const { call, node } = argument;
  switch (dropping) {
    case 'executor':
      return suggest('rejectErrors', rejectInstead(node, place));
    case 'predicate':
      return suggest('awaitAnswers', awaitAnswers(call, node, place));
    case 'loop':
      return call.type === 'CallExpression' ? ownLoop(call, place) : [];
    case 'callback':
      return ownTask(node, call, place);
    case 'settler':
    case 'throw':
      return [];
  }
}

function suggest(
  messageId: OwningId,
  fix: TSESLint.ReportFixFunction | undefined,
  data: Record<string, string> = {},
): Suggestion[] {
  return fix === undefined ? [] : [{ messageId, data, fix }];
}

function ownLoop(call: TSESTree.CallExpression, place: Place): Suggestion[] {
  const loop = forOfInstead(call, place);
  const isStatement = call.parent.type === 'ExpressionStatement';
  const isAwaitable = isStatement && isAwaitAllowed(call, place.module);
  const mapped = isAwaitable ? mapTasks(call, 'forEach', call, place) : undefined;
  const { made } = loop ?? {};
  const messageId = !made ? 'forOf' : made.isOpen ? 'forOfAsyncOpen' : 'forOfAsync';
  return [
    ...suggest(messageId, loop?.fix, { name: made?.name ?? 'the function around' }),
    ...suggest('mapTasks', mapped),
  ];
}

function ownTask(node: TSESTree.Node, call: TSESTree.Node, place: Place): Suggestion[] {
  const group = groupAround(call, place);
  if (group === undefined) return [];
  const callback = unwrapped(node);
  const text = keepsNarrowing([callback], place.sourceCode)
    ? asTask(callback, group, place)
    : undefined;
  const fix = text === undefined ? undefined : replacing(node, text);
  return suggest('createTask', fix, { group });
}

function replacing(node: TSESTree.Node, text: string): TSESLint.ReportFixFunction {
  return (fixer) => fixer.replaceText(node, text);
}

/** `async (x) => …` as `(x) => { group.createTask(async () => …); }`. */
function asTask(callback: TSESTree.Node, group: string, { sourceCode }: Place): string | undefined {
  const createTask = `${group}.${MEMBER.createTask}`;
  if (callback.type === 'Identifier') {
    return `(...args) => { ${createTask}(() => ${callback.name}(...args)); }`;
  }
  // A `function` may be called with a `this`, which a task would not have.
  if (callback.type !== 'ArrowFunctionExpression' || !isFunction(callback)) return undefined;
  const arrow = sourceCode.getTokenBefore(callback.body, ({ value }) => value === '=>');
  if (arrow === null) return undefined;
  const head = sourceCode.text
    .slice(callback.range[0], callback.returnType?.range[0] ?? arrow.range[0])
    .replace(/^async\s*/, '')
    .trim();
  const body = sourceCode.text.slice(arrow.range[1], callback.range[1]).trim();
  const prefix = callback.async ? 'async ' : '';
  return `${head} => { ${createTask}(${prefix}() => ${body}); }`;
}
