/** Starts tasks that say when they are up. */
import { CancelledError } from 'mooring';

import type { GroupModel, TaskModel } from './model.js';
import { type Cause, Scope } from './scopes.js';
import type { StartSpec } from './steps.js';
import { caller, checkRefusal, Creation, placeIn, runTask } from './tasks.js';
import type { Place, World } from './world.js';

/** The scope that is given to `start`: it cancels the task until that is up. */
class StartScope extends Scope {
  readonly #task: TaskModel;

  constructor(parent: Scope, task: TaskModel) {
    super('start', parent, () => parent.signal());
    this.#task = task;
  }

  override cancel(): void {
    const task = this.#task;
    const parent = this.parent!;
    // A group reaches its own tasks before it is heard of further in.
    if (this.ended || task.group.cause) return;
    // Asked later: the model is told before there is a reason.
    const cause: Cause = {
      by: 'cancel()',
      get reason() {
        return parent.reason;
      },
    };
    task.cancelAlone(cause);
  }
}

export async function start(
  world: World,
  group: GroupModel,
  spec: StartSpec,
  place: Place,
): Promise<void> {
  // It may wait for room that it takes itself.
  if (!group.isReachable) return;
  const [nearest] = place.scopes;
  const scope = spec.scoped && nearest !== group ? nearest : undefined;
  const options = {
    ...(spec.background && { background: true }),
    ...(scope && { signal: scope.signal() }),
  };
  if (scope?.cause) return checkUncalled(world, group, scope, options);

  const creation = new Creation(world, group, { ...spec, sync: false, steps: [] });
  const { task, expected } = creation;
  task.isStarting = true;
  const following = scope && new StartScope(scope, task);
  if (following) world.starting.add(following);
  const value = { ready: task.id };
  const before = new Set(group.real!.pending);
  const started = caller.run(task.id, () =>
    group.real!.start<object>((context, ready) => {
      const up = (): void => sayReady(world, task, following, () => ready(value));
      return runTask(world, task, context, placeIn(group, place), async (inside) => {
        await world.steps(spec.before, { ...inside, isStarting: true });
        for (let times = spec.ready; times > 0; times--) up();
        await world.steps(spec.after, { ...inside, isStarting: task.isStarting });
      });
    }, options),
  );
  if (expected === 'start') {
    creation.check();
    task.real = [...group.real!.pending].find((each) => !before.has(each));
  }
  try {
    if ((await started) !== value || task.isStarting) {
      world.violation(`start gives a value, and ${task.label} is not up`);
    }
  } catch (error) {
    if (expected === 'start') checkFailure(world, task, scope, error);
    else checkRefusal(world, group, error);
    throw error;
  } finally {
    following?.end();
    if (following) world.starting.delete(following);
  }
}

async function checkUncalled(
  world: World,
  group: GroupModel,
  scope: Scope,
  options: object,
): Promise<void> {
  try {
    await group.real!.start(
      () => world.violation('a task of a cancelled scope is called'),
      options,
    );
  } catch (error) {
    if (error !== scope.reason) world.violation('start rejects with another reason than its scope');
    throw error;
  }
}

function sayReady(
  world: World,
  task: TaskModel,
  following: Scope | undefined,
  ready: () => void,
): void {
  const wasUp = !task.isStarting;
  try {
    ready();
  } catch (error) {
    if (wasUp) world.met('F6 ready() is called twice');
    else world.violation(`ready() of ${task.label} throws`);
    throw error;
  }
  if (wasUp) world.violation(`${task.label} was up, and says so again`);
  if (task.cause) world.met('F6 ready() comes too late');
  else {
    world.met('F6 a task is up');
    task.isStarting = false;
    following?.end();
  }
}

/** What `start` rejects with, where its task was not up. */
function checkFailure(
  world: World,
  task: TaskModel,
  scope: Scope | undefined,
  error: unknown,
): void {
  const { status, outcome } = task;
  let fits = task.isStarting;
  if (status === 'fulfilled') {
    world.met('F6 a task ends and never was up');
    fits &&= error instanceof Error && error.message.includes('never called ready');
  } else if (status === 'rejected') {
    world.met('F6 a task fails before it is up');
    fits &&= error === (outcome as { error: unknown }).error;
  } else if (scope?.cause && error === scope.reason) {
    world.met('F6 its scope cancels a task that is not up');
  } else {
    fits &&=
      outcome && 'error' in outcome ? error === outcome.error : error instanceof CancelledError;
  }
  if (!fits || task.isPending)
    world.violation(`start of ${task.label} rejects with something else`);
}
