/** One run: its scheduler, its scopes, and what went wrong. */
import type { Scheduler } from 'fast-check';
import type { Timeout } from 'mooring';
import { Limiter } from 'mooring/limiter';

import type { Coverage, Rule } from './coverage.js';
import type { TimeoutModel } from './exits.js';
import type { GroupModel, Outcome, TaskModel } from './model.js';
import type { Step, Thrown, Why } from './steps.js';
import { type Cause, Scope } from './scopes.js';

/** Where a step stands: what encloses it, innermost first. */
export interface Place {
  readonly scopes: readonly Scope[];
  readonly groups: readonly GroupModel[];
  /** The task it belongs to, if that is nearer than any body. */
  readonly task: TaskModel | undefined;
  /** The groups around the loops that it stands in. */
  readonly outOfLoop?: readonly GroupModel[];
  /** Somebody waits for it in `start`. */
  readonly isStarting?: boolean;
}

/** Takes the steps of a program; here so that groups, tasks and timeouts can have a body. */
export interface Interpreter {
  steps(world: World, steps: readonly Step[], place: Place): Promise<void>;
  /** For a function that is not async: throws what the step throws. */
  syncStep(world: World, step: Step, place: Place): void;
}

export const STRANGER: Error = new Error("somebody else's reason");

export class World {
  readonly scheduler: Scheduler;
  readonly coverage: Coverage;
  readonly violations: string[] = [];
  readonly #controller = new AbortController();
  readonly root: Scope = new Scope('root', undefined, () => this.#controller.signal);
  readonly groups: GroupModel[] = [];
  readonly timeouts: { model: TimeoutModel; real: Timeout }[] = [];
  /** What the groups of a shared limit share. */
  readonly limiter: Limiter = new Limiter(2);
  /** The scopes that cancel a task which is not up yet. */
  readonly starting: Set<Scope> = new Set();
  /** What winners have given, while it is in use. */
  readonly winners: Scope[] = [];
  /** The scopes whose reason has been looked at. */
  readonly verified: Set<Scope> = new Set();
  /** Takes away the listeners that the program itself has left. */
  readonly listeners: (() => void)[] = [];
  tasks = 0;
  readonly #interpreter: Interpreter;
  #failures = 0;

  constructor(scheduler: Scheduler, coverage: Coverage, interpreter: Interpreter) {
    this.scheduler = scheduler;
    this.coverage = coverage;
    this.#interpreter = interpreter;
  }

  steps(steps: readonly Step[], place: Place): Promise<void> {
    return this.#interpreter.steps(this, steps, place);
  }

  syncStep(step: Step, place: Place): void {
    this.#interpreter.syncStep(this, step, place);
  }

  met(rule: Rule): void {
    this.coverage.met(rule);
  }

  violation(text: string): void {
    this.violations.push(text);
  }
  report(label: string, problem: string | undefined, outcome: Outcome): void {
    if (!problem) return;
    const seen = 'error' in outcome ? `rejects with ${text(outcome.error)}` : 'fulfils';
    this.violation(`${label} ${seen}; ${problem}`);
  }

  /** Something that happens when the scheduler says so. */
  async event(label: string, happens: () => void): Promise<void> {
    await this.scheduler.schedule(Promise.resolve(), label);
    happens();
  }

  /** An event that nobody waits for. */
  later(label: string, happens: () => void): void {
    observe(this.event(label, happens), () => {});
  }

  cancelRoot(why: Why): void {
    if (this.root.cause) return;
    cancelWith(why, (cause, ...reason) => {
      this.root.cancel(cause);
      this.#controller.abort(...reason);
    });
  }

  thrown(what: Thrown): unknown {
    const error = new Error(`failure ${++this.#failures}`);
    if (what === 'error') return error;
    if (what === 'frozen') return Object.freeze({ failure: this.#failures });
    if (what === 'string') return `failure ${this.#failures}`;
    if (what === 'undefined') return undefined;
    return Object.assign(new Error('aborted', { cause: STRANGER }), { name: 'AbortError' });
  }
}

/** Calls `told` with the outcome before anybody who waits for the promise from now on. */
export function observe<T>(
  promise: Promise<T>,
  told: (outcome: { value: T } | { error: unknown }) => void,
): void {
  promise.then(
    (value) => {
      told({ value });
    },
    (error: unknown) => {
      told({ error });
    },
  );
}

export function cancelWith(why: Why, cancel: (cause: Cause, ...reason: unknown[]) => void): void {
  if (why === 'none') cancel({ by: 'cancel()', reason: undefined });
  else {
    const reason = why === 'error' ? new Error('enough') : why === 'string' ? 'enough' : null;
    cancel({ by: 'cancel()', reason }, reason);
  }
}

export function outcomeOf(promise: PromiseLike<unknown>): Promise<Outcome> {
  return Promise.resolve(promise).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}

function text(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
