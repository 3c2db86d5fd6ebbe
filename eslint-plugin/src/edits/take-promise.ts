// How a promise that floats is given to somebody: as a task of the group around it, by `await`, or
// with the rest of the block in a group. Each only where the rest of the code stays right.
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { groupAround, pausesIn } from '../flow/scopes/group-around.js';
import { isAwaitAllowed } from '../syntax/await-allowed.js';
import { consumerOf } from '../syntax/consumers.js';
import { type FloatingValue, isMade } from '../syntax/floating-places.js';
import { chainOf } from '../syntax/promise-chain.js';
import { outermost, unwrapped } from '../syntax/wrappers.js';
import type { CallNode } from '../types/types.js';
import { MEMBER, PLATFORM } from '../vocabulary.js';
import { harmOfHalt } from './await-harm.js';
import type { AwaitOffer } from './await-offer.js';
import { awaitTogether, startedBeside } from './await-together.js';
import { mapTasks } from './map-tasks.js';
import { keepsNarrowing } from './narrowing.js';
import type { Place } from './place.js';
import { restInGroup } from './rest-in-group.js';

type Suggestion = TSESLint.SuggestionReportDescriptor<
  'awaitAsync' | 'awaitAsyncOpen' | 'awaitIt' | 'awaitTogether' | 'createTask' | 'restInGroup'
>;
type SuggestionForAll = TSESLint.SuggestionReportDescriptor<'awaitAll' | 'mapTasks'>;
type Fixer = TSESLint.RuleFixer;

/** What to suggest for one promise. */
export function takePromise(
  floating: FloatingValue,
  place: Place,
  offer: AwaitOffer,
): Suggestion[] {
  const { harm } = offer;
  // The group would wait for it before the function is over, or the round of the loop.
  if (harm === 'aside' || harm === 'person' || harm === 'reading') return asTask(floating, place);
  const awaited = harm === undefined ? asAwaited(floating, place, offer) : [];
  const inGroup = [...asTask(floating, place), ...withRest(floating, place)];
  // Who wrote `void` has thought of `await`, and did not want to wait here.
  const isMeant = floating.place === 'void' || inGroup[0]?.messageId === 'createTask';
  return isMeant ? [...inGroup, ...awaited] : [...awaited, ...inGroup];
}

/**
 * The same where its error is taken care of: whoever did that did not mean to wait here, and an `await`
 * would hold up what comes next.
 */
export function takeHandled(floating: FloatingValue, place: Place): Suggestion[] {
  return asTask(floating, place);
}

/** The same where `void` says so as well: the rest may still run beside it. */
export function takeMeant(floating: FloatingValue, place: Place): Suggestion[] {
  return [...asTask(floating, place), ...withRest(floating, place)];
}

/** Of the group that is open around it. */
function asTask(floating: FloatingValue, place: Place): Suggestion[] {
  const { node } = floating;
  const isWork = isDroppedWhole(floating) && isMade(chainOf(node).root);
  const isMovable = isWork && !pausesIn(node, place.sourceCode);
  const group = isMovable ? groupAround(node, place) : undefined;
  if (group === undefined || !keepsNarrowing([node], place.sourceCode)) return [];
  const target = replaced(floating);
  const call = `${group}.${MEMBER.createTask}(() => ${textOf(floating, place)})`;
  const isUsed = isValueUsed(target) && target !== node;
  return [
    {
      messageId: 'createTask',
      data: { group },
      fix: (fixer) => fixer.replaceText(target, isUsed ? `void ${call}` : call),
    },
  ];
}

function asAwaited(floating: FloatingValue, place: Place, offer: AwaitOffer): Suggestion[] {
  const { node } = floating;
  if (!isResultFit(floating, place)) return [];
  const beside = startedBeside(floating, place);
  if (beside.length > 1) return together(beside, place);
  if (isAwaitAllowed(node, place.module)) {
    return [{ messageId: 'awaitIt', fix: (fixer) => awaited(floating, place, fixer) }];
  }
  const made = isDroppedWhole(floating) ? offer.made : undefined;
  if (made === undefined) return [];
  return [
    {
      messageId: made.isOpen ? 'awaitAsyncOpen' : 'awaitAsync',
      data: { name: made.name === undefined ? 'this function' : `\`${made.name}\`` },
      fix: (fixer) => [
        ...made.edits.map(({ range, text }) => fixer.replaceTextRange([...range], text)),
        awaited(floating, place, fixer),
      ],
    },
  ];
}

function together(statements: readonly TSESTree.ExpressionStatement[], place: Place): Suggestion[] {
  const isAllowed = isAwaitAllowed(statements[0]!, place.module);
  const fix = isAllowed ? awaitTogether(statements, place) : undefined;
  return fix === undefined ? [] : [{ messageId: 'awaitTogether', fix }];
}

/** Whether what the promise gives may stand where the promise stands. */
function isResultFit({ by, node, place: where }: FloatingValue, { types }: Place): boolean {
  const results = types?.value(node).results ?? [];
  switch (where) {
    case 'argument': {
      const { argument, by: call } = consumerOf(node) as { argument?: number; by: CallNode };
      if (argument === undefined || call !== by) return false;
      return types?.call(call).parameter(argument)?.isUntyped === true;
    }
    case 'spread':
      return results.length > 0 && !results.some((result) => result.isPlain);
    case 'tested':
      return !results.some((result) => result.isVoid);
    default:
      return true;
  }
}

function withRest(floating: FloatingValue, place: Place): Suggestion[] {
  const { node } = floating;
  const target = replaced(floating);
  const statement = target.parent;
  const isStatement = statement?.type === 'ExpressionStatement' && isDroppedWhole(floating);
  if (!isStatement || !isMade(chainOf(node).root) || groupAround(node, place)) return [];
  const fix = restInGroup(statement, node, target, place);
  return fix === undefined ? [] : [{ messageId: 'restInGroup', fix }];
}

/** What to suggest for an array of promises. */
export function takePromises(floating: FloatingValue, place: Place): SuggestionForAll[] {
  const { node } = floating;
  if (!isDroppedWhole(floating) || !isAwaitAllowed(node, place.module)) return [];
  const target = replaced(floating);
  const list = withoutAwait(node, place);
  const mapped = isValueUsed(target) ? undefined : mapTasks(list, MEMBER.map, target, place);
  const harm = harmOfHalt(node, place);
  if (harm === 'reading') return [];
  if (harm !== undefined) return mapped ? [{ messageId: 'mapTasks', fix: mapped }] : [];
  const all = `await ${PLATFORM.promise}.all(${listText(list, place)})`;
  return [
    ...(mapped ? [{ messageId: 'mapTasks' as const, fix: mapped }] : []),
    {
      messageId: 'awaitAll',
      fix: (fixer) => fixer.replaceText(target, isValueUsed(target) ? `void (${all})` : all),
    },
  ];
}

/** `await ids.map(load)`, which awaits no promise, is written as the list itself. */
function withoutAwait(node: TSESTree.Node, { types }: Place): TSESTree.Node {
  const awaited = unwrapped(node);
  if (awaited.type !== 'AwaitExpression' || types === undefined) return node;
  return types.value(awaited.argument).thenable === 'no' ? awaited.argument : node;
}

/**
 * What to wait for all of. `Promise.all(undefined)` throws: `files?.map(send)` gives a list only
 * where there are files. A map is gone through by its entries, which are no promises.
 */
function listText(node: TSESTree.Node, { sourceCode, types }: Place): string {
  const text = textOf({ node }, { sourceCode });
  const facts = types?.value(node);
  const isNullable = facts?.isNullable === true;
  const isSimple = /^(Call|Chain|Identifier|Member|New)/.test(node.type);
  const operand = isSimple ? text : `(${text})`;
  if (facts?.matches([{ from: 'lib', name: ['Map', 'ReadonlyMap'] }]) === true) {
    return isNullable ? `${operand}?.values() ?? []` : `${operand}.values()`;
  }
  return isNullable ? `${operand} ?? []` : text;
}

/** Whether its value goes nowhere at all: then anything may stand in its place. */
function isDroppedWhole({ place }: FloatingValue): boolean {
  return place === 'statement' || place === 'void';
}

/** The expression to replace: `void` goes too, as far as it throws nothing else away. */
function replaced({ node, by }: FloatingValue): TSESTree.Node {
  return by.type === 'UnaryExpression' && by.argument === node ? by : node;
}

/** `return void load()`, `() => void load()`, `ready ? void load() : undefined`: it is `undefined`. */
function isValueUsed(target: TSESTree.Node): boolean {
  const { kind, by } = consumerOf(outermost(target));
  return kind !== 'dropped' || by.type === 'UnaryExpression';
}

function textOf(
  { node }: Pick<FloatingValue, 'node'>,
  { sourceCode }: Pick<Place, 'sourceCode'>,
): string {
  const text = sourceCode.getText(node);
  return unwrapped(node).type === 'YieldExpression' ? `(${text})` : text;
}

function awaited(floating: FloatingValue, place: Place, fixer: Fixer): TSESLint.RuleFix {
  const { by, node } = floating;
  const text = textOf(floating, place);
  // `await load() as Promise<void>` would assert about the result, and not compile.
  const waiting = isAssertion(node) ? `await (${text})` : `await ${text}`;
  if (by.type !== 'UnaryExpression' || by.operator !== 'void') {
    return fixer.replaceText(node, waiting);
  }
  if (!isValueUsed(by)) {
    // `void (a ? p : q)` becomes `await (a ? p : q)`, comments kept.
    return fixer.replaceText(place.sourceCode.getFirstToken(by)!, 'await');
  }
  return by.argument === node
    ? fixer.replaceText(by, `void (${waiting})`)
    : fixer.replaceText(node, waiting);
}

function isAssertion({ type }: TSESTree.Node): boolean {
  return type === 'TSAsExpression' || type === 'TSSatisfiesExpression';
}
