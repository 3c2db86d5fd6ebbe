// What the other awaits of a file say of a call that nobody awaits.
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from './consumers.js';
import { descendants } from './descendants.js';
import { statementOf } from './mistaken-drop.js';
import { calledMember, calledName } from './property-name.js';
import { type SourceCode, variableOf } from './variable.js';
import { unwrapped } from './wrappers.js';

interface Uses {
  awaited: number;
  /** Dropped, or chained, or put anywhere. */
  other: number;
  /** Dropped, or chained. */
  left: number;
}

/** How many awaits make it a habit. */
const HABIT = 2;

const uses = new WeakMap<TSESTree.Node, ReadonlyMap<string, Uses>>();

/** Whether this is the only call of its kind in the file, by its text, that is not awaited. */
export function isAwaitedElsewhere(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const call = unwrapped(node);
  if (call.type !== 'CallExpression') return false;
  const found = usesIn(sourceCode).get(sourceCode.getText(call.callee));
  return found !== undefined && found.awaited >= HABIT && found.other === 1;
}

/** How many calls that are left make it a habit. */
const HABIT_OF_LEAVING = 4;

/** Whether the file leaves a call wherever it makes it, by its text, and makes it often: `store.dispatch(…)`. */
export function isNeverAwaited(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const call = unwrapped(node);
  if (call.type !== 'CallExpression') return false;
  const found = usesIn(sourceCode).get(sourceCode.getText(call.callee));
  if (found === undefined || found.awaited > 0) return false;
  return found.left >= HABIT_OF_LEAVING && found.left === found.other;
}

/** The same of a method, or any handler out of a table: `this.feed.push(…)`, `this.handlers['saved'](page)`. */
export function isLeftMethod(call: TSESTree.Node, sourceCode: SourceCode): boolean {
  const callee = call.type === 'CallExpression' ? unwrapped(call.callee) : undefined;
  if (callee?.type !== 'MemberExpression') return false;
  return callee.computed || isNeverAwaited(call, sourceCode);
}

function usesIn(sourceCode: SourceCode): ReadonlyMap<string, Uses> {
  const known = uses.get(sourceCode.ast);
  if (known !== undefined) return known;
  const found = new Map<string, Uses>();
  for (const node of descendants(sourceCode.ast, sourceCode)) {
    if (node.type !== 'CallExpression') continue;
    const { callee } = node;
    if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression') continue;
    const text = sourceCode.getText(callee);
    const use = found.get(text) ?? { awaited: 0, other: 0, left: 0 };
    const { kind } = consumerOf(node);
    if (kind === 'awaited') use.awaited++;
    else use.other++;
    if (kind === 'dropped' || kind === 'chained') use.left++;
    found.set(text, use);
  }
  uses.set(sourceCode.ast, found);
  return found;
}

const WAITING =
  /^(advance|delay|eventually|expectEventually|flush|next|once|poll|retry|run(All|Only)|settle|sleep|tick|until|wait|when)/i;

/**
 * Whether the next statement waits for what the call brings about, or is handed what the call is of:
 *
 *     page.click('a');
 *     await page.waitForNavigation();
 *     archive.finalize();
 *     await upload(archive);
 *
 * or any later one waits for what was begun before: `const shown = page.waitFor('b')`.
 */
export function isCausedNext(node: TSESTree.Node, sourceCode: SourceCode): boolean {
  const statement = statementOf(node);
  const { parent } = statement;
  if (parent?.type !== 'BlockStatement') return false;
  const at = parent.body.indexOf(statement as TSESTree.Statement) + 1;
  const next = parent.body[at];
  if (next === undefined) return false;
  if (begunFrom(parent.body, sourceCode)[at]! <= statement.range[0]) return true;
  const root = rootOf(unwrapped(node));
  return [...descendants(next, sourceCode, 'own')].some(
    (each) =>
      (each.type === 'AwaitExpression' && isWait(each.argument)) ||
      (each.type === 'Identifier' && each.name === root && isHandedOn(each)),
  );
}

/** `archive` of `archive.finalize()`. */
function rootOf(call: TSESTree.Node): string | undefined {
  let object = calledMember(call)?.object;
  while (object?.type === 'MemberExpression') object = unwrapped(object.object);
  return object?.type === 'Identifier' ? object.name : undefined;
}

function isHandedOn({ parent }: TSESTree.Identifier): boolean {
  return (
    parent.type === 'CallExpression' ||
    parent.type === 'NewExpression' ||
    parent.type === 'Property' ||
    parent.type === 'ArrayExpression'
  );
}

function isWait(awaited: TSESTree.Node): boolean {
  let call = unwrapped(awaited);
  if (call.type === 'NewExpression') return true; // A promise made by hand, of an event or a timer.
  for (;;) {
    if (call.type !== 'CallExpression') return false;
    const name = calledName(call);
    if (name !== undefined && WAITING.test(name)) return true;
    const member = calledMember(call);
    if (member === undefined) return false;
    call = unwrapped(member.object);
  }
}

const begun = new WeakMap<readonly TSESTree.Node[], readonly number[]>();

/**
 * For each statement of a list, where the name ends that was given first of all that are awaited from
 * there on. Each promise that is dropped in the list asks.
 */
function begunFrom(list: readonly TSESTree.Node[], sourceCode: SourceCode): readonly number[] {
  const known = begun.get(list);
  if (known !== undefined) return known;
  const found: number[] = [];
  let first = Infinity;
  for (let at = list.length - 1; at >= 0; at--) {
    for (const each of descendants(list[at]!, sourceCode, 'own')) {
      const awaited = each.type === 'AwaitExpression' ? unwrapped(each.argument) : undefined;
      if (awaited?.type !== 'Identifier') continue;
      const definition = variableOf(awaited, sourceCode)?.defs[0]?.node;
      first = Math.min(first, definition?.range[1] ?? Infinity);
    }
    found[at] = first;
  }
  begun.set(list, found);
  return found;
}
