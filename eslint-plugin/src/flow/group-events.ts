// What a function does with a group, as events for all-paths.ts.
//
//   group.createTask(work)               'open'     a task runs that has to be joined
//   await group.join(), group.cancel()   'finish'   the group is done
//   await finish(group), return group    'finish'   somebody else has it, and may join it
//   startAll(group)                      'open'     where `startAll` is in this file and does no more
//   { start: () => group.createTask() }  'doubt'    who calls this, and when?
//   sleep(100, group), group.signal      nothing    of a scope that is handed on, the signal is taken
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from '../syntax/consumers.js';
import type { RunNode } from '../syntax/enclosing.js';
import { type FileNames, isGlobalName, isRuntimeCall } from '../syntax/mooring-reference.js';
import { calledMember, propertyName } from '../syntax/property-name.js';
import { functionOf, type Variable, variableOf } from '../syntax/variable.js';
import { outermost } from '../syntax/wrappers.js';
import { ASYNC_DISPOSE, MEMBER } from '../vocabulary.js';
import type { PathEvent } from './all-paths.js';
import { type Use, usesOf } from './uses-of.js';

export type GroupEvent = Extract<PathEvent, 'doubt' | 'finish' | 'open'>;

/** The later ones hide the earlier ones, when several uses take effect at one node. */
const RANK: readonly (GroupEvent | undefined)[] = [undefined, 'doubt', 'open', 'finish'];

function stronger<Event extends GroupEvent | undefined>(
  a: GroupEvent | undefined,
  b: Event,
): Event | GroupEvent {
  return a !== undefined && RANK.indexOf(a) > RANK.indexOf(b) ? a : b;
}

/** The nodes of a run that do something to a group, and what. */
export function groupEvents(
  group: Variable,
  run: RunNode,
  file: FileNames,
): ReadonlyMap<TSESTree.Node, GroupEvent> {
  return eventsOf(group, run, { file, parameters: new Map() });
}

interface Search {
  readonly file: FileNames;
  /** What functions do with a group as this parameter. Nothing yet, while one calls itself. */
  readonly parameters: Map<Variable, GroupEvent | undefined>;
}

function eventsOf(
  group: Variable,
  run: RunNode,
  search: Search,
): ReadonlyMap<TSESTree.Node, GroupEvent> {
  const events = new Map<TSESTree.Node, GroupEvent>();
  for (const use of usesOf(group, run, search.file.sourceCode)) {
    const { node, event } = eventOfUse(use, search);
    if (event !== undefined) events.set(node, stronger(events.get(node), event));
  }
  return events;
}

interface NodeEvent {
  readonly node: TSESTree.Node;
  readonly event: GroupEvent | undefined;
}

function eventOfUse({ name, at }: Use, search: Search): NodeEvent {
  const own = eventOfName(name, search);
  if (at === name) return own;
  const called = calledHere(at);
  if (called !== undefined) return { node: called, event: own.event };
  const consumer = consumerOf(at);
  const isHandedOver = consumer.kind === 'handed-over';
  if (isHandedOver && own.event === 'open') return { node: at, event: 'open' };
  // A task of the group can neither join it nor be the end of its block.
  if (isHandedOver && isTaskOf(name, consumer.by, search.file))
    return { node: at, event: undefined };
  // process.on('SIGINT', () => group.cancel()): it may never come to that.
  const isCancel = own.event === 'finish' && memberOf(name)?.name === MEMBER.cancel;
  return { node: at, event: own.event === 'open' || isCancel ? 'doubt' : own.event };
}

/** `spawn()`, for the name `spawn` or for a function that is called where it stands. */
function calledHere(at: TSESTree.Node): TSESTree.Node | undefined {
  const { parent } = outermost(at);
  return parent?.type === 'CallExpression' && parent.callee === outermost(at) ? parent : undefined;
}

function isTaskOf(name: TSESTree.Identifier, call: TSESTree.Node, file: FileNames): boolean {
  const member = calledMember(call);
  if (member?.name !== MEMBER.createTask || member.object.type !== 'Identifier') return false;
  const group = variableOf(member.object, file.sourceCode);
  return group !== undefined && group === variableOf(name, file.sourceCode);
}

function eventOfName(name: TSESTree.Identifier, search: Search): NodeEvent {
  const member = memberOf(name);
  if (member !== undefined) return eventOfMember(member);
  const consumer = consumerOf(name);
  if (consumer.kind === 'inspected' || consumer.kind === 'dropped') {
    return { node: name, event: undefined };
  }
  if (consumer.kind !== 'handed-over' || consumer.by.type === 'TaggedTemplateExpression') {
    return { node: name, event: 'finish' };
  }
  const { argument, by } = consumer;
  return { node: by, event: eventOfArgument(by, argument, search) };
}

interface Member {
  readonly name: string | undefined;
  readonly call: TSESTree.CallExpression | undefined;
  readonly node: TSESTree.Node;
}

function memberOf(name: TSESTree.Identifier): Member | undefined {
  const object = outermost(name);
  const node = object.parent;
  if (node?.type !== 'MemberExpression' || node.object !== object) return undefined;
  const callee = outermost(node);
  const isCalled = callee.parent?.type === 'CallExpression' && callee.parent.callee === callee;
  const call = isCalled ? (callee.parent as TSESTree.CallExpression) : undefined;
  return { name: propertyName(node), call, node };
}

function eventOfMember({ call, name, node }: Member): NodeEvent {
  switch (name) {
    case MEMBER.createTask:
      return call ? { node: call, event: 'open' } : { node, event: 'doubt' };
    case MEMBER.join:
      // A join that nobody awaits does not end the block.
      if (call && consumerOf(call).kind === 'dropped') return { node, event: undefined };
      return { node: call ?? node, event: 'finish' };
    case MEMBER.cancel:
      return call ? { node: call, event: 'finish' } : { node, event: undefined };
    case ASYNC_DISPOSE:
      return { node: call ?? node, event: 'finish' };
    case MEMBER.pending: // await Promise.all([...group.pending])
    case undefined:
      return { node, event: 'doubt' };
    default:
      return { node, event: undefined };
  }
}

/** What a call does with a group that it is given. */
function eventOfArgument(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  argument: number,
  { file, parameters }: Search,
): GroupEvent | undefined {
  if (isRuntimeCall(call, file) || isGlobalName(call.callee, 'fetch', file.sourceCode)) {
    return undefined;
  }
  const called = functionOf(call.callee, file.sourceCode);
  const parameter = called?.params[argument];
  if (called === undefined || parameter?.type !== 'Identifier') return 'finish';
  const variable = file.sourceCode
    .getDeclaredVariables(called)
    .find(({ identifiers }) => identifiers.includes(parameter));
  if (variable === undefined) return 'finish';
  if (parameters.has(variable)) return parameters.get(variable);
  parameters.set(variable, undefined);
  const events = [...eventsOf(variable, called, { file, parameters }).values()];
  const event = events.reduce<GroupEvent | undefined>(stronger, undefined);
  parameters.set(variable, event);
  return event;
}
