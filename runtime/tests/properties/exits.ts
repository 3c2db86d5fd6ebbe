/** How groups and timeouts end: the exit rules, asked of the model when a scope has ended. */
import { TaskGroupError, TimeoutError } from 'mooring';

import type { Coverage, Rule } from './coverage.js';
import type { GroupModel, Outcome } from './model.js';
import { isCut, isCutByDeadline, Scope, tick } from './scopes.js';

/** One way in which a scope may end: the rule, and whether the outcome that was seen fits. */
export interface Exit {
  readonly rule: Rule;
  readonly fits: boolean;
}

/**
 * Checks an outcome against what the model allows. That is one way, but for a group whose parent
 * was cancelled between its last event and the moment at which it was seen to settle.
 */
export function check(exits: Exit[], coverage: Coverage): string | undefined {
  const exit = exits.find(({ fits }) => fits);
  if (!exit) return `expected: ${exits.map(({ rule }) => rule).join(', or ')}`;
  coverage.met(exit.rule);
  return undefined;
}

/** The end of `TaskGroup.run`. */
export function exitsOfRun(group: GroupModel, outcome: Outcome, value: unknown): Exit[] {
  const failures = group.reported();
  if (failures.length > 0) return [failed(failures, outcome)];
  const own: Exit =
    group.body === 'cut'
      ? { rule: 'X4 the reason of cancel()', fits: rejects(outcome, group.reason) }
      : {
          rule: group.cause ? "X4 the body's value, after cancel()" : "X4 the body's value",
          fits: 'value' in outcome && outcome.value === value,
        };
  return withParent(group, outcome, own);
}

/** The end of `join`, which knows of no body. */
export function exitsOfJoin(group: GroupModel, outcome: Outcome): Exit[] {
  const failures = group.reported();
  if (failures.length > 0) return [failed(failures, outcome)];
  return withParent(group, outcome, { rule: 'U1 join ends a block', fits: 'value' in outcome });
}

/** The end of a disposer that found a group that nobody has joined. */
export function exitsOfDispose(group: GroupModel, outcome: Outcome): Exit[] {
  const thrown =
    'error' in outcome ? ((outcome.error as Partial<AggregateError>).errors ?? []) : [];
  const fits = areUnseen(group.failures, thrown);
  return thrown.length > 0
    ? [
        {
          rule: 'U1 a disposer throws what nobody has seen',
          fits: fits && failed(thrown, outcome).fits,
        },
      ]
    : [{ rule: 'U1 a block without join cancels', fits: fits && 'value' in outcome }];
}

/** Of those that were awaited in one turn all but the first may count as unseen. */
function areUnseen([first, ...rest]: GroupModel['failures'], thrown: unknown[]): boolean {
  if (!first) return thrown.length === 0;
  const { isAwaited, outcome } = first.task!;
  const isSeen = isAwaited && outcome && 'error' in outcome && outcome.error === first.error;
  if (thrown[0] === first.error && thrown.length > 0 && areUnseen(rest, thrown.slice(1)))
    return true;
  return !!isSeen && areUnseen(rest, thrown);
}

export function withParent(group: GroupModel, outcome: Outcome, own: Exit): Exit[] {
  const { parent } = group;
  if (!parent?.cause) return [own];
  if (!group.wasCut) {
    return [{ rule: 'X5 finished work is kept', fits: own.fits }];
  }
  const theirs: Exit = {
    rule:
      group.cause?.by === 'parent'
        ? "X3 the parent's reason"
        : "X3 the parent's reason, after the group's own cancel()",
    fits: rejects(outcome, parent.reason),
  };
  return parent.causeAt > group.lastWork ? [theirs, own] : [theirs];
}

export function failed(failures: unknown[], outcome: Outcome): Exit {
  const error = 'error' in outcome ? outcome.error : undefined;
  return {
    rule: failures.length > 1 ? 'F2 many failures' : 'F2 one failure',
    fits:
      error instanceof TaskGroupError &&
      error.errors.length === failures.length &&
      failures.every((failure, index) => error.errors[index] === failure) &&
      error.cause === failures[0],
  };
}

export function rejects(outcome: Outcome, reason: unknown): boolean {
  return 'error' in outcome && outcome.error === reason;
}

export class TimeoutModel extends Scope {
  expired = false;

  constructor(parent: Scope | undefined, signal: () => AbortSignal) {
    super('timeout', parent, signal);
  }

  expires(): void {
    this.expired = true;
    this.cancel({ by: 'deadline' });
  }

  get state(): 'active' | 'expiring' | 'expired' | 'finished' {
    if (this.ended) return this.expired ? 'expired' : 'finished';
    return this.expired ? 'expiring' : 'active';
  }

  /** The body has ended, and with it the scope: from now on nothing changes what comes of it. */
  bodyEnds(body: Outcome, coverage: Coverage): (seen: Outcome) => string | undefined {
    const { parent, expired } = this;
    this.end();
    tick();
    if ('value' in body) {
      if (expired) coverage.met("T1 the body's value, though expired");
      return (seen) =>
        'value' in seen && seen.value === body.value ? undefined : "expected: the body's value";
    }
    const { error } = body;
    const isCutHere =
      isCut(error, this) || (!!this.cause && !parent?.cause && isCutByDeadline(error, this.reason));
    if (!isCutHere && !isCut(error, parent)) {
      if (expired) coverage.met("T1 the body's own error, though expired");
      return (seen) => (rejects(seen, error) ? undefined : "expected: the body's own error");
    }
    if (parent?.cause) {
      coverage.met("T1 the parent's reason");
      const { reason } = parent;
      return (seen) => (rejects(seen, reason) ? undefined : "expected: the parent's reason");
    }
    coverage.met(
      isCut(error, this) ? "T1 this scope's TimeoutError" : 'T1 a failure that the deadline caused',
    );
    return (seen) => this.#isTimeoutError(seen, error);
  }

  #isTimeoutError(seen: Outcome, cause: unknown): string | undefined {
    const error = 'error' in seen ? seen.error : undefined;
    const fits =
      error instanceof TimeoutError &&
      error === this.reason &&
      (cause === error || error.cause === cause);
    return fits ? undefined : "expected: this scope's TimeoutError, caused by what the body threw";
  }
}
