import type { Entry } from './call-site.js';
import type { LazySignal, ScopeOptions, TaskContext } from './cancellation.js';
import { follow, type Follower } from './follow.js';
import type { Group } from './group.js';
import { parentOf } from './parent.js';
import { reasonOf } from './reason.js';
import { checkKeys } from './task-group-options.js';
import { checkWork, nameOf, type TaskOptions } from './task.js';
import type { TaskRecord } from './task-record.js';

/** A function that becomes a task, and says when it is up. */
export type StartWork<T> = (context: TaskContext, ready: (value: T) => void) => unknown;

/** Creates a task, and waits until it is up; until then its failure is the caller's. */
export async function start<T>(
  group: Group,
  work: StartWork<T>,
  options: TaskOptions & ScopeOptions,
  entry: Entry,
): Promise<T> {
  checkWork(work);
  const parent = parentOf(options);
  checkKeys(options, ['signal', 'name', 'background']);
  // Own ones: of a group or a timeout handed on as the scope only the signal counts.
  const { name, background } = { ...options };
  if (parent?.aborted) throw reasonOf(parent);
  let task: TaskRecord | undefined;
  let follower: Follower | undefined;
  let isUp = false;
  let up!: (value: T) => void;
  const isReady = new Promise<T>((resolve) => (up = resolve));
  const followCaller = (): void => {
    follower ??= follow(parent, (reason) => task!.cancel(reason));
  };
  const run = (context: TaskContext): unknown => {
    group.unready.add(context);
    // A task that need not wait runs before `createTask` has returned it, and may cancel its caller.
    task ??= group.pool.youngest;
    followCaller();
    return work(context, (value) => {
      if (isUp) throw new Error(`${nameOf(task)} has called ready() before`);
      // Too late: it is on its way out, or has ended, and its failure stays the caller's.
      if ((context as LazySignal).isAborted || !task?.isPending) return;
      isUp = true;
      group.unready.delete(context);
      follower?.leave();
      up(value);
    });
  };
  const created = (task = group.createTask(run, { name, background }, entry));
  // A limit that is out of order fails a task that it has not started.
  if (created.status === 'queued') group.unready.add(created.context);
  if (!isUp) followCaller();
  await Promise.race([isReady, created.join()]);
  if (isUp) return isReady;
  follower?.leave();
  if (created.status === 'fulfilled') {
    throw new Error(`${nameOf(created)} has ended, and has never called ready()`);
  }
  throw created.status === 'cancelled' && parent?.aborted ? reasonOf(parent) : created.outcome;
}
