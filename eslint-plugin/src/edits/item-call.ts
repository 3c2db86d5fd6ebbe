// The call that a method of a list makes for each item: `save(item)` of `items.forEach(save)`, and
// `isActive(user)` of `users.filter(async (user) => isActive(user))`.
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../syntax/descendants.js';
import { functionOf, type SourceCode } from '../syntax/variable.js';
import type { Place } from './place.js';

export interface ItemCall {
  /** The name of the item. */
  readonly item: string;
  /** What is to be awaited. */
  readonly work: string;
}

/** `undefined` where more than the item may be handed over, or where nobody can tell. */
export function itemCall(callback: TSESTree.Node, { sourceCode }: Place): ItemCall | undefined {
  if (callback.type === 'Identifier') {
    const called = functionOf(callback, sourceCode);
    const [first, ...rest] = called?.params ?? [];
    if (first === undefined || first.type === 'RestElement' || rest.length > 0) return undefined;
    const item = freeName(sourceCode);
    return item === undefined ? undefined : { item, work: `${callback.name}(${item})` };
  }
  if (callback.type !== 'ArrowFunctionExpression' || callback.params.length !== 1) return undefined;
  const [item] = callback.params;
  const { body } = callback;
  if (item?.type !== 'Identifier' || body.type === 'BlockStatement') return undefined;
  const work = sourceCode.getText(body.type === 'AwaitExpression' ? body.argument : body);
  const isCall = body.type === 'AwaitExpression' || body.type === 'CallExpression';
  return { item: item.name, work: isCall ? work : `(${work})` };
}

/** A name that no line of the file has. */
function freeName(sourceCode: SourceCode): string | undefined {
  const taken = new Set<string>();
  for (const node of descendants(sourceCode.ast, sourceCode)) {
    if (node.type === 'Identifier') taken.add(node.name);
  }
  return ['item', 'each', 'element', 'entry'].find((name) => !taken.has(name));
}
