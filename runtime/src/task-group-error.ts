import { invalid } from './errors.js';

/**
 * What a task group rejects with when a task or its body failed: always this, for one failure as
 * for many, so that a `catch` that works today still works when a second task fails too.
 *
 * `errors` has every failure: those of tasks in the order they settled, the body's last. A nested
 * group's error stays nested. `cause` is the first of them.
 */
export class TaskGroupError extends AggregateError {
  declare errors: unknown[];

  override get name(): string {
    return 'TaskGroupError';
  }

  constructor(errors: Iterable<unknown>, message?: string) {
    const all = [...errors];
    super(all, message, { cause: all[0] });
  }

  /**
   * Parts the errors in two: those that match, and the rest. Each part is a `TaskGroupError` with
   * the same message and the same nesting, or `undefined` where it would be empty, so that
   * `if (rest) throw rest` goes on with what was not dealt with.
   *
   * @param which An error class, or a predicate. It is asked of each leaf, never of a nested group.
   *
   * @example
   * const [refused, rest] = error.split(CardRefused);
   * if (rest) throw rest;
   * if (refused) return showRefusal(refused.leaves());
   */
  split(
    which: (abstract new (...args: never) => Error) | ((error: unknown) => boolean),
  ): [matched: TaskGroupError | undefined, rest: TaskGroupError | undefined] {
    if (typeof which !== 'function') {
      throw invalid('split takes an error class or a predicate', which);
    }
    const isClass = which === Error || which.prototype instanceof Error;
    const matches = isClass
      ? (error: unknown) => error instanceof which
      : (which as (error: unknown) => boolean);
    const matched: unknown[] = [];
    const rest: unknown[] = [];
    for (const error of this.errors) {
      if (error instanceof TaskGroupError) {
        const [yes, no] = error.split(matches);
        if (yes) matched.push(yes);
        if (no) rest.push(no);
      } else {
        (matches(error) ? matched : rest).push(error);
      }
    }
    if (matched.length === 0) return [undefined, this];
    if (rest.length === 0) return [this, undefined];
    return [new TaskGroupError(matched, this.message), new TaskGroupError(rest, this.message)];
  }

  /** Every error in the order of `errors`, with those of nested groups in the place of the group. */
  leaves(): unknown[] {
    return this.errors.flatMap((error) =>
      error instanceof TaskGroupError ? error.leaves() : [error],
    );
  }
}
