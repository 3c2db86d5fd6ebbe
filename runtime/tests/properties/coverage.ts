/**
 * Counts what happened over all runs. A property that holds because nothing ever happened is no
 * evidence: the suite fails unless every state and every rule in this list was met often enough.
 */
export const EXPECTED = [
  'group open',
  'group joining',
  'group cancelling',
  'group closed',
  'task queued',
  'task running',
  'task fulfilled',
  'task rejected',
  'task cancelled',
  'timeout active',
  'timeout expiring',
  'timeout expired',
  'timeout finished',
  'reason: given to cancel()',
  'reason: made by cancel()',
  'reason: a failure',
  'reason: the deadline',
  "reason: the parent's",
  'reason: background tasks are no longer needed',
  'S1 a task settles while it is created',
  'S3 a task is created while the group joins',
  'S3 a closed group takes no task',
  'S4 a cancelling group takes no task',
  'S5 a queued task starts',
  'S5 a queued task never starts',
  'S5 a task starts under a shared limit',
  'S5 room is waited for',
  'S5 room is refused',
  'F2 one failure',
  'F2 many failures',
  'F2 a nested group failed',
  'F3 the body rethrows what a task threw',
  'F3 two tasks throw the same object',
  'F3 something else than an Error is thrown',
  'F5 a failure is handed over',
  'F5 onTaskError throws',
  'F6 a task is up',
  'F6 a task fails before it is up',
  'F6 a task ends and never was up',
  'F6 ready() is called twice',
  'F6 ready() comes too late',
  'F6 its scope cancels a task that is not up',
  "C2 somebody else's AbortError is a failure",
  'C2 a wait on a scope further out is cut',
  'C2 a failure that the cancellation caused',
  'T1 a failure that the deadline caused',
  'C3 a task is cancelled alone',
  'C3 awaiting a task that was cancelled alone',
  'C7 a winner',
  'C7 the parent cancels what a winner gave',
  'C7 a winner that nobody gets',
  'C7 what a loser throws',
  'any: every failure',
  'mapIterable: every result',
  'mapIterable: the loop is left',
  'mapIterable: the loop throws',
  'X1 background tasks are cancelled last',
  "X3 the parent's reason",
  "X3 the parent's reason, after the group's own cancel()",
  "X4 the body's value",
  "X4 the body's value, after cancel()",
  'X4 the reason of cancel()',
  'X5 finished work is kept',
  'X6 the parent had been cancelled',
  'U1 join ends a block',
  'U1 a block without join cancels',
  'U1 a disposer throws what nobody has seen',
  "T1 the body's value, though expired",
  "T1 the body's own error, though expired",
  "T1 this scope's TimeoutError",
  "T1 the parent's reason",
  'T2 the deadline had passed',
] as const;

export type Rule = (typeof EXPECTED)[number];

export class Coverage {
  readonly counts = new Map<Rule, number>(EXPECTED.map((rule) => [rule, 0]));

  met(rule: Rule): void {
    this.counts.set(rule, this.counts.get(rule)! + 1);
  }

  rarerThan(times: number): Rule[] {
    return EXPECTED.filter((rule) => this.counts.get(rule)! < times);
  }
}
