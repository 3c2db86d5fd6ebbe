// What a mention of a stored promise does for it. It is *taken* when from there on somebody else
// can wait for it or handle its error: awaited, returned, chained, handed to a call, moved on. It
// is merely *looked at* by a test, by `tasks.length`, and by all that only adds or removes others.
import type { TSESTree } from '@typescript-eslint/utils';

import { callOf } from '../../syntax/call-of.js';
import { consumerOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import { isGlobalName } from '../../syntax/mooring-reference.js';
import { calledMember, propertyName } from '../../syntax/property-name.js';
import type { SourceCode } from '../../syntax/variable.js';
import { outermost } from '../../syntax/wrappers.js';
import type { Holding } from './promise-store.js';

type Held = Pick<Holding, 'isContainer' | 'part'>;

/** Members of a collection that give none of what it holds. */
const LOOKING: ReadonlySet<string> = new Set([
  'add',
  'clear',
  'delete',
  'has',
  'includes',
  'indexOf',
  'length',
  'push',
  'set',
  'size',
  'unshift',
]);

/** Methods that look for an argument, or take it out: `running.delete(p)`. */
const LOOKING_UP: ReadonlySet<string | undefined> = new Set([
  'delete',
  'has',
  'includes',
  'indexOf',
]);

/** Methods of a collection that give what it holds one after the other. */
const VIEWS: ReadonlySet<string | undefined> = new Set(['entries', 'values']);

const INSPECTORS: ReadonlySet<string> = new Set([
  'BinaryExpression',
  'ConditionalExpression',
  'DoWhileStatement',
  'ForStatement',
  'IfStatement',
  'LogicalExpression',
  'SwitchStatement',
  'UnaryExpression',
  'WhileStatement',
]);

export function isTaken(mention: TSESTree.Node, held: Held, sourceCode: SourceCode): boolean {
  const taken = consumerOf(mention);
  switch (taken.kind) {
    case 'dropped':
      return held.isContainer && taken.by.type === 'SpreadElement'; // `{ ...jobs, more }`
    case 'awaited':
      return !(held.isContainer && taken.by.type === 'ForOfStatement');
    case 'handed-over': {
      const member = calledMember(taken.by);
      const isShown = member !== undefined && isGlobalName(member.object, 'console', sourceCode);
      return !isShown && !LOOKING_UP.has(member?.name);
    }
    case 'inspected':
      return isTakenBy(taken.by, held, sourceCode);
    default:
      return true;
  }
}

/**
 * Those of some mentions that could take a part, sorted out once for all parts: a read of another
 * part, `jobs.other`, does not.
 */
export function couldTake<Mention>(
  mentions: readonly Mention[],
  part: string | undefined,
  nodeOf: (mention: Mention) => TSESTree.Node,
): readonly Mention[] {
  if (part === undefined || isNumeric(part)) return mentions;
  let byPart = byParts.get(mentions) as Map<string | undefined, Mention[]> | undefined;
  if (byPart === undefined) {
    byPart = new Map();
    for (const mention of mentions) {
      const read = partReadBy(nodeOf(mention));
      const same = byPart.get(read) ?? [];
      byPart.set(read, same);
      same.push(mention);
    }
    byParts.set(mentions, byPart);
  }
  const ofPart = byPart.get(part);
  const ofAny = byPart.get(undefined);
  if (ofPart === undefined || ofAny === undefined) return ofPart ?? ofAny ?? [];
  return [...ofPart, ...ofAny].sort((a, b) => nodeOf(a).range[0] - nodeOf(b).range[0]);
}

const byParts = new WeakMap<readonly unknown[], unknown>();

/** The one part that a mention can take. */
function partReadBy(mention: TSESTree.Node): string | undefined {
  const { by, kind } = consumerOf(mention);
  if (kind !== 'inspected' || by.type !== 'MemberExpression' || callOf(by)) return undefined;
  return propertyName(by);
}

function isTakenBy(by: TSESTree.Node, held: Held, sourceCode: SourceCode): boolean {
  // `if (value instanceof Promise) throw …`: the code knows what it is given, and wants none.
  if (by.type === 'BinaryExpression' && by.operator === 'instanceof') return true;
  if (INSPECTORS.has(by.type)) return false;
  if (!held.isContainer) return true;
  if (by.type === 'MemberExpression') return isTakenFrom(by, held, sourceCode);
  // Elements awaited one after the other: while the first is waited for, nobody has the others.
  return by.type !== 'ForOfStatement' || !awaitsIn(by.body, sourceCode);
}

/** Whether `tasks[0]`, `jobs.user` or `tasks.map` takes the promise out of its container. */
function isTakenFrom(
  member: TSESTree.MemberExpression,
  { part }: Held,
  sourceCode: SourceCode,
): boolean {
  if (isWritten(member)) return false;
  const name = propertyName(member);
  const alone: Held = { isContainer: false, part: undefined };
  if (part !== undefined && name === part) return isTaken(member, alone, sourceCode);
  if (callOf(member) && VIEWS.has(name)) {
    const view = outermost(member).parent!; // `for (const job of jobs.values()) await job;`
    return isTaken(view, { isContainer: true, part: undefined }, sourceCode);
  }
  if (callOf(member) && !LOOKING.has(name ?? '')) return true; // A method may take any part.
  const isIndex = member.computed && (name === undefined || isNumeric(name));
  if (part !== undefined && name !== undefined && (isIndex || !isNumeric(part))) return false;
  if (isIndex) return consumerOf(member).kind !== 'awaited' && isTaken(member, alone, sourceCode);
  return name === undefined || !LOOKING.has(name);
}

/** `jobs.user = …` puts something in. */
function isWritten(member: TSESTree.Node): boolean {
  const target = outermost(member);
  const { parent } = target;
  return parent?.type === 'AssignmentExpression' && parent.left === target;
}

function isNumeric(name: string): boolean {
  return /^\d+$/.test(name);
}

function awaitsIn(body: TSESTree.Node, sourceCode: SourceCode): boolean {
  for (const node of descendants(body, sourceCode, 'own')) {
    if (node.type === 'AwaitExpression') return true;
  }
  return false;
}
