// The work of a timer as a task of the group around it.
//
//   setInterval(() => poll(url), 1_000);       group.createTask(async (context) => {
//                                                for (;;) {
//                                                  await sleep(1_000, context);
//                                                  await poll(url);
//                                                }
//                                              });
import type { TSESTree } from '@typescript-eslint/utils';

import { groupAround } from '../flow/scopes/group-around.js';
import { isFunction } from '../syntax/enclosing.js';
import type { SourceCode } from '../syntax/variable.js';
import { outermost, unwrapped } from '../syntax/wrappers.js';
import { MEMBER, RUNTIME } from '../vocabulary.js';
import type { Edit } from './edit.js';
import { indentOf, indentUnit, lineBreak, statementEnd } from './lines.js';
import type { Place } from './place.js';
import { runtimeNames } from './runtime-import.js';

export interface TimerTask {
  readonly group: string;
  readonly edits: readonly Edit[];
}

/** `undefined` without a group here, or where the work is more than one expression. */
export function timerAsTask(
  call: TSESTree.CallExpression,
  timer: { readonly hasDelay: boolean; readonly isRepeated: boolean },
  place: Place,
): TimerTask | undefined {
  const { sourceCode } = place;
  const [callback, delay, ...others] = call.arguments;
  const statement = outermost(call).parent;
  if (callback === undefined || statement?.type !== 'ExpressionStatement') return undefined;
  if (others.length > 0 || (delay !== undefined) !== timer.hasDelay) return undefined;
  const work = workOf(callback, sourceCode);
  const group = groupAround(call, place);
  if (work === undefined || group === undefined) return undefined;
  const runtime = timer.hasDelay ? runtimeNames([RUNTIME.sleep], call, place) : NOTHING;
  if (runtime === undefined) return undefined;
  const scope = NAMES.find((name) => !new RegExp(`\\b${name}\\b`).test(sourceCode.getText(call)));
  if (scope === undefined) return undefined;
  const end = statementEnd(sourceCode);
  const wait = `await ${runtime.names[0]}(${delay ? sourceCode.getText(delay) : ''}, ${scope})${end}`;
  const steps = [...(timer.hasDelay ? [wait] : []), `await ${work}${end}`];
  const newLine = lineBreak(sourceCode) + indentOf(statement, sourceCode);
  const unit = indentUnit(sourceCode);
  const body = timer.isRepeated ? ['for (;;) {', ...steps.map((step) => unit + step), '}'] : steps;
  const lines = body.map((line) => newLine + unit + line).join('');
  const parameter = timer.hasDelay ? `(${scope})` : '()';
  const text = `${group}.${MEMBER.createTask}(async ${parameter} => {${lines}${newLine}})`;
  return { group, edits: [...runtime.edits, { range: call.range, text }] };
}

const NAMES = ['context', 'scope', 'task'];

const NOTHING = { names: [], edits: [] } as const;

/** What is to be awaited: `poll()` of `poll`, of `() => void poll()`, of `() => { poll(); }`. */
function workOf(callback: TSESTree.Node, sourceCode: SourceCode): string | undefined {
  const node = unwrapped(callback);
  if (node.type === 'Identifier' || node.type === 'MemberExpression') {
    return `${sourceCode.getText(node)}()`;
  }
  if (!isFunction(node) || node.params.length > 0 || node.generator) return undefined;
  const value = onlyExpression(node.body);
  const isMade = value?.type === 'CallExpression' || value?.type === 'ImportExpression';
  return isMade ? sourceCode.getText(value) : undefined;
}

function onlyExpression(body: TSESTree.Node): TSESTree.Node | undefined {
  let value: TSESTree.Node = body;
  if (body.type === 'BlockStatement') {
    const [only, ...others] = body.body;
    if (only?.type !== 'ExpressionStatement' || others.length > 0) return undefined;
    value = only.expression;
  }
  switch (value.type) {
    case 'AwaitExpression':
      return value.argument;
    case 'UnaryExpression':
      return value.operator === 'void' ? value.argument : value;
    default:
      return value;
  }
}
