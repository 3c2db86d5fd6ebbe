// `TaskGroup.all([() => charge(), () => ship()])` in place of `Promise.all([charge(), ship()])`, and
// `await TaskGroup.map(ids, load)` in place of `await Promise.all(ids.map(load))`.
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { CombiningCall } from '../flow/promises/combined-work.js';
import { groupAround, pausesIn } from '../flow/scopes/group-around.js';
import { consumerOf } from '../syntax/consumers.js';
import { outermost, unwrapped } from '../syntax/wrappers.js';
import { RUNTIME } from '../vocabulary.js';
import { mapTasks } from './map-tasks.js';
import { keepsNarrowing } from './narrowing.js';
import type { Place } from './place.js';
import { runtimeNames } from './runtime-import.js';

type Suggestion = TSESLint.SuggestionReportDescriptor<'combineTasks' | 'mapTasks'>;

export function combineTasks(combining: CombiningCall, place: Place): Suggestion[] {
  const { call, combinator, list } = combining;
  if (list.type !== 'ArrayExpression') {
    const taken = consumerOf(call);
    if (combinator !== 'all' || taken.by.type !== 'AwaitExpression') return [];
    const fix = mapTasks(list, 'map', taken.by, place);
    return fix === undefined ? [] : [{ messageId: 'mapTasks', fix }];
  }
  const works = list.elements.map((element) => workOf(element, place));
  if (works.includes(undefined)) return [];
  if (!keepsNarrowing(list.elements as TSESTree.Node[], place.sourceCode)) return [];
  const runtime = runtimeNames([RUNTIME.group], call, place);
  if (runtime === undefined) return [];
  const group = groupAround(call, place);
  const given = [`[${works.join(', ')}]`, ...(group === undefined ? [] : [group])].join(', ');
  return [
    {
      messageId: 'combineTasks',
      data: { name: `${RUNTIME.group}.${combinator}` },
      fix: (fixer) => [
        ...runtime.edits.map((edit) => fixer.replaceTextRange([...edit.range], edit.text)),
        fixer.replaceText(call, `${runtime.names[0]}.${combinator}(${given})`),
      ],
    },
  ];
}

/** A function that starts what an element of the list starts. Only a call is started later as well. */
function workOf(
  element: TSESTree.Expression | TSESTree.SpreadElement | null,
  { sourceCode }: Place,
): string | undefined {
  if (element === null || unwrapped(element).type !== 'CallExpression') return undefined;
  if (pausesIn(element, sourceCode)) return undefined;
  return `() => ${sourceCode.getText(outermost(element))}`;
}
