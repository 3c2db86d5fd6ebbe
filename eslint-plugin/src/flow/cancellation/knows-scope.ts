// Whether what a call is handed comes from the very object that has the signal, and ends with it:
//
//   (cursor: FindCursor) => once(cursor.stream(), 'data')
//   const body = request.stream(); await pipeline(body, file);
//   async (t: TestContext) => { await t.test('a part', …); }          a method of the object itself
import type { TSESTree } from '@typescript-eslint/utils';

import { calledMember } from '../../syntax/property-name.js';
import { constantInit, rootVariable, type SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { Types } from '../../types/types.js';
import { MEMBER } from '../../vocabulary.js';

/** `signal` is how the signal is written: `cursor.signal`. A text or a number from there knows nothing. */
export function knowsScope(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  signal: string,
  { sourceCode, types }: { readonly sourceCode: SourceCode; readonly types: Types },
): boolean {
  const owner = signal.split(/\??\./)[0]!;
  if (isMethodOf(call, signal, types)) return true;
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

/**
 * A method of the object with the signal, which it always has. Options are another thing: they may have a
 * signal, and a function that somebody has put into them.
 */
function isMethodOf(call: TSESTree.Node, signal: string, types: Types): boolean {
  const member = calledMember(call);
  if (member?.object.type !== 'Identifier' || member.name === undefined) return false;
  if (signal !== `${member.object.name}.${MEMBER.signal}`) return false;
  const [object] = types.values([member.object]);
  if (object!.isNullable || object!.members(MEMBER.signal).some(({ isNullable }) => isNullable)) {
    return false;
  }
  const [ofSignal, ofMethod] = [MEMBER.signal, member.name].map((name) =>
    object!.memberOrigin(name),
  );
  return ofSignal?.file === ofMethod?.file && ofSignal?.parents[0] === ofMethod?.parents[0];
}
