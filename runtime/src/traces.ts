/**
 * What is published of groups, tasks and timeouts on `node:diagnostics_channel`, for tracers and logs:
 * `tracingChannel('mooring.task')`, `tracingChannel('mooring.group')`, `tracingChannel('mooring.timeout')`.
 *
 *     start        the function is about to be called, in the async context that subscribers set up
 *     end          it has returned
 *     error        it has failed
 *     asyncStart   it has settled
 *     asyncEnd     the same, after those who heard `asyncStart`
 *
 * All of them hand over one object, which is filled in as the work goes on. It says nothing of what the
 * program hands in or gets: no arguments and no results.
 */

/** How a scope or a task has ended. Filled in before `asyncStart`. */
interface Ended {
  status?: 'fulfilled' | 'rejected' | 'cancelled';
  /** Of a cancelled one: the message of why. */
  reason?: string;
  /** Of a failed one. */
  error?: unknown;
}

/** A task, on `mooring.task`. */
export interface TaskTrace extends Ended {
  /** `#3` for one without a name. */
  readonly name: string;
  /** The same object for all tasks of a group, and the one that `mooring.group` publishes. */
  readonly group: GroupTrace;
  readonly background: boolean;
  /** Milliseconds that it has waited for room. */
  readonly queued: number;
}

/** A group, on `mooring.group`: from its body, or its first task, until it is closed. */
export interface GroupTrace extends Ended {
  readonly name: string | undefined;
  /** The most tasks that run at once. */
  readonly limit: number | undefined;
}

/** A timeout, on `mooring.timeout`. One that has expired is `cancelled`. */
export interface TimeoutTrace extends Ended {
  readonly name: string | undefined;
  /** Milliseconds to the deadline, at the start. */
  readonly remaining: number;
}

/** The message of a reason, whatever that is. */
export function messageOf(reason: unknown): string {
  try {
    const { message } = Object(reason) as { message?: unknown };
    return typeof message === 'string' && message ? message : String(reason);
  } catch {
    return 'a reason that cannot be shown';
  }
}
