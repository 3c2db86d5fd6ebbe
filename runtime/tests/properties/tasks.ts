/** Creates, runs, cancels and awaits tasks. */
import { AsyncLocalStorage } from 'node:async_hooks';

import { CancelledError, type Task, type TaskContext } from 'mooring';

import { type GroupModel, TaskModel } from './model.js';
import type { TaskSpec, Why } from './program.js';
import { cancelWith, observe, type Place, type World } from './world.js';

const caller = new AsyncLocalStorage<number>();

export function spawn(world: World, group: GroupModel, spec: TaskSpec, place: Place): void {
  const task = new TaskModel(group, ++world.tasks, spec);
  const expected = group.onCreate;
  const hasRoom = spec.background || group.running < (group.spec.limit ?? Infinity);
  if (expected === 'start') {
    group.tasks.push(task);
    if (!hasRoom) group.queue.push(task);
    if (group.isJoining) world.met('S3 a task is created while the group joins');
  }
  // What the creator's own scopes tell is not the task's to wait for: they may end before it.
  const inside = {
    scopes: place.scopes.slice(place.scopes.indexOf(group)),
    groups: place.groups.slice(place.groups.indexOf(group)),
    task: undefined,
  };
  const fn = (context: TaskContext): unknown => runTask(world, task, context, inside);
  try {
    const options = spec.background ? { background: true } : {};
    task.real = caller.run(task.id, () => group.real!.createTask(fn, options));
  } catch (error) {
    if (expected === 'start') world.violation(`${task.label} was refused`);
    checkRefusal(world, group, expected, error);
    throw error;
  }
  if (expected !== 'start') world.violation(`${task.label} was not refused: ${expected}`);
  if (hasRoom && task.status === 'queued') world.violation(`${task.label} was not started`);
  if (!hasRoom && task.status === 'running') world.violation(`${task.label} was not queued`);
  if (hasRoom && !task.isPending) world.met('S1 a task settles while it is created');
}

function checkRefusal(
  world: World,
  group: GroupModel,
  expected: GroupModel['onCreate'],
  error: unknown,
): void {
  if (expected === 'refuse: cancelled') {
    world.met('S4 a cancelling group takes no task');
    if (error !== group.reason) world.violation('refused with something else than the reason');
  } else {
    world.met('S3 a closed group takes no task');
    if (!(error instanceof Error && error.message.includes('closed'))) {
      world.violation('refused without saying that the group is closed');
    }
  }
}

function runTask(world: World, task: TaskModel, context: TaskContext, place: Place): unknown {
  checkStart(world, task);
  task.realSignal = () => context.signal;
  if (task.spec.background) {
    // Nothing else tells when the group stops its background.
    context.signal.addEventListener(
      'abort',
      () => {
        task.noteBackgroundStop();
        if (task.cause?.by === 'end of the foreground' && task.group.foreground.length > 0) {
          world.violation(`${task.label} was stopped while foreground tasks are at work`);
        }
      },
      { once: true },
    );
  }
  const inside: Place = { ...place, scopes: [task, ...place.scopes], task };
  const value = { valueOf: task.id };
  if (task.spec.sync) {
    try {
      for (const step of task.spec.steps) world.syncStep(step, inside);
    } catch (error) {
      task.ends({ error });
      throw error;
    }
    task.ends({ value });
    return value;
  }
  const result = world.steps(task.spec.steps, inside).then(() => value);
  // Attached before the group attaches its own: the model learns of it just before the group.
  observe(result, (end) => {
    task.ends(end);
  });
  return result;
}

function checkStart(world: World, task: TaskModel): void {
  const { group } = task;
  if (task.status !== 'queued') world.violation(`${task.label} starts, and was ${task.status}`);
  if (group.queue.includes(task)) {
    world.met('S5 a queued task starts');
    if (group.cause) world.violation(`${task.label} starts in a cancelled group`);
    if (group.queue.shift() !== task) world.violation(`${task.label} starts out of turn`);
    if (group.running >= group.spec.limit!) world.violation('more tasks run than the limit allows');
  }
  if (caller.getStore() !== task.id) {
    world.violation(`${task.label} runs in the async context of ${caller.getStore() ?? 'nobody'}`);
  }
  task.starts();
}

export function cancelTask(index: number, why: Why, place: Place): void {
  const { tasks } = place.groups[0]!;
  const task = tasks[index % tasks.length];
  // A task that is just being created has no handle yet.
  if (!task?.real) return;
  const { real } = task;
  cancelWith(why, (cause, ...reason) => {
    task.cancelAlone(cause);
    real.cancel(...reason);
  });
}

/** A task awaits only what is older in the same group: nobody waits for himself. */
export async function awaitTask(world: World, index: number, place: Place): Promise<void> {
  const candidates = place.groups[0]!.tasks.filter(
    ({ spec, id, real }) => real && !spec.background && id < (place.task?.id ?? Infinity),
  );
  const task = candidates[index % candidates.length];
  if (!task) return;
  task.isAwaited = true;
  try {
    const value = await (task.real as Task<unknown>);
    const { outcome } = task;
    if (!outcome || !('value' in outcome) || outcome.value !== value) {
      world.violation(`awaiting ${task.label} gives another value`);
    }
  } catch (error) {
    checkAwaited(world, task, error);
    throw error;
  }
}

function checkAwaited(world: World, task: TaskModel, error: unknown): void {
  const { outcome } = task;
  if (outcome) {
    if (!('error' in outcome && outcome.error === error)) {
      world.violation(`awaiting ${task.label} rejects with another error`);
    }
    return;
  }
  world.met('C3 awaiting a task that was cancelled alone');
  const reason = task.cause?.by === 'cancel()' ? task.cause.reason : undefined;
  const fits = error instanceof CancelledError && (reason === undefined || error.cause === reason);
  if (task.isPending || !task.alone || !fits) {
    world.violation(`awaiting ${task.label} rejects with something else than its CancelledError`);
  }
}
