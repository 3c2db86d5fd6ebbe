import { invalid, isA, isIterable } from './errors.js';
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
    if (!isIterable(errors)) throw invalid('errors must be iterable', errors);
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
      ? (error: unknown) => isA(error, which as abstract new (...args: never) => Error)
      : (which as (error: unknown) => boolean);
    return parted(this, matches);
  }

  /** Every error in the order of `errors`, with those of nested groups in the place of the group. */
  leaves(): unknown[] {
    const leaves: unknown[] = [];
    parted(this, (error) => leaves.push(error) > 0);
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

/** The error of a group that is being taken apart. */
class Part {
  readonly matched: unknown[] = [];
  readonly rest: unknown[] = [];
  readonly group: TaskGroupError;
  /** It holds a group that is around it: what was passed over is in none of its halves. */
  isCut = false;
  readonly #errors: Iterator<unknown>;

  constructor(group: TaskGroupError) {
    this.group = group;
    this.#errors = group.errors[Symbol.iterator]();
  }

  /** The next group in it; every leaf before that has been put where it belongs. */
  nextGroup(matches: (error: unknown) => boolean): TaskGroupError | undefined {
    for (let step = this.#errors.next(); !step.done; step = this.#errors.next()) {
      if (isOfGroup(step.value)) return step.value;
      (matches(step.value) ? this.matched : this.rest).push(step.value);
    }
    return undefined;
  }

  get halves(): [matched: TaskGroupError | undefined, rest: TaskGroupError | undefined] {
    const { matched, rest, group } = this;
    const half = (errors: unknown[], others: unknown[]): TaskGroupError | undefined => {
      if (others.length === 0 && !(this.isCut && errors.length > 0)) return group;
      return errors.length > 0 ? new TaskGroupError(errors, group.message) : undefined;
    };
    return [matched.length > 0 ? half(matched, rest) : undefined, half(rest, matched)];
  }
}

/**
 * Not by recursion: groups are nested as deep as a program nests them. One in itself, which nothing but
 * a program's own hand makes, is passed over there: its errors are being parted already.
 */
function parted(group: TaskGroupError, matches: (error: unknown) => boolean): Part['halves'] {
  const open = [new Part(group)];
  const around = new Set([group]);
  for (;;) {
    const innermost = open.at(-1)!;
    const inner = innermost.nextGroup(matches);
    if (inner) {
      if (around.has(inner)) innermost.isCut = true;
      else open.push(new Part(inner));
      around.add(inner);
      continue;
    }
    open.pop();
    around.delete(innermost.group);
    const outer = open.at(-1);
    if (!outer) return innermost.halves;
    const [yes, no] = innermost.halves;
    if (yes) outer.matched.push(yes);
    if (no) outer.rest.push(no);
  }
}

/** Also of another copy of this package. */
function isOfGroup(error: unknown): error is TaskGroupError {
  return (
    isA(error, TaskGroupError) ||
    (isA(error, Error) && error.name === 'TaskGroupError' && 'errors' in error)
  );
}
