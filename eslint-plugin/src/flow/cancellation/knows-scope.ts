// Whether what a call is handed comes from the very object that has the signal, and ends with it:
//
//   (cursor: FindCursor) => once(cursor.stream(), 'data')
//   const body = request.stream(); await pipeline(body, file);
import type { TSESTree } from '@typescript-eslint/utils';

import { calledMember } from '../../syntax/property-name.js';
import { constantInit, rootVariable, type SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { Types } from '../../types/types.js';

/** `signal` is how the signal is written: `cursor.signal`. A text or a number from there knows nothing. */
export function knowsScope(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  signal: string,
  { sourceCode, types }: { readonly sourceCode: SourceCode; readonly types: Types },
): boolean {
  const owner = signal.split(/\??\./)[0]!;
  const made = call.arguments.filter((given) => isMadeBy(given, owner, sourceCode));
  return types.values(made).some(({ isPlain, isUntyped }) => !isPlain && !isUntyped);
}

function isMadeBy(given: TSESTree.Node, owner: string, sourceCode: SourceCode): boolean {
  const node = unwrapped(given);
  const variable = node.type === 'Identifier' ? rootVariable(node, sourceCode) : undefined;
  const init = variable ? constantInit(variable) : node;
  const value = init && unwrapped(init.type === 'AwaitExpression' ? init.argument : init);
  const object = value && calledMember(value)?.object;
  return object?.type === 'Identifier' && object.name === owner;
}
