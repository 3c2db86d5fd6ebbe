import type { Work } from './task.js';
import { type Traced as TracedGroup, traceOf } from './traced-group.js';
import { messageOf, type TaskTrace } from './traces.js';
import { taskTracer } from './channels.node.js';

/** What is told of a task. */
interface Traced {
  readonly id: string | number;
  readonly background: boolean;
  readonly status: string;
  readonly outcome: unknown;
}

/**
 * The function of a task, heard by whoever listens. It is wrapped when the task is created, so that what
 * subscribers set up for it stands inside the async context that a task that has to wait is given back:
 *
 *     span of the request ─► createTask ─► waits ─► span of the task ─► its function
 */
export function traced<T>(task: Traced, work: Work<T>, group: TracedGroup): Work<T> {
  const created = performance.now();
  return (context) => {
    const trace: TaskTrace = {
      name: typeof task.id === 'string' ? task.id : `#${task.id}`,
      group: traceOf(group),
      background: task.background,
      queued: performance.now() - created,
    };
    return taskTracer.start(task, trace, () => work(context));
  };
}

/** Says how a task has ended, if it was heard to begin. */
export function endTraced(task: Traced): void {
  if (!taskTracer.wasHeard) return;
  const { status, outcome } = task;
  if (status === 'rejected') taskTracer.ended(task, { status, error: outcome });
  else if (status === 'cancelled') taskTracer.ended(task, { status, reason: messageOf(outcome) });
  else taskTracer.ended(task, { status: 'fulfilled' });
}
