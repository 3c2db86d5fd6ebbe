import { invalid } from './errors.js';
import { inspect } from './inspect-method.js';

type InspectOptions = Record<string, unknown>;

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
    // Of whatever realm: only an error class has a prototype with a message.
    const isClass = 'message' in Object(which.prototype as unknown);
    const matches = isClass
      ? (error: unknown) => error instanceof which
      : (which as (error: unknown) => boolean);
    const matched: unknown[] = [];
    const rest: unknown[] = [];
    for (const error of this.errors) {
      if (isOfGroup(error)) {
        const [yes, no] = TaskGroupError.prototype.split.call(error, matches);
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
    const leaves: unknown[] = [];
    // Not by recursion: groups are nested as deep as a program nests them.
    const open: unknown[] = [this];
    while (open.length > 0) {
      const error = open.pop();
      if (isOfGroup(error)) for (const each of [...error.errors].reverse()) open.push(each);
      else leaves.push(error);
    }
    return leaves;
  }

  /**
   * @internal Without the `cause`, which is the first of `errors`: a console would show both, and with
   * groups in groups each error as often as two to the power of its depth.
   */
  [inspect](
    depth: number,
    options: InspectOptions,
    show: (error: unknown, options: InspectOptions) => string,
  ): string {
    if (depth < 0) return `[${this.name}]`;
    const shown = Object.create(TaskGroupError.prototype, {
      ...Object.getOwnPropertyDescriptors(this),
      stack: { value: this.stack },
      [inspect]: { value: undefined },
    }) as TaskGroupError;
    delete shown.cause;
    return show(shown, { ...options, depth });
  }
}

/** Also of another copy of this package. */
function isOfGroup(error: unknown): error is TaskGroupError {
  return (
    error instanceof TaskGroupError ||
    (error instanceof Error && error.name === 'TaskGroupError' && 'errors' in error)
  );
}
