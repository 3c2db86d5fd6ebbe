// How the work of a function that nobody waits for is given to somebody: to the group around it,
// or, in place of `forEach`, to a group of its own. Each only where the rest stays right.
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { DroppedCallback } from '../flow/promises/dropping-call.js';
import { groupAround } from '../flow/scopes/group-around.js';
import { isAwaitAllowed } from '../syntax/await-allowed.js';
import { isFunction } from '../syntax/enclosing.js';
import { unwrapped } from '../syntax/wrappers.js';
import { MEMBER } from '../vocabulary.js';
import { mapTasks } from './map-tasks.js';
import type { Place } from './take-promise.js';

type Suggestion = TSESLint.SuggestionReportDescriptor<'createTask' | 'mapTasks'>;

export function ownCallback({ argument, dropping }: DroppedCallback, place: Place): Suggestion[] {
  const { call, node } = argument;
  if (dropping === 'loop') {
    const isStatement = call.parent.type === 'ExpressionStatement';
    const isAwaitable = isAwaitAllowed(call, place.file);
    const fix = isStatement && isAwaitable ? mapTasks(call, 'forEach', call, place) : undefined;
    return fix === undefined ? [] : [{ messageId: 'mapTasks', fix }];
  }
  const group = dropping === 'callback' ? groupAround(call, place) : undefined;
  const text = group === undefined ? undefined : asTask(unwrapped(node), group, place);
  if (group === undefined || text === undefined) return [];
  return [
    { messageId: 'createTask', data: { group }, fix: (fixer) => fixer.replaceText(node, text) },
  ];
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
