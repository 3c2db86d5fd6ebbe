/** What must hold between two turns, and at the end, whatever the program. */
import { getEventListeners } from 'node:events';

import { CancelledError } from 'mooring';

import { weak } from '../../src/follow.js';
import type { Rule } from './coverage.js';
import { TaskModel } from './model.js';
import type { Cause, Scope } from './scopes.js';
import type { Place, World } from './world.js';

export function checkActivity(world: World, { groups, task }: Place): void {
  const ended = groups.find((group) => group.ended && group.body !== 'running');
  if (ended) world.violation(`something runs in ${ended.label}, which has settled`);
  if (task && !task.isPending)
    world.violation(`something runs in ${task.label}, which has settled`);
}

/** Between two turns, when everything that could be told has been told. */
export function checkAll(world: World): void {
  for (const group of world.groups) {
    world.met(`group ${group.state}`);
    if (group.isIdle && !group.ended) world.violation(`${group.label} has nothing left, and waits`);
    if (group.real!.state !== group.state) {
      world.violation(`${group.label} is ${group.real!.state}, not ${group.state}`);
    }
    const pending = [...group.real!.pending];
    const live = group.live.map(({ real }) => real);
    if (pending.length !== live.length || live.some((task, index) => task !== pending[index])) {
      world.violation(`${group.label} has other tasks pending than it should`);
    }
    const hasRoom =
      group.spec.limit === 'shared' ? world.limiter.available > 0 : group.running < group.limit;
    if (!group.cause && !group.ended && hasRoom) {
      if (group.queue.length > 0) world.violation(`${group.label} has room and lets a task wait`);
      else if (group.seekers > 0) world.violation(`${group.label} has room and does not say so`);
    }
    group.created = 0;
    for (const task of group.tasks) checkTask(world, task);
    checkReason(world, group);
  }
  for (const { model, real } of world.timeouts) {
    world.met(`timeout ${model.state}`);
    if (real.state !== model.state) {
      world.violation(`a timeout is ${real.state}, not ${model.state}`);
    }
    checkReason(world, model);
  }
  for (const winner of world.winners) checkReason(world, winner);
}

function checkTask(world: World, task: TaskModel): void {
  world.met(`task ${task.status}`);
  if (task.real!.status !== task.status) {
    world.violation(`${task.label} is ${task.real!.status}, not ${task.status}`);
  }
  task.noteBackgroundStop();
  const { group } = task;
  if (task.spec.background && task.isPending && group.isJoining && group.foreground.length === 0) {
    if (!task.cause) world.violation(`${task.label}, in the background, keeps its group waiting`);
  }
  if (task.realSignal) checkReason(world, task);
}

/** Once, after the cancellation: reading a signal earlier than the program does makes it. */
export function checkReason(world: World, scope: Scope): void {
  const { cause } = scope;
  if (!cause || world.verified.has(scope)) return;
  world.verified.add(scope);
  const { aborted } = scope.signal();
  const { rule, fits } = expectedReason(cause, scope, scope.reason);
  world.met(rule);
  if (!aborted || !fits) world.violation(`${scope.label} is not cancelled with ${rule}`);
}

export function checkEnd(world: World): void {
  checkListeners(world);
  const { available, capacity, waiting } = world.limiter;
  if (available < capacity || waiting > 0) world.violation('a permit is lost, or waited for');
}

function checkListeners(world: World): void {
  for (const remove of world.listeners) remove();
  const scopes: Scope[] = [
    world.root,
    ...world.groups,
    ...world.timeouts.map(({ model }) => model),
    ...world.winners,
  ];
  for (const scope of scopes) {
    const listeners = getEventListeners(scope.signal(), 'abort');
    // For what tasks gave, whose use nobody knows the end of: one, which goes with the garbage.
    const isWeak = listeners.length === 1 && weak in listeners[0]!;
    if (listeners.length > 0 && !isWeak)
      world.violation(`${listeners.length} listeners are left on ${scope.label}`);
  }
}

function expectedReason(
  cause: Cause,
  scope: Scope,
  reason: unknown,
): { rule: Rule; fits: boolean } {
  switch (cause.by) {
    case 'parent': {
      const parent = scope instanceof TaskModel ? scope.group : scope.parent!;
      return { rule: "reason: the parent's", fits: reason === parent.reason };
    }
    case 'failure':
      return {
        rule: 'reason: a failure',
        fits: reason instanceof CancelledError && reason.cause === cause.error,
      };
    case 'deadline':
      return {
        rule: 'reason: the deadline',
        fits: (reason as Error | undefined)?.name === 'TimeoutError',
      };
    case 'end of the foreground':
      return {
        rule: 'reason: background tasks are no longer needed',
        fits: reason instanceof CancelledError,
      };
    case 'cancel()':
      return cause.reason === undefined
        ? { rule: 'reason: made by cancel()', fits: reason instanceof CancelledError }
        : { rule: 'reason: given to cancel()', fits: reason === cause.reason };
  }
}
