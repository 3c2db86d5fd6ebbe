import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { groupAround } from '../flow/scopes/group-around.js';
import { isFunction } from '../syntax/enclosing.js';
import { calledMember } from '../syntax/property-name.js';
import { unwrapped } from '../syntax/wrappers.js';
import { MEMBER, RUNTIME } from '../vocabulary.js';
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
): TSESLint.ReportFixFunction | undefined {
  const { sourceCode } = place;
  const call = unwrapped(node);
  const member = calledMember(call);
  // `items?.map(…)` runs only where there are items.
  if (call.type !== 'CallExpression' || call !== node || member?.name !== method) return undefined;
  const [callback, ...rest] = call.arguments;
  if (!isFunction(callback) || callback.params.length > 1 || rest.length > 0) return undefined;
  if (callback.params[0]?.type === 'RestElement') return undefined;
  const group = groupAround(node, place);
  const given = [member.object, callback].map((part) => sourceCode.getText(part));
  const runtime = runtimeNames([RUNTIME.group], node, place);
  if (runtime === undefined) return undefined;
  const list = [...given, ...(group === undefined ? [] : [group])].join(', ');
  return (fixer) => [
    ...runtime.edits.map((edit) => fixer.replaceTextRange([...edit.range], edit.text)),
    fixer.replaceText(replaced, `await ${runtime.names[0]}.${MEMBER.map}(${list})`),
  ];
}
