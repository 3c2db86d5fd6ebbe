// What a function does with a group, told by the nodes that do it.
//
//   group.createTask(work)               'start'      a task runs, which has to be joined
//   await group.start(work)              'start'      the same: it is up, and runs on
//   await group.join(), group.cancel()   'end'        the group is done
//   await finish(group), return group    'handed-on'  somebody else has it, and may join it
//   startAll(group)                      'start'      where `startAll` is of this file, and does just that
//   { start: () => group.createTask() }  'may-start'  who calls this, and when?
//   { stop: () => group.cancel() }       'may-end'    the same
//   sleep(100, group), group.signal      nothing      of a scope that is handed on, the signal is taken
//
// A rule makes events of them for all-paths.ts, such as 'open' of 'start' and 'finish' of 'end'.
import type { TSESTree } from '@typescript-eslint/utils';

import { callOf } from '../../syntax/call-of.js';
import { consumerOf } from '../../syntax/consumers.js';
import { Depth } from '../../syntax/depth.js';
import { isInside, type RunNode } from '../../syntax/enclosing.js';
import { type FileNames, isGlobalName, isRuntimeCall } from '../../syntax/mooring-reference.js';
import { calledMember } from '../../syntax/property-name.js';
import { functionOf, type Variable, variableOf } from '../../syntax/variable.js';
import { ASYNC_DISPOSE, MEMBER } from '../../vocabulary.js';
import { type Use, usesOf } from '../paths/uses-of.js';
import { isMaker, type Member, memberOf } from './group-member.js';

export type GroupEvent = 'end' | 'handed-on' | 'may-end' | 'may-start' | 'start';

/** The later ones hide the earlier ones, when several uses take effect at one node. */
const RANK: readonly (GroupEvent | undefined)[] = [
  undefined,
  'may-start',
  'start',
  'may-end',
  'handed-on',
  'end',
];

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

/**
 * Whether an error of this node goes to the `catch` of a join. That is where the failure of the
 * group is handled, and an error before the join is one: it cancels the tasks, as it should.
 *
 *     try {
 *       group.createTask(work);
 *       await step();              // ← not a path without a join, though it leads to the catch
 *       await group.join();
 *     } catch (error) {
 *       report(error);
 *     }
 */
export function isHandledWithJoin(
  node: TSESTree.Node,
  events: ReadonlyMap<TSESTree.Node, GroupEvent>,
  within: TSESTree.Node,
): boolean {
  for (let child = node; child !== within && child.parent; child = child.parent) {
    const statement = child.parent;
    if (statement.type !== 'TryStatement' || statement.block !== child) continue;
    if (statement.handler === null) continue;
    return [...events].some(([join, event]) => isEnd(event) && isInside(join, child));
  }
  return false;
}

/** Whether the group has ended with this, or may have. */
export function isEnd(event: GroupEvent | undefined): boolean {
  return event === 'end' || event === 'handed-on';
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
  // `spawn()`, for the name `spawn` or for a function that is called where it stands.
  const called = callOf(at);
  if (called !== undefined) return { node: called, event: own.event };
  const consumer = consumerOf(at);
  const isHandedOver = consumer.kind === 'handed-over';
  if (isHandedOver && own.event === 'start') return { node: at, event: 'start' };
  // A task of the group can neither join it nor be the end of its block.
  if (isHandedOver && isTaskOf(name, consumer.by, search.file)) {
    return { node: at, event: undefined };
  }
  // process.on('SIGINT', () => group.cancel()): it may never come to that.
  if (memberOf(name)?.name === MEMBER.cancel) {
    return { node: at, event: isHandedOver ? undefined : 'may-end' };
  }
  if (isEnd(own.event)) return { node: at, event: 'handed-on' };
  return { node: at, event: own.event === 'start' ? 'may-start' : own.event };
}

function isTaskOf(name: TSESTree.Identifier, call: TSESTree.Node, file: FileNames): boolean {
  const member = calledMember(call);
  if (!isMaker(member?.name) || member?.object.type !== 'Identifier') return false;
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
    return { node: name, event: 'handed-on' };
  }
  const { argument, by } = consumer;
  return { node: by, event: eventOfArgument(by, argument, search) };
}

function eventOfMember({ call, name, node }: Member): NodeEvent {
  if (isMaker(name)) return call ? { node: call, event: 'start' } : { node, event: 'may-start' };
  switch (name) {
    case MEMBER.join:
      // A join that nobody awaits does not end the block.
      if (call && isDropped(call)) return { node, event: undefined };
      return { node: call ?? node, event: 'end' };
    case MEMBER.cancel:
      return call ? { node: call, event: 'end' } : { node, event: undefined };
    case ASYNC_DISPOSE:
      return { node: call ?? node, event: 'end' };
    case MEMBER.pending: // await Promise.all([...group.pending])
    case undefined:
      return { node, event: 'may-end' };
    default:
      return { node, event: undefined };
  }
}

/** `group.join();`, `group.join().catch(report);` */
function isDropped(call: TSESTree.CallExpression): boolean {
  let consumer = consumerOf(call);
  while (consumer.kind === 'chained') consumer = consumerOf(consumer.by);
  return consumer.kind === 'dropped';
}

/** A helper may hand it on to the next. */
const depth = new Depth();

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
  if (called === undefined || parameter?.type !== 'Identifier') return 'handed-on';
  const variable = file.sourceCode
    .getDeclaredVariables(called)
    .find(({ identifiers }) => identifiers.includes(parameter));
  if (variable === undefined) return 'handed-on';
  if (parameters.has(variable)) return parameters.get(variable);
  parameters.set(variable, undefined);
  const strongest = depth.within(() => {
    const events = [...eventsOf(variable, called, { file, parameters }).values()];
    return events.reduce<GroupEvent | undefined>(stronger, undefined);
  }, 'handed-on');
  const event = isEnd(strongest) ? 'handed-on' : strongest; // `if (patient) await group.join();`
  parameters.set(variable, event);
  return event;
}
