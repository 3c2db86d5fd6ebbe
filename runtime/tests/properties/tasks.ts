/** Creates, runs, cancels and awaits tasks. */
import { AsyncLocalStorage } from 'node:async_hooks';

import { CancelledError, type Task, type TaskContext } from 'mooring';

import { type GroupModel, TaskModel } from './model.js';
import type { TaskSpec, Why } from './steps.js';
import { cancelWith, observe, type Place, type World } from './world.js';

export const caller: AsyncLocalStorage<number> = new AsyncLocalStorage();

export function spawn(world: World, group: GroupModel, spec: TaskSpec, place: Place): void {
  const creation = new Creation(world, group, spec);
  const { task, expected } = creation;
  const fn = (context: TaskContext): unknown =>
    runTask(world, task, context, placeIn(group, place));
  try {
    const options = spec.background ? { background: true } : {};
    task.real = caller.run(task.id, () => group.real!.createTask(fn, options));
  } catch (error) {
    if (expected === 'start') world.violation(`${task.label} was refused`);
    checkRefusal(world, group, error);
    throw error;
  }
  creation.check();
}

/** What the creator's own scopes tell is not the task's to wait for: they may end before it. */
export function placeIn(group: GroupModel, place: Place): Place {
  return {
    scopes: place.scopes.slice(place.scopes.indexOf(group)),
    groups: place.groups.slice(place.groups.indexOf(group)),
    task: undefined,
  };
}

/** A task that is about to be created, and what should become of it. */
export class Creation {
  readonly task: TaskModel;
  readonly expected: GroupModel['onCreate'];
  readonly #world: World;
  readonly #hasRoom: boolean;

  constructor(world: World, group: GroupModel, spec: TaskSpec) {
    this.#world = world;
    this.task = new TaskModel(group, ++world.tasks, spec);
    this.expected = group.onCreate;
    const isShared = group.spec.limit === 'shared';
    this.#hasRoom = spec.background || (!isShared && group.running < group.limit);
    if (this.expected !== 'start') return;
    group.created++;
    group.tasks.push(this.task);
    if (!this.#hasRoom) group.queue.push(this.task);
    if (group.isJoining) world.met('S3 a task is created while the group joins');
  }

  /** It was created. */
  check(): void {
    const { task, expected } = this;
    const world = this.#world;
    if (expected !== 'start') world.violation(`${task.label} was not refused: ${expected}`);
    if (this.#hasRoom && task.status === 'queued') world.violation(`${task.label} was not started`);
    if (!this.#hasRoom && task.status === 'running')
      world.violation(`${task.label} was not queued`);
    if (this.#hasRoom && !task.isPending) world.met('S1 a task settles while it is created');
  }
}

export function checkRefusal(world: World, group: GroupModel, error: unknown): void {
  if (group.cause && group.real!.state !== 'closed') {
    world.met('S4 a cancelling group takes no task');
    if (error !== group.reason) world.violation('refused with something else than the reason');
  } else {
    world.met('S3 a closed group takes no task');
    if (!(error instanceof Error && error.message.includes('closed'))) {
      world.violation('refused without saying that the group is closed');
    }
  }
}

export function runTask(
  world: World,
  task: TaskModel,
  context: TaskContext,
  place: Place,
  work = (inside: Place): Promise<void> => world.steps(task.spec.steps, inside),
): unknown {
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
  // A text: of an object the signal of the task would hear of the parent for as long as it is about.
  const value = `value of ${task.id}`;
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
  const result = work(inside).then(() => value);
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
    if (group.running >= group.limit) world.violation('more tasks run than the limit allows');
    if (group.spec.limit === 'shared') {
      world.met('S5 a task starts under a shared limit');
      const { capacity, available } = world.limiter;
      const sharing = world.groups.filter(({ spec }) => spec.limit === 'shared');
      const running = sharing.reduce((sum, each) => sum + each.running, 0);
      if (running + available >= capacity) world.violation(`${task.label} starts without a permit`);
    }
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

/**
 * A task awaits only what is older in the same group, and one that somebody waits for in `start` awaits
 * none: nobody waits for himself.
 */
export async function awaitTask(world: World, index: number, place: Place): Promise<void> {
  if (place.isStarting) return;
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
  const fits =
    error instanceof CancelledError &&
    (reason === undefined || error === reason || error.cause === reason);
  if (task.isPending || !task.alone || !fits) {
    world.violation(`awaiting ${task.label} rejects with something else than its CancelledError`);
  }
}
