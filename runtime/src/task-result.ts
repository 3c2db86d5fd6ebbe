/** Part of a task: what its result is asked of. */
interface Settled {
  readonly isPending: boolean;
  readonly status: string;
  readonly outcome: unknown;
}

/** The task's result as a promise, and whether anybody looks at its rejection. */
export class TaskResult<T> {
  isSeen = false;
  readonly promise: Promise<T>;
  settle!: () => void;

  constructor(task: Settled) {
    this.promise = new Promise<T>((resolve, reject) => {
      this.settle = () => {
        if (task.status === 'fulfilled') resolve(task.outcome as T);
        else reject(task.outcome);
      };
    });
    if (!task.isPending) this.settle();
  }

  // task.then(show);
  // The group reports the task's error. Passed on to a promise that nobody holds it would also
  // be an unhandled rejection, and end the process before the group is done.
  passOn<D>(derived: Promise<D>): Promise<D> {
    // eslint-disable-next-line mooring/no-floating-promises -- handled by the group
    this.promise.catch(() => derived.catch(() => {}));
    return derived;
  }
}
