// The edit that hands a signal to a call, at the place where the call takes one.
//
//   fetch(url)                     fetch(url, { signal: deadline.signal })
//   fetch(url, { method })         fetch(url, { method, signal: deadline.signal })
//   fetch(url, init)               fetch(url, { ...init, signal: deadline.signal })
//   fetch(url, init)               fetch(url, { ...init, ...(signal && { signal }) }), where it may be missing
//   fetch(url, { signal: outer })  fetch(url, { signal: deadline.signal })
//   load(id)                       load(id, deadline.signal)
//   sleep(100)                     sleep(100, deadline)
import type { TSESTree } from '@typescript-eslint/utils';

import { isUndefined } from '../syntax/literal-value.js';
import { isOpenlyTyped } from '../syntax/open-annotation.js';
import { propertyName } from '../syntax/property-name.js';
import type { ScopeText } from '../syntax/scope-text.js';
import type { SourceCode } from '../syntax/variable.js';
import { unwrapped } from '../syntax/wrappers.js';
import { MEMBER } from '../vocabulary.js';
import type { Edit } from './edit.js';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** Where a call takes a signal: the argument, and the property of it. */
interface Slot {
  readonly argument: number;
  readonly property: string | undefined;
  /** Whether options with nothing but the signal would not do. */
  needsMore?(): boolean;
}

/**
 * `undefined` where the text does not settle how: a spread, a string where options may stand, options that
 * have to be made of more than the signal.
 */
export function handSignal(
  call: Call,
  slots: readonly Slot[],
  scope: ScopeText,
  sourceCode: SourceCode,
): Edit | undefined {
  if (call.arguments.some(({ type }) => type === 'SpreadElement')) return undefined;
  return (
    first(slots, (slot) => replaced(call.arguments[slot.argument], slot, scope)) ??
    appended(call, slots, scope, sourceCode) ??
    first(slots, (slot) => spread(call.arguments[slot.argument], slot, scope, sourceCode))
  );
}

function first(slots: readonly Slot[], editOf: (slot: Slot) => Edit | undefined): Edit | undefined {
  for (const slot of slots) {
    const edit = editOf(slot);
    if (edit !== undefined) return edit;
  }
  return undefined;
}

/** Options that are written out, or a signal in its place. */
function replaced(
  given: TSESTree.Node | undefined,
  { property }: Slot,
  scope: ScopeText,
): Edit | undefined {
  const node = given && unwrapped(given);
  if (property !== undefined) {
    return node?.type === 'ObjectExpression' ? merged(node, property, scope) : undefined;
  }
  const isPlain = node?.type === 'Identifier' || node?.type === 'MemberExpression';
  return given && isPlain ? { range: given.range, text: scope.signal, replaced: node } : undefined;
}

/** Options that have a name; nothing tells a string of the same name from them. */
function spread(
  given: TSESTree.Node | undefined,
  { property }: Slot,
  scope: ScopeText,
  sourceCode: SourceCode,
): Edit | undefined {
  const node = given && unwrapped(given);
  if (given === undefined || node?.type !== 'Identifier' || property === undefined)
    return undefined;
  if (isUndefined(node)) return { range: given.range, text: `{ ${entry(property, scope)} }` };
  // The callee takes what the name is, whatever that is.
  const assertion = isOpenlyTyped(node, sourceCode) ? ` as typeof ${node.name}` : '';
  const text = `{ ...${node.name}, ${entry(property, scope)} }${assertion}`;
  return { range: given.range, text };
}

function merged(node: TSESTree.ObjectExpression, property: string, signal: ScopeText): Edit {
  for (const other of node.properties) {
    if (other.type !== 'Property' || propertyName(other) !== property) continue;
    return { range: other.range, text: entry(property, signal), replaced: unwrapped(other.value) };
  }
  const last = node.properties.at(-1);
  return last === undefined
    ? { range: node.range, text: `{ ${entry(property, signal)} }` }
    : { range: [last.range[1], last.range[1]], text: `, ${entry(property, signal)}` };
}

function appended(
  call: Call,
  slots: readonly Slot[],
  scope: ScopeText,
  sourceCode: SourceCode,
): Edit | undefined {
  const count = call.arguments.length;
  const free = slots.filter((each) => each.argument >= count);
  const sorted = free.sort((a, b) => a.argument - b.argument);
  const slot = sorted.find((each) => each.needsMore?.() !== true);
  if (slot === undefined) return undefined;
  const { argument, property } = slot;
  const whole = property === MEMBER.signal ? scope.scope : undefined;
  const value = property === undefined ? scope.signal : (whole ?? `{ ${entry(property, scope)} }`);
  const text = [...Array<string>(argument - count).fill('undefined'), value].join(', ');
  const last = call.arguments.at(-1);
  if (last !== undefined) return { range: [last.range[1], last.range[1]], text: `, ${text}` };
  const [open, close] = sourceCode.getLastTokens(call, 2);
  // `new Client` has no parentheses, and those of `new (Client)` are of the callee.
  if (open?.value !== '(' || close?.value !== ')') {
    return { range: [call.range[1], call.range[1]], text: `(${text})` };
  }
  return { range: [close.range[0], close.range[0]], text };
}

function entry(property: string, { signal, isPerhaps }: ScopeText): string {
  const text = property === signal ? property : `${property}: ${signal}`;
  return isPerhaps === true ? `...(${signal} && { ${text} })` : text;
}
