// Answers that are awaited before they are counted:
//
//   items.some(isReady)      (await Promise.all(items.map(isReady))).some(Boolean)
//   items.filter(isReady)    (await Promise.all(items.map(async (item) =>
//                              ((await isReady(item)) ? [item] : [])))).flat()
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { isAwaitAllowed } from '../syntax/await-allowed.js';
import { calledMember } from '../syntax/property-name.js';
import { outermost, unwrapped } from '../syntax/wrappers.js';
import { PLATFORM } from '../vocabulary.js';
import { itemCall } from './item-call.js';
import type { Place } from './place.js';

export function awaitAnswers(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  node: TSESTree.Node,
  place: Place,
): TSESLint.ReportFixFunction | undefined {
  const { sourceCode, module } = place;
  const member = calledMember(call);
  if (member === undefined || call.arguments.length !== 1 || outermost(call) !== call) {
    return undefined;
  }
  if (!isAwaitAllowed(call, module)) return undefined;
  const list = sourceCode.getText(member.object);
  const text = (mapper: string): string =>
    `(await ${PLATFORM.promise}.all(${list}.map(${mapper})))`;
  if (member.name === 'some' || member.name === 'every') {
    return replacing(call, `${text(sourceCode.getText(node))}.${member.name}(Boolean)`);
  }
  const asked = member.name === 'filter' ? itemCall(unwrapped(node), place) : undefined;
  if (asked === undefined || givesNothing(node, place)) return undefined;
  const { item, work } = asked;
  const mapper = `async (${item}) => ((await ${work}) ? [${item}] : [])`;
  return replacing(call, `${text(mapper)}.flat()`);
}

/** What gives nothing is no answer, and TypeScript lets nobody test it. */
function givesNothing(node: TSESTree.Node, { types }: Place): boolean {
  const asked = types?.value(node);
  const answers = asked?.returns.flatMap(({ results }) => results) ?? [];
  return answers.some(({ isVoid }) => isVoid);
}

function replacing(node: TSESTree.Node, text: string): TSESLint.ReportFixFunction {
  return (fixer) => fixer.replaceText(node, text);
}
