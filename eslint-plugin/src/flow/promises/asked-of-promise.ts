// Calls that are handed a promise to look at the promise itself, and have no use for its result:
//
//   assert.ok(isPromise(load()));             what it is
//   assert.strictEqual(load(), cached);       whether it is the same one
//   expect(get('a')).toBe(get('a'));
import type { TSESTree } from '@typescript-eslint/utils';

import { calledMember, calledName } from '../../syntax/property-name.js';
import { outermost, unwrapped } from '../../syntax/wrappers.js';
import type { CallNode, Types } from '../../types/types.js';

const LOOKING = /promise|thenable|^(inspect|instanceOf|isInstance|type|typeOf)$/i;

export function asksOfPromise(call: CallNode, promise: TSESTree.Node, types: Types): boolean {
  if (call.type === 'TaggedTemplateExpression') return false;
  if (LOOKING.test(calledName(call) ?? '')) return true;
  const others = call.arguments.filter((argument) => argument !== outermost(promise));
  return [...others, ...subjectsOf(call)].some(
    (value) => value.type !== 'SpreadElement' && types.value(value).promise === 'yes',
  );
}

/**
 * `load.mockReturnValue(pending)`: the stand-in is to give the promise itself, as what it stands for
 * does. What is to be its result, `load.mockResolvedValue(respond())`, it takes over as any promise does.
 */
export function tellsDouble(call: CallNode): boolean {
  const member = calledMember(call);
  return member?.name !== undefined && GIVING.test(member.name);
}

const GIVING = /^(mock(Resolved|Return)Value(Once)?|resolves|returns|then(Resolve|Return))$/;

/** `load()` of `expect(load()).to.equal(…)`. */
function subjectsOf(call: TSESTree.Node): readonly TSESTree.Node[] {
  for (let object = calledMember(call)?.object; object !== undefined;) {
    const node = unwrapped(object);
    if (node.type === 'CallExpression') return node.arguments;
    object = node.type === 'MemberExpression' ? node.object : undefined;
  }
  return [];
}
