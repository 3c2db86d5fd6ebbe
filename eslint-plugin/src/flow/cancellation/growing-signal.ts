// What a round of a loop adds to a signal that was there before the loop.
//
//   signal = AbortSignal.any([signal, next])         while (…) signal.addEventListener('abort', stop)
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../../syntax/descendants.js';
import { enclosingRun, isInside } from '../../syntax/enclosing.js';
import { isGlobalName } from '../../syntax/mooring-reference.js';
import { calledMember, propertyName } from '../../syntax/property-name.js';
import { type SourceCode, variableOf } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';
import { PLATFORM } from '../../vocabulary.js';
import { isLoop } from '../../syntax/loops.js';

const COMBINING = `${PLATFORM.abortSignal}.any`;

/** `signal` of `signal = AbortSignal.any([signal, …])`. */
export function signalAddedTo(
  { left, right, operator }: TSESTree.AssignmentExpression,
  sourceCode: SourceCode,
): TSESTree.Identifier | undefined {
  if (left.type !== 'Identifier' || operator !== '=') return undefined;
  const call = unwrapped(right);
  if (call.type !== 'CallExpression' || !isGlobalName(call.callee, COMBINING, sourceCode)) {
    return undefined;
  }
  const list = call.arguments[0] && unwrapped(call.arguments[0]);
  const parts = list?.type === 'ArrayExpression' ? list.elements : [];
  const isPart = parts.some((part) => part !== null && isSame(part, left.name));
  return isPart ? left : undefined;
}

function isSame(part: TSESTree.Node, name: string): boolean {
  const node = unwrapped(part.type === 'SpreadElement' ? part.argument : part);
  return node.type === 'Identifier' && node.name === name;
}

/** The loop that goes round the node, in which the name is not declared. */
export function loopAround(
  name: TSESTree.Identifier,
  sourceCode: SourceCode,
): TSESTree.Node | undefined {
  const run = enclosingRun(name);
  const declared = variableOf(name, sourceCode)?.identifiers[0];
  for (
    let node = name.parent as TSESTree.Node | undefined;
    node && node !== run;
    node = node.parent
  ) {
    if (!isLoop(node)) continue;
    if (declared === undefined || !isInside(declared, node)) return node;
  }
  return undefined;
}

/** `signal` of a listener for its abort that a loop adds and no line of the loop removes. */
export function signalListenedTo(
  call: TSESTree.CallExpression,
  sourceCode: SourceCode,
): TSESTree.Node | undefined {
  const member = calledMember(call);
  if (member?.name !== 'addEventListener' || !isAbort(call.arguments[0])) return undefined;
  const root = rootOf(member.object);
  const loop = root && loopAround(root, sourceCode);
  if (loop === undefined || endsByItself(call) || leaves(call, loop)) return undefined;
  const text = sourceCode.getText(member.object);
  const isRemoved = [...descendants(loop, sourceCode)].some((node) => {
    const other = node.type === 'CallExpression' ? calledMember(node) : undefined;
    return other?.name === 'removeEventListener' && sourceCode.getText(other.object) === text;
  });
  return isRemoved ? undefined : member.object;
}

function isAbort(given: TSESTree.Node | undefined): boolean {
  return given?.type === 'Literal' && given.value === 'abort';
}

/** `{ signal }` takes the listener away when that signal aborts. */
function endsByItself(call: TSESTree.CallExpression): boolean {
  const options = call.arguments[2];
  if (options === undefined || options.type === 'Literal') return false;
  if (options.type !== 'ObjectExpression') return true;
  return options.properties.some(
    (property) => property.type !== 'Property' || propertyName(property) === 'signal',
  );
}

/** The round in which it is added is the last one: `…; break;`, `…; return;`. */
function leaves(call: TSESTree.CallExpression, loop: TSESTree.Node): boolean {
  for (let node = call as TSESTree.Node; node !== loop && node.parent; node = node.parent) {
    if (node.parent.type !== 'BlockStatement') continue;
    const last = node.parent.body.at(-1)!.type;
    if (last === 'BreakStatement' || last === 'ReturnStatement' || last === 'ThrowStatement') {
      return true;
    }
  }
  return false;
}

function rootOf(object: TSESTree.Node): TSESTree.Identifier | undefined {
  let root = unwrapped(object);
  while (root.type === 'MemberExpression') root = unwrapped(root.object);
  return root.type === 'Identifier' ? root : undefined;
}
