// How a promise that floats is given to somebody: as a task of the group around it, by `await`,
// or as a task of a group of its own. Each only where the rest of the code stays right.
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { groupAround, pausesIn } from '../flow/scopes/group-around.js';
import { isAwaitAllowed } from '../syntax/await-allowed.js';
import { enclosingRun, isFunction, isInside } from '../syntax/enclosing.js';
import { type FloatingValue, isMade } from '../syntax/floating-places.js';
import type { FileNames } from '../syntax/mooring-reference.js';
import { chainOf } from '../syntax/promise-chain.js';
import { unwrapped } from '../syntax/wrappers.js';
import { MEMBER, RUNTIME } from '../vocabulary.js';
import { mapTasks } from './map-tasks.js';
import { runtimeNames } from './runtime-import.js';

export type TakingId = 'awaitAll' | 'awaitIt' | 'createTask' | 'mapTasks' | 'runGroup';

type Suggestion = TSESLint.SuggestionReportDescriptor<TakingId>;
type Fixer = TSESLint.RuleFixer;

export interface Place extends FileNames {
  readonly file: string;
}

/** What to suggest for one promise. */
export function takePromise(floating: FloatingValue, place: Place): Suggestion[] {
  const suggestions: Suggestion[] = [];
  const isWork = isDroppedWhole(floating) && isMade(chainOf(floating.node).root);
  const isMovable = isWork && !pausesIn(floating.node, place.sourceCode);
  const group = isMovable ? groupAround(floating.node, place) : undefined;
  const target = replaced(floating);
  if (group !== undefined) {
    const call = `${group}.${MEMBER.createTask}`;
    suggestions.push({
      messageId: 'createTask',
      data: { group },
      fix: (fixer) => fixer.replaceText(target, `${call}(() => ${textOf(floating, place)})`),
    });
  }
  if (!couldAwait(floating.node, place)) return suggestions;
  suggestions.push({ messageId: 'awaitIt', fix: (fixer) => awaited(floating, place, fixer) });
  if (isMovable && group === undefined) suggestions.push(runGroup(floating, place));
  return suggestions;
}

/** What to suggest for an array of promises. */
export function takePromises(floating: FloatingValue, place: Place): Suggestion[] {
  if (!isDroppedWhole(floating) || !couldAwait(floating.node, place)) return [];
  const mapped = mapTasks(floating.node, MEMBER.map, replaced(floating), place);
  return [
    ...(mapped ? [{ messageId: 'mapTasks' as const, fix: mapped }] : []),
    {
      messageId: 'awaitAll',
      fix: (fixer) =>
        fixer.replaceText(replaced(floating), `await Promise.all(${textOf(floating, place)})`),
    },
  ];
}

/** Whether its value goes nowhere at all: then anything may stand in its place. */
function isDroppedWhole({ place }: FloatingValue): boolean {
  return place === 'statement' || place === 'void';
}

/** The expression to replace: `void` goes too, as far as it throws nothing else away. */
function replaced({ node, by }: FloatingValue): TSESTree.Node {
  return by.type === 'UnaryExpression' && by.argument === node ? by : node;
}

function textOf({ node }: FloatingValue, { sourceCode }: Place): string {
  const text = sourceCode.getText(node);
  return unwrapped(node).type === 'YieldExpression' ? `(${text})` : text;
}

function awaited(floating: FloatingValue, place: Place, fixer: Fixer): TSESLint.RuleFix {
  const { by, node } = floating;
  if (by.type === 'UnaryExpression' && by.operator === 'void') {
    // `void (a ? p : q)` becomes `await (a ? p : q)`, comments kept.
    const keyword = place.sourceCode.getFirstToken(by)!;
    return fixer.replaceText(keyword, 'await');
  }
  const text = textOf(floating, place);
  // `await load() as Promise<void>` would assert about the result, and not compile.
  return fixer.replaceText(node, isAssertion(node) ? `await (${text})` : `await ${text}`);
}

function isAssertion({ type }: TSESTree.Node): boolean {
  return type === 'TSAsExpression' || type === 'TSSatisfiesExpression';
}

/** `await` may stand in the run, and not in the default of a parameter or a decorator. */
function couldAwait(node: TSESTree.Node, { file }: Place): boolean {
  if (!isAwaitAllowed(node, file)) return false;
  const run = enclosingRun(node);
  return !isFunction(run) || isInside(node, run.body);
}

function runGroup(floating: FloatingValue, place: Place): Suggestion {
  const { sourceCode } = place;
  return {
    messageId: 'runGroup',
    fix: (fixer) => {
      const { names, edits } = runtimeNames([RUNTIME.group], floating.node, sourceCode);
      const line = sourceCode.lines[floating.by.loc.start.line - 1] ?? '';
      const indent = /^\s*/.exec(line)![0];
      const work = textOf(floating, place);
      const group = /\bgroup\b/.test(work) ? 'tasks' : 'group';
      const text = [
        `await ${names[0]}.${MEMBER.run}(async (${group}) => {`,
        `${indent}  ${group}.${MEMBER.createTask}(() => ${work});`,
        `${indent}})`,
      ].join('\n');
      return [
        ...edits.map((edit) => fixer.replaceTextRange([...edit.range], edit.text)),
        fixer.replaceText(replaced(floating), text),
      ];
    },
  };
}
