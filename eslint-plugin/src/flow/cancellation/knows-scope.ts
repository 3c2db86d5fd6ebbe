// Whether what a call is handed comes from the very object that has the signal, and ends with it:
//
//   (cursor: FindCursor) => once(cursor.stream(), 'data')
//   const body = request.stream(); await pipeline(body, file);
//   async (t: TestContext) => { await t.test('a part', …); }          a method of the object itself
//
// And whether a function that it is handed knows the signal, written in the place or held by a name.
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../../syntax/descendants.js';
import { type FunctionNode, isFunction, isInside } from '../../syntax/enclosing.js';
import { heldFunctionOf } from '../../syntax/held-callback.js';
import { ownMethod } from '../../syntax/own-method.js';
import { calledMember } from '../../syntax/property-name.js';
import { constantInit, rootVariable, type SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import type { Types } from '../../types/types.js';
import { MEMBER } from '../../vocabulary.js';
import type { ScopeAtHand } from '../scopes/scopes-at-hand.js';

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
  const object = types.value(member.object);
  if (object.isNullable || object.members(MEMBER.signal).some(({ isNullable }) => isNullable)) {
    return false;
  }
  const [ofSignal, ofMethod] = [MEMBER.signal, member.name].map((name) =>
    object.memberOrigin(name),
  );
  return ofSignal?.file === ofMethod?.file && ofSignal?.parents[0] === ofMethod?.parents[0];
}

/**
 * `retry(() => load(url, { signal }), { attempts: 3 })`, `retry(loadPage)`, `retry({ run: loadPage })`,
 * `retry(() => loadPage())`, each of which ends with the signal.
 */
export function knowsInCallback(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  scope: ScopeAtHand,
  sourceCode: SourceCode,
): boolean {
  return call.arguments.some((given) => knowsInFunction(given, scope, sourceCode, DEEPEST));
}

/** From function to function, as far as a person would look. */
const DEEPEST = 2;

/** What is handed over with more parts than this is data. */
const MOST_PARTS = 300;

function knowsInFunction(
  given: TSESTree.Node,
  scope: ScopeAtHand,
  sourceCode: SourceCode,
  depth: number,
): boolean {
  let parts = 0;
  for (const node of descendants(given, sourceCode)) {
    if (parts++ > MOST_PARTS) return false;
    const held = isFunction(node) ? node : heldBy(node, sourceCode);
    if (held === undefined) continue;
    if (mentions(held, scope, sourceCode)) return true;
    if (depth > 0 && held !== node && knowsInFunction(held, scope, sourceCode, depth - 1))
      return true;
  }
  return false;
}

function heldBy(node: TSESTree.Node, sourceCode: SourceCode): FunctionNode | undefined {
  if (node.type === 'Identifier') return heldFunctionOf(node, sourceCode);
  return node.type === 'MemberExpression' ? ownMethod(node) : undefined;
}

function mentions(
  held: FunctionNode,
  { signal, variable }: ScopeAtHand,
  sourceCode: SourceCode,
): boolean {
  if (variable === undefined) return sourceCode.getText(held).includes(signal);
  return variable.references.some(({ identifier }) => isInside(identifier, held));
}
