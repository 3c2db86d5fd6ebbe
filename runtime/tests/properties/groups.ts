/** Opens groups, in both forms, and checks how they end. */
import { type Task, TaskGroup } from 'mooring';

import { check, exitsOfDispose, exitsOfJoin, exitsOfRun } from './exits.js';
import { GroupModel, type Outcome } from './model.js';
import type { Scope } from './scopes.js';
import type { GroupSpec } from './steps.js';
import { observe, outcomeOf, type Place, STRANGER, type World } from './world.js';

export async function group(world: World, spec: GroupSpec, place: Place): Promise<void> {
  const parent = spec.shielded ? undefined : place.scopes[0];
  const limit = limitOf(spec.limit, parent);
  const label = `group ${world.groups.length}`;
  const group = new GroupModel(label, parent, { ...spec, limit }, world.coverage);
  const inside: Place = {
    scopes: [group, ...place.scopes],
    groups: [group, ...place.groups],
    task: undefined,
  };
  const options = {
    ...(parent && { signal: parent.signal() }),
    ...(limit && { limit: limit === 'shared' ? world.limiter : limit }),
    ...(spec.supervision !== 'none' && {
      onTaskError: (error: unknown, task: Task<unknown>) => {
        supervise(world, group, error, task);
      },
    }),
    name: group.label,
  };
  if (spec.form === 'run') await runGroup(world, group, inside, options);
  else await useGroup(world, group, inside, options);
}

/** Who waits for a limit that is shared may wait for himself, and nothing but cancellation ends that. */
export function limitOf(limit: GroupSpec['limit'], parent: Scope | undefined): GroupSpec['limit'] {
  return limit === 'shared' && !parent?.isReachable ? undefined : limit;
}

async function runGroup(
  world: World,
  group: GroupModel,
  place: Place,
  options: ConstructorParameters<typeof TaskGroup>[0],
): Promise<void> {
  const wasCancelled = !!group.cause;
  const value = { valueOf: group.label };
  const outcome = await outcomeOf(
    TaskGroup.run((real) => {
      if (wasCancelled) world.violation('the body was called though the parent was cancelled');

      group.real = real;
      world.groups.push(group);
      const body = world.steps(group.spec.steps, place).then(() => value);
      observe(body, (end) => {
        group.bodyEnded(end);
      });
      return body;
    }, options),
  );
  if (wasCancelled) {
    world.met('X6 the parent had been cancelled');
    if (!('error' in outcome && outcome.error === group.parent!.reason)) {
      world.violation(`${group.label} rejects with another reason than its parent's`);
    }
  } else {
    end(world, group);
    world.report(group.label, check(exitsOfRun(group, outcome, value), world.coverage), outcome);
    noteFailures(world, group, outcome);
  }
  if ('error' in outcome) throw outcome.error;
}

async function useGroup(
  world: World,
  group: GroupModel,
  place: Place,
  options: ConstructorParameters<typeof TaskGroup>[0],
): Promise<void> {
  const real = new TaskGroup(options);
  group.real = real;
  world.groups.push(group);
  try {
    await world.steps(group.spec.steps, place);
    if (group.spec.form === 'using, joined') await join(world, place);
  } finally {
    const wasEnded = group.ended;
    if (!wasEnded) {
      // The model first: a group without a task closes while it is cancelled.
      group.cancel({ by: 'cancel()', reason: undefined });
      group.joins();
    }
    const outcome = await outcomeOf(real[Symbol.asyncDispose]());
    if (wasEnded) {
      if ('error' in outcome) world.violation('the disposer of a joined group throws');
    } else {
      end(world, group);
      world.report(group.label, check(exitsOfDispose(group, outcome), world.coverage), outcome);
    }
    // As a disposer would, in place of what the block threw.
    if ('error' in outcome) throw outcome.error;
  }
}

/** `await group.join()` in the body of the group itself; a task that does so waits for ever. */
export async function join(world: World, place: Place): Promise<void> {
  const group = place.groups[0]!;
  if (place.task || group !== place.scopes[0] || group.isJoining) return;
  // Who has ended hears nothing of the scope around him, and nor would the tasks of the loop.
  if (place.outOfLoop?.includes(group)) return;
  group.joins();
  const outcome = await outcomeOf(group.real!.join());
  end(world, group);
  world.report(group.label, check(exitsOfJoin(group, outcome), world.coverage), outcome);
  noteFailures(world, group, outcome);
  if ('error' in outcome) {
    group.joinError = outcome.error;
    throw outcome.error;
  }
}

function supervise(world: World, group: GroupModel, error: unknown, real: Task<unknown>): void {
  const task =
    group.tasks.find((each) => each.real === real) ??
    // It failed while it was being created: nobody has its handle yet.
    group.tasks.filter((each) => !each.real && each.status === 'rejected').at(-1);
  if (!task || task.status !== 'rejected') world.violation('onTaskError without a failed task');
  if (group.handed.at(-1) !== error) world.violation('onTaskError is called with another error');
  if (group.spec.supervision === 'handles' || !task) return;
  const thrown = world.thrown('error');
  task.supervisorThrew(thrown);
  throw thrown as Error;
}

function end(world: World, group: GroupModel): void {
  if (group.live.length > 0) {
    world.violation(`${group.label} settled before ${group.live.map(({ label }) => label).join()}`);
  }
  group.end();
}

function noteFailures(world: World, group: GroupModel, outcome: Outcome): void {
  const errors = group.failures.map(({ error }) => error);
  const tasks = group.failures.filter(({ task }) => task).map(({ error }) => error);
  if (!('error' in outcome)) return;
  if (errors.length > group.reported().length) {
    world.met('F3 the body rethrows what a task threw');
  }
  if (new Set(tasks).size < tasks.length) {
    world.met('F3 two tasks throw the same object');
  }
  for (const error of errors) {
    if (!(error instanceof Error)) world.met('F3 something else than an Error is thrown');
    else if (error.name === 'TaskGroupError') world.met('F2 a nested group failed');
    else if (error.name === 'AbortError' && error.cause === STRANGER) {
      world.met("C2 somebody else's AbortError is a failure");
    }
  }
}
