/** Part of a task: what its result is asked of. */
interface Settled {
  readonly isPending: boolean;
  readonly status: string;
  readonly outcome: unknown;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as Promise has it
type Handler = ((value: any) => any) | null | undefined;

/** Who asks for results, and gets one rejection out of them at most. */
interface Look {
  hasFailed: boolean;
}

let lookOfTurn: Look | undefined;

/**
 * The one that all who `await` in this turn are counted as.
 *
 *     await Promise.all([left, right]);       // hands on one failure: the other is nobody's
 *
 * It asks each with two handlers, in one turn, and by no more can it be told from two functions that
 * await a task each. So of tasks that are awaited together only the first that fails counts as seen:
 * what is told twice is not lost.
 */
function lookTogether(): Look {
  if (!lookOfTurn) {
    lookOfTurn = { hasFailed: false };
    queueMicrotask(() => (lookOfTurn = undefined));
  }
  return lookOfTurn;
}

/** The task's result as a promise, and whether anybody looks at its rejection. */
export class TaskResult<T> {
  /** Somebody gets to see with what the task has failed. */
  isSeen = false;
  readonly promise: Promise<T>;
  settle!: () => void;
  readonly #task: Settled;
  /** Those who have asked while the task was pending. */
  #looks: Look[] | undefined;

  constructor(task: Settled) {
    this.#task = task;
    this.promise = new Promise<T>((resolve, reject) => {
      this.settle = () => {
        if (task.status === 'fulfilled') resolve(task.outcome as T);
        else {
          this.#looks?.forEach((look) => this.#failed(look));
          reject(task.outcome);
        }
      };
    });
    if (!task.isPending) this.settle();
  }

  #failed(look: Look): void {
    if (!look.hasFailed) this.isSeen = look.hasFailed = true;
  }

  #askedBy(look: Look): void {
    if (this.#task.isPending) (this.#looks ??= []).push(look);
    else if (this.#task.status !== 'fulfilled') this.#failed(look);
  }

  then(onFulfilled: Handler, onRejected: Handler): Promise<never> {
    if (typeof onRejected === 'function') {
      this.#askedBy(typeof onFulfilled === 'function' ? lookTogether() : { hasFailed: false });
    }
    return then(this.promise, onFulfilled, onRejected, this.promise);
  }

  finally(onFinally: Handler): Promise<T> {
    return lastly(this.promise, onFinally, this.promise);
  }
}

// task.then(show).finally(hide);
//
// The group reports the task's error. Passed on to a promise that nobody holds it would also be an
// unhandled rejection, and end the process before the group is done. An error of `show` or `hide` is
// another, and comes out as that of any promise does. `failed` rejects when the task's error has come as
// far as the promise that it was derived from.

type Derived = Promise<never>;

function then(
  from: Promise<unknown>,
  onFulfilled: Handler,
  onRejected: Handler,
  failed: Promise<unknown>,
) {
  const next = Promise.prototype.then.call(from, onFulfilled, onRejected) as Derived;
  return typeof onRejected === 'function' ? next : passOn(next, failed);
}

function lastly(from: Promise<unknown>, onFinally: Handler, failed: Promise<unknown>): Derived {
  if (typeof onFinally !== 'function') return then(from, null, null, failed);
  let fail!: () => void;
  const hasFailed = new Promise<void>((_, reject) => (fail = reject));
  const next = from.then(
    async (value) => (await onFinally(undefined), value),
    async (error) => {
      await onFinally(undefined);
      void failed.catch(fail);
      throw error;
    },
  );
  return passOn(next as Derived, hasFailed);
}

function passOn(derived: Derived, failed: Promise<unknown>): Derived {
  // eslint-disable-next-line mooring/no-floating-promises -- handled by the group
  failed.catch(() => derived.catch(() => {}));
  return Object.defineProperties(derived, {
    then: { value: (a: Handler, b: Handler) => then(derived, a, b, failed) },
    finally: { value: (a: Handler) => lastly(derived, a, failed) },
  });
}
