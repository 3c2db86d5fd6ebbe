import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { groupAround } from '../flow/scopes/group-around.js';
import { isFunction } from '../syntax/enclosing.js';
import type { FileNames } from '../syntax/mooring-reference.js';
import { calledMember } from '../syntax/property-name.js';
import { unwrapped } from '../syntax/wrappers.js';
import { MEMBER, RUNTIME } from '../vocabulary.js';
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
  file: FileNames,
): TSESLint.ReportFixFunction | undefined {
  const { sourceCode } = file;
  const call = unwrapped(node);
  const member = calledMember(call);
  // `items?.map(…)` runs only where there are items.
  if (call.type !== 'CallExpression' || call !== node || member?.name !== method) return undefined;
  const [callback, ...rest] = call.arguments;
  if (!isFunction(callback) || callback.params.length > 1 || rest.length > 0) return undefined;
  if (callback.params[0]?.type === 'RestElement') return undefined;
  const group = groupAround(node, file);
  const given = [member.object, callback].map((part) => sourceCode.getText(part));
  return (fixer) => {
    const { names, edits } = runtimeNames([RUNTIME.group], node, sourceCode);
    const list = [...given, ...(group === undefined ? [] : [group])].join(', ');
    return [
      ...edits.map((edit) => fixer.replaceTextRange([...edit.range], edit.text)),
      fixer.replaceText(replaced, `await ${names[0]}.${MEMBER.map}(${list})`),
    ];
  };
}
