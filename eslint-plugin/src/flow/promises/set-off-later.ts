// What a later line of a test sets off, so that nothing comes of a promise that is awaited before it:
//
//   store.get(page); store.set(id, 2);         the same thing is told more
//   load(); bus.emit('ready');                 somebody is told something
//   send(hello); await opened; send(page);     what happens elsewhere in the test is waited for
//   send(hello); await answered.promise;       what code that the test hands over settles
//
// Not the next of some steps that are all waited for, or should be: `user.type(name); user.click(save);`
import type { TSESTree } from '@typescript-eslint/utils';

import type { Place } from '../../project/project-place.js';
import { consumerOf } from '../../syntax/consumers.js';
import { descendants } from '../../syntax/descendants.js';
import { enclosingRun, isInside, type RunNode } from '../../syntax/enclosing.js';
import { placeFrom } from '../../syntax/first-from.js';
import { chainOf } from '../../syntax/promise-chain.js';
import { calledMember, calledName, propertyName } from '../../syntax/property-name.js';
import type { RestOfRun } from '../../syntax/rest-of-run.js';
import { localVariableOf, type SourceCode } from '../../syntax/variable.js';
import { unwrapped } from '../../syntax/wrappers.js';

/** Not `resolve`: whether it is of a promise that is made here, `later-lines.ts` says. */
const STIRRING =
  /^(abort|click|dispatch|emit|fire|flush|notify|publish|receive|release|respond|resume|send|simulate|trigger|write)(?![a-z])/;

export function isSetOffLater(work: TSESTree.Node, { parts }: RestOfRun, place: Place): boolean {
  const { meets, moves, stirs } = stepsOf(enclosingRun(work), place);
  const receiver = receiverOf(chainOf(work).root);
  const own =
    receiver === undefined ? undefined : { moves: moves.get(receiver), stirs: stirs.get(receiver) };
  return parts.some((part) => {
    if (countIn(part, own?.moves) > 0 || countIn(part, meets) > 0) return true;
    return countIn(part, stirs.get(ANYBODY)) > countIn(part, own?.stirs);
  });
}

/** Where they stand in the text, by the name that they are called on. */
type Places = Map<string, number[]>;

interface Steps {
  /** Calls as statements that give no promise. */
  readonly moves: Places;
  /** Calls by which somebody is told something. Those that give a promise stand under their name too. */
  readonly stirs: Places;
  /** Where a promise is awaited that a name from outside of the run holds, or a deferred. */
  readonly meets: number[];
}

/** All of them, whoever is told. */
const ANYBODY = '';

/** Each promise that a test drops asks. */
const known = new WeakMap<RunNode, Steps>();

function stepsOf(run: RunNode, { sourceCode, types }: Place): Steps {
  const found = known.get(run);
  if (found !== undefined) return found;
  const calls: TSESTree.CallExpression[] = [];
  const steps: Steps = { moves: new Map(), stirs: new Map(), meets: [] };
  for (const node of descendants(run, sourceCode, 'own')) {
    if (node.type === 'CallExpression' && isStep(node)) calls.push(node);
    if (node.type === 'AwaitExpression' && isMet(node.argument, run, sourceCode)) {
      steps.meets.push(node.range[0]);
    }
  }
  const facts = types?.values(calls);
  for (const [index, call] of calls.entries()) {
    const receiver = receiverOf(call);
    const isWork = facts?.[index]!.thenable === 'yes';
    // What gives a promise that nobody awaits is a step as well, of which the same is asked.
    const isDropped = isWork && consumerOf(call).kind === 'dropped';
    if (!isDropped && STIRRING.test(calledName(call) ?? '')) {
      add(steps.stirs, ANYBODY, call);
      if (isWork && receiver !== undefined) add(steps.stirs, receiver, call);
    }
    if (!isWork && receiver !== undefined) add(steps.moves, receiver, call);
  }
  known.set(run, steps);
  return steps;
}

function isMet(awaited: TSESTree.Node, run: RunNode, sourceCode: SourceCode): boolean {
  const isDeferred = awaited.type === 'MemberExpression' && propertyName(awaited) === 'promise';
  return isDeferred || isOfOutside(awaited, run, sourceCode);
}

function isOfOutside(awaited: TSESTree.Node, run: RunNode, sourceCode: SourceCode): boolean {
  const variable = awaited.type === 'Identifier' ? localVariableOf(awaited, sourceCode) : undefined;
  return variable !== undefined && !variable.defs.some(({ name }) => isInside(name, run));
}

function isStep(call: TSESTree.CallExpression): boolean {
  const { by, kind } = consumerOf(call);
  return kind === 'awaited' || (kind === 'dropped' && by.type === 'ExpressionStatement');
}

function add(places: Places, key: string, { range }: TSESTree.Node): void {
  const list = places.get(key) ?? [];
  if (list.length === 0) places.set(key, list);
  list.push(range[0]);
}

function countIn([start, end]: RestOfRun['parts'][number], places: readonly number[] = []): number {
  return placeFrom(places, end) - placeFrom(places, start);
}

/** The name at the root of what a call is made on: `store` of `store.pages.set(a, 2)`. */
function receiverOf(call: TSESTree.Node): string | undefined {
  let object = calledMember(call)?.object;
  while (object?.type === 'MemberExpression') object = unwrapped(object.object);
  return object?.type === 'Identifier' ? object.name : undefined;
}
