/** Loops over `TaskGroup.mapIterable`. */
import { TaskGroup, type TaskContext } from 'mooring';

import { check, type Exit, failed, rejects, withParent } from './exits.js';
import { limitOf } from './groups.js';
import { checkReason } from './invariants.js';
import { GroupModel, type Outcome, TaskModel } from './model.js';
import type { Cause, Scope } from './scopes.js';
import type { GroupSpec, IterationSpec } from './steps.js';
import { observe, outcomeOf, type Place, type World } from './world.js';

/** The group inside, of which the source is told the signal. */
class IterationModel extends GroupModel {
  realSignal: AbortSignal | undefined;
  /** The source has come to its end. */
  isExhausted = false;
  /** Results that the loop has had. */
  taken = 0;
  /** By `break`, or by what the body has thrown. */
  isLeft = false;

  constructor(world: World, parent: Scope, limit: GroupSpec['limit']) {
    const spec: GroupSpec = {
      form: 'run',
      shielded: false,
      limit,
      supervision: 'none',
      steps: [],
    };
    super('mapIterable', parent, spec, world.coverage, () => this.realSignal!);
  }

  opened(world: World, signal: AbortSignal): void {
    this.realSignal = signal;
    const onAbort = (): void => {
      // When exactly the generator hears that its loop was left is the platform's to say.
      if (this.isLeft) this.cancel({ by: 'cancel()', reason: undefined });
      if (this.cause) checkReason(world, this);
      else world.violation('a loop is cancelled by nobody');
    };
    signal.addEventListener('abort', onAbort, { once: true });
  }

  override cancel(cause: Cause): void {
    if (!this.cause && !this.ended && !this.isExhausted) this.wasCut = true;
    super.cancel(cause);
  }

  exits(outcome: Outcome, works: number): Exit[] {
    if (this.failures.length > 0) return [failed(this.reported(), outcome)];
    const isFulfilled = 'value' in outcome;
    if (!this.isLeft) {
      const fits = isFulfilled && this.taken === works;
      return withParent(this, outcome, { rule: 'mapIterable: every result', fits });
    }
    const isTheirs = !!this.parent?.cause && rejects(outcome, this.parent.reason);
    return [{ rule: 'mapIterable: the loop is left', fits: isFulfilled || isTheirs }];
  }
}

export async function iterate(world: World, spec: IterationSpec, place: Place): Promise<void> {
  const parent = place.scopes[0]!;
  const limit = limitOf(spec.limit, parent);
  const wasCancelled = !!parent.cause;
  const model = new IterationModel(world, parent, limit);
  const results = TaskGroup.mapIterable(
    (scope) => {
      model.opened(world, scope.signal);
      return source(model, spec);
    },
    (index, context) => work(world, model, spec, index, context, place),
    { signal: parent.signal(), limit: limit === 'shared' ? world.limiter : limit },
  );
  let thrown: { error: unknown } | undefined;
  const loop = async (): Promise<void> => {
    for await (const result of results) {
      if (result !== model.taken++) world.violation('mapIterable gives results out of order');
      if (model.taken > spec.takes) {
        model.isLeft = true;
        break;
      }
      try {
        await world.steps(spec.body, { ...place, outOfLoop: place.groups });
      } catch (error) {
        model.isLeft = true;
        thrown = { error };
        throw error;
      }
    }
  };
  const outcome = await outcomeOf(loop());
  if (model.live.length > 0) world.violation('a loop ends before all of its tasks');
  model.end();
  if (wasCancelled) {
    const fits = rejects(outcome, parent.reason) && !model.realSignal;
    if (!fits) world.violation('a loop in a cancelled scope is begun');
  } else if (thrown) {
    // The language drops what the iterator throws then.
    world.met('mapIterable: the loop throws');
    if (!rejects(outcome, thrown.error)) world.violation('a loop rejects with something else');
  } else {
    const exits = model.exits(outcome, spec.works.length);
    world.report('mapIterable', check(exits, world.coverage), outcome);
  }
  if ('error' in outcome) throw outcome.error;
}

function* source(model: IterationModel, { works }: IterationSpec): Generator<number> {
  for (const index of works.keys()) yield index;
  model.isExhausted = true;
}

function work(
  world: World,
  model: IterationModel,
  { works }: IterationSpec,
  index: number,
  context: TaskContext,
  place: Place,
): Promise<number> {
  const steps = works[index]!;
  const task = new TaskModel(model, ++world.tasks, { background: false, sync: false, steps });
  if (model.cause) world.violation(`${task.label} starts in a cancelled loop`);
  if (index - model.taken > model.limit) world.violation('mapIterable works ahead of its limit');
  model.tasks.push(task);
  task.starts();
  task.realSignal = () => context.signal;
  const inside: Place = { ...place, scopes: [task, model, ...place.scopes] };
  const result = world.steps(steps, inside).then(() => index);
  observe(result, (end) => task.ends(end));
  return result;
}
