/** `TaskGroup.any` and `race`, and what becomes of what the winner has given. */
import { TaskGroup, type TaskContext } from 'mooring';

import { check, type Exit, failed, rejects, withParent } from './exits.js';
import { GroupModel, type Outcome, TaskModel } from './model.js';
import { Scope } from './scopes.js';
import type { ContestSpec, GroupSpec } from './steps.js';
import { observe, outcomeOf, type Place, type World } from './world.js';

const INNER: GroupSpec = {
  form: 'run',
  shielded: false,
  limit: undefined,
  supervision: 'none',
  steps: [],
};

/** The group inside, which nobody has hold of. */
class ContestModel extends GroupModel {
  readonly form: ContestSpec['form'];
  winner: TaskModel | undefined;
  /** What has failed in `any` once it was cancelled from outside. */
  readonly cleanUps: unknown[] = [];

  constructor(world: World, form: ContestSpec['form'], parent: Scope) {
    super(form, parent, INNER, world.coverage);
    this.form = form;
  }

  /** Seen by those who were cut. */
  override get reason(): unknown {
    return this.tasks.find(({ cause, realSignal }) => cause && realSignal)?.reason;
  }

  override fail(error: unknown, task: TaskModel | undefined): void {
    if (this.winner) this.coverage.met('C7 what a loser throws');
    else if (this.form === 'race') super.fail(error, task);
    else if (this.cause) this.cleanUps.push(error);
  }

  fulfilled(task: TaskModel): void {
    if (this.winner || this.failures.length > 0) return;
    this.winner = task;
    this.cancel({ by: 'cancel()', reason: undefined });
  }

  exits(outcome: Outcome): Exit[] {
    if (this.failures.length > 0) return [failed(this.reported(), outcome)];
    const { outcome: won } = this.winner ?? {};
    if (won && 'value' in won) {
      const fits = 'value' in outcome && outcome.value === won.value;
      return this.#orCleanUps(outcome, { rule: 'C7 a winner', fits });
    }
    const isLost = this.tasks.every(({ status }) => status === 'rejected');
    const errors = this.tasks.map(
      (task) => (task.outcome as { error: unknown } | undefined)?.error,
    );
    const fits = isLost && failed(errors, outcome).fits;
    return this.#orCleanUps(outcome, { rule: 'any: every failure', fits });
  }

  /** Where the parent's reason would come out, what has failed in a clean-up does. */
  #orCleanUps(outcome: Outcome, own: Exit): Exit[] {
    return withParent(this, outcome, own).map((exit) =>
      exit.rule.startsWith('X3') && this.cleanUps.length > 0
        ? failed(this.cleanUps, outcome)
        : exit,
    );
  }
}

export async function contest(world: World, spec: ContestSpec, place: Place): Promise<void> {
  const parent = place.scopes[0]!;
  const wasCancelled = !!parent.cause;
  const model = new ContestModel(world, spec.form, parent);
  const works = spec.works.map((steps) => (context: TaskContext) => {
    if (wasCancelled) world.violation('a contest in a cancelled scope is held');
    return contend(world, model, steps, context, place);
  });
  const held = TaskGroup[spec.form](works, { signal: parent.signal() });
  // Cancelled by the first of them.
  if (model.tasks.length < works.length) model.wasCut = true;
  model.joins();
  const outcome = await outcomeOf(held);
  if (model.live.length > 0) world.violation(`${spec.form} settles before all of its tasks`);
  model.end();
  if (wasCancelled) {
    if (!rejects(outcome, parent.reason)) world.violation(`${spec.form}: not the parent's reason`);
  } else {
    world.report(spec.form, check(model.exits(outcome), world.coverage), outcome);
  }
  const { winner } = model;
  if ('error' in outcome) {
    if (winner) {
      world.met('C7 a winner that nobody gets');
      if (!winner.signal().aborted) world.violation('what nobody gets is kept alive');
    }
    throw outcome.error;
  }
  if (winner) await use(world, winner, parent, spec, place);
}

function contend(
  world: World,
  model: ContestModel,
  steps: ContestSpec['use'],
  context: TaskContext,
  place: Place,
): Promise<unknown> {
  const task = new TaskModel(model, ++world.tasks, { background: false, sync: false, steps });
  model.tasks.push(task);
  task.starts();
  const { signal } = context;
  task.realSignal = () => signal;
  const value = { valueOf: task.id };
  const result = world
    .steps(steps, { ...place, scopes: [task, ...place.scopes] })
    .then(() => value);
  observe(result, (end) => {
    task.ends(end);
    if ('value' in end) model.fulfilled(task);
  });
  return result;
}

/** What the winner gave is in use: its signal is the parent's business now. */
async function use(
  world: World,
  winner: TaskModel,
  parent: Scope,
  spec: ContestSpec,
  place: Place,
): Promise<void> {
  const given = new Scope('winner', parent, () => winner.signal());
  world.winners.push(given);
  if (given.signal().aborted !== !!given.cause) world.violation('the winner is cut, or is deaf');
  try {
    await world.steps(spec.use, { ...place, scopes: [given, ...place.scopes] });
  } finally {
    if (given.cause) world.met('C7 the parent cancels what a winner gave');
    given.end();
  }
}
