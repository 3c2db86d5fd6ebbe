/**
 * What the contract says of groups and tasks, written down plainly: no promise, no scheduling, no
 * laziness. It is told of every event at the moment at which the group learns of it.
 */
import type { Task, TaskGroup } from 'mooring';

import type { Coverage } from './coverage.js';
import type { GroupSpec, TaskSpec } from './steps.js';
import { type Cause, isCut, Scope, tick } from './scopes.js';

export type Outcome = { readonly value: unknown } | { readonly error: unknown };

export class GroupModel extends Scope {
  readonly spec: GroupSpec;
  readonly coverage: Coverage;
  real: TaskGroup | undefined;
  readonly tasks: TaskModel[] = [];
  readonly queue: TaskModel[] = [];
  readonly failures: { error: unknown; task: TaskModel | undefined }[] = [];
  readonly handed: unknown[] = [];
  body: 'running' | 'completed' | 'cut' | 'failed' = 'running';
  isJoining = false;
  /** Cancellation kept the body or a task from completing. */
  wasCut: boolean;
  /** The foreground has been done, so that the background tasks may have been cancelled. */
  wasIdle = false;
  /** What `join` has rejected with. */
  joinError: unknown;
  /** When the body or a task last ended. */
  lastWork = 0;
  /** How many wait for room, and how many tasks were created since the last look at all groups. */
  seekers = 0;
  created = 0;

  constructor(
    label: string,
    parent: Scope | undefined,
    spec: GroupSpec,
    coverage: Coverage,
    signal = (): AbortSignal => this.real!.signal,
  ) {
    super(label, parent, signal);
    this.spec = spec;
    this.coverage = coverage;
    this.wasCut = !!parent?.cause;
  }

  get live(): TaskModel[] {
    return this.tasks.filter((task) => task.isPending);
  }

  get foreground(): TaskModel[] {
    return this.live.filter((task) => !task.spec.background);
  }

  /** The limit of its own. */
  get limit(): number {
    return typeof this.spec.limit === 'number' ? this.spec.limit : Infinity;
  }

  get running(): number {
    return this.foreground.filter((task) => task.status === 'running').length;
  }

  /** All work is done; the group closes before long, or has. */
  get isIdle(): boolean {
    return this.isJoining && this.live.length === 0;
  }

  /** What `createTask` will do. Asked before it is called. */
  get onCreate(): 'start' | 'queue' | 'refuse: closed' | 'refuse: cancelled' {
    if (this.ended || (this.isIdle && this.real?.state === 'closed')) return 'refuse: closed';
    if (this.cause) return 'refuse: cancelled';
    return 'start';
  }

  override cancel(cause: Cause): void {
    if (this.cause || this.ended) return;
    // Between its last event and the moment at which we see it settle, only the group itself knows
    // whether it has closed.
    if (this.isIdle && this.real?.state === 'closed') return;
    super.cancel(cause);
    for (const task of this.live) task.cut();
  }

  joins(): void {
    this.isJoining = true;
    this.lastWork = tick();
    this.noteIdle();
  }

  /** The body's end; not known to a group whose body is a block. */
  bodyEnded(outcome: Outcome): void {
    if ('value' in outcome) this.body = 'completed';
    else if (this.isCutBy(outcome.error)) {
      this.body = 'cut';
      this.wasCut = true;
    } else if (this.joinError !== undefined && outcome.error === this.joinError) {
      this.body = 'failed';
    } else {
      this.body = 'failed';
      this.fail(outcome.error, undefined);
    }
    this.joins();
  }

  fail(error: unknown, task: TaskModel | undefined): void {
    this.failures.push({ error, task });
    this.cancel({ by: 'failure', error });
  }

  isCutBy(error: unknown): boolean {
    return isCut(error, this) || isCut(error, this.parent);
  }

  noteIdle(): void {
    if (this.isJoining && this.foreground.length === 0) this.wasIdle = true;
  }

  get state(): TaskGroup['state'] {
    if (this.ended) return 'closed';
    if (this.cause) return 'cancelling';
    return this.isJoining ? 'joining' : 'open';
  }

  /** The failures that the group reports: those of tasks as they settled, the body's last. */
  reported(): unknown[] {
    const tasks = this.failures.filter(({ task }) => task).map(({ error }) => error);
    const body = this.failures.find(({ task }) => !task);
    return body && !tasks.includes(body.error) ? [...tasks, body.error] : tasks;
  }
}

export class TaskModel extends Scope {
  readonly group: GroupModel;
  readonly id: number;
  readonly spec: TaskSpec;
  real: Task<unknown> | undefined;
  realSignal: (() => AbortSignal) | undefined;
  status: Task<unknown>['status'] = 'queued';
  outcome: Outcome | undefined;
  /** Cancelled by itself and not with its group. */
  alone = false;
  isAwaited = false;
  /** Of `start`, and not up. */
  isStarting = false;

  constructor(group: GroupModel, id: number, spec: TaskSpec) {
    // A task is reached through its group's list and no listener: it is no child of the group.
    super(`task ${id}`, undefined, () => this.realSignal!());
    this.group = group;
    this.id = id;
    this.spec = spec;
  }

  override get enclosing(): Scope {
    return this.group;
  }

  get isPending(): boolean {
    return this.status === 'queued' || this.status === 'running';
  }

  starts(): void {
    this.status = 'running';
  }

  cancelAlone(cause: Cause): void {
    if (!this.isPending || this.cause) return;
    this.alone = true;
    this.group.coverage.met('C3 a task is cancelled alone');
    this.cancel(cause);
    if (this.status === 'queued') this.#settle('cancelled', undefined);
  }

  /** Cancelled with the group. */
  cut(): void {
    this.noteBackgroundStop();
    this.cancel({ by: 'parent' });
    if (this.status !== 'queued') return;
    const { group } = this;
    // Asked later: the model learns of a failure before the group has made its reason of it.
    const outcome = {
      get error() {
        return group.reason;
      },
    };
    this.#settle('cancelled', outcome, true);
  }

  ends(outcome: Outcome): void {
    this.noteBackgroundStop();
    if ('value' in outcome) {
      this.#settle('fulfilled', outcome);
    } else if (this.alone && isCut(outcome.error, this)) {
      this.#settle('cancelled', undefined);
    } else if (this.group.isCutBy(outcome.error)) {
      this.#settle('cancelled', outcome, true);
    } else {
      this.#settle('rejected', outcome);
    }
  }

  /** When exactly the background is stopped is the group's to say; that it may be is the model's. */
  noteBackgroundStop(): void {
    if (!this.spec.background || this.cause || !this.group.wasIdle) return;
    const signal = this.realSignal?.();
    if (!signal?.aborted) return;
    const { real } = this.group;
    // The group's own cancellation, of which the model is about to be told.
    if (real!.state === 'cancelling' && real!.signal.reason === signal.reason) return;
    this.group.coverage.met('X1 background tasks are cancelled last');
    this.alone = true;
    this.cancel({ by: 'end of the foreground' });
  }

  #settle(status: Task<unknown>['status'], outcome: Outcome | undefined, wasCut = false): void {
    const { group } = this;
    if (this.status === 'queued') group.coverage.met('S5 a queued task never starts');
    this.status = status;
    this.outcome = outcome;
    this.end();
    group.queue.splice(0, group.queue.length, ...group.queue.filter((task) => task !== this));
    group.lastWork = tick();
    if (wasCut && !this.spec.background) group.wasCut = true;
    if (status === 'rejected') this.#failed((outcome as { error: unknown }).error);
    group.noteIdle();
  }

  #failed(error: unknown): void {
    const { group } = this;
    if (this.isStarting) return;
    if (group.spec.supervision === 'none') {
      group.fail(error, this);
      return;
    }
    group.handed.push(error);
    group.coverage.met('F5 a failure is handed over');
    // What `onTaskError` throws is known when it has thrown: `supervised` tells.
  }

  /** `onTaskError` was called for this task, and threw. */
  supervisorThrew(error: unknown): void {
    this.group.coverage.met('F5 onTaskError throws');
    this.group.fail(error, this);
  }
}
