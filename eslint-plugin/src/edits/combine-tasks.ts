// What makes tasks of the work that `Promise.all`, `any` and `race` start.
//
//   Promise.all([charge(), ship()])               TaskGroup.all([() => charge(), () => ship()])
//   Promise.race([fetch(a), fetch(b)])            TaskGroup.race([({ signal }) => fetch(a, { signal }), …])
//   await Promise.all(ids.map(load))              await TaskGroup.map(ids, load)
//   Promise.any(urls.map((url) => fetch(url)))    TaskGroup.any(urls.map((url) => ({ signal }) => …))
//   Promise.all(Object.values({ a: load() }))     TaskGroup.allKeyed({ a: () => load() })
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { CombiningCall } from '../flow/promises/combined-work.js';
import { pausesIn } from '../flow/scopes/group-around.js';
import { consumerOf } from '../syntax/consumers.js';
import { calledMember } from '../syntax/property-name.js';
import { outermost, unwrapped } from '../syntax/wrappers.js';
import { MEMBER, RUNTIME } from '../vocabulary.js';
import { asTask, parentScope } from './as-task.js';
import { makerOfTasks, mapTasks } from './map-tasks.js';
import { keepsNarrowing } from './narrowing.js';
import type { Place } from './place.js';
import { runtimeNames } from './runtime-import.js';

type Suggestion = TSESLint.SuggestionReportDescriptor<'combineTasks' | 'mapTasks'>;

export function combineTasks(combining: CombiningCall, place: Place): Suggestion[] {
  const { call, combinator, list } = combining;
  if (list.type === 'ObjectExpression') return combineKeyed(call, list, place);
  if (list.type === 'ArrayExpression') {
    const works = list.elements.map((element) => workOf(element, call, place));
    if (works.includes(undefined)) return [];
    if (!keepsNarrowing(list.elements as TSESTree.Node[], place.sourceCode)) return [];
    return combine(call, combinator, `[${works.join(', ')}]`, place);
  }
  if (combinator === 'all') {
    const taker = awaited(call);
    const fix = mapTasks(list, MEMBER.map, taker ?? call, place, taker ? 'await ' : '');
    return fix === undefined ? [] : [{ messageId: 'mapTasks', fix }];
  }
  const text = makerOfTasks(list, call, place);
  return text === undefined ? [] : combine(call, combinator, text, place);
}

function combine(
  call: TSESTree.CallExpression,
  combinator: string,
  works: string,
  place: Place,
  replaced: TSESTree.Node = call,
  written = (combined: string): string => combined,
): Suggestion[] {
  const runtime = runtimeNames([RUNTIME.group], call, place);
  if (runtime === undefined) return [];
  const parent = parentScope(call, place);
  const given = [works, ...(parent === undefined ? [] : [parent.scope])].join(', ');
  const text = written(`${runtime.names[0]}.${combinator}(${given})`);
  return [
    {
      messageId: 'combineTasks',
      data: { name: `${RUNTIME.group}.${combinator}` },
      fix: (fixer) => [
        ...runtime.edits.map((edit) => fixer.replaceTextRange([...edit.range], edit.text)),
        fixer.replaceText(replaced, text),
      ],
    },
  ];
}

/** Of an object the values were wanted, in the order in which they are written. */
function combineKeyed(
  call: TSESTree.CallExpression,
  { properties }: TSESTree.ObjectExpression,
  place: Place,
): Suggestion[] {
  const taker = awaited(call);
  const works = properties.map((property) => {
    if (property.type !== 'Property' || property.computed || property.method) return undefined;
    const work = workOf(property.value as TSESTree.Expression, call, place);
    return work && `${place.sourceCode.getText(property.key)}: ${work}`;
  });
  if (taker === undefined || works.includes(undefined)) return [];
  const isTaken = consumerOf(taker).kind !== 'dropped';
  return combine(call, ALL_KEYED, `{ ${works.join(', ')} }`, place, taker, (combined) =>
    isTaken ? `Object.values(await ${combined})` : `await ${combined}`,
  );
}

const ALL_KEYED = 'allKeyed';

function awaited(call: TSESTree.Node): TSESTree.AwaitExpression | undefined {
  const { by } = consumerOf(call);
  return by.type === 'AwaitExpression' ? by : undefined;
}

/** A function that starts what a part of the list starts. Only a call is started later as well. */
function workOf(
  part: TSESTree.Expression | TSESTree.SpreadElement | null,
  call: TSESTree.CallExpression,
  place: Place,
): string | undefined {
  if (part === null) return undefined;
  const node = unwrapped(part);
  if (node.type !== 'CallExpression' || calledMember(node)?.name === MEMBER.join) return undefined;
  if (pausesIn(part, place.sourceCode)) return undefined;
  const { parameter, body } = asTask(outermost(part), parentScope(call, place), place);
  return `(${parameter ?? ''}) => ${body}`;
}
