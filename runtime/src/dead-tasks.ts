import { lineOf } from './call-site.js';
import { tellOfDeadTask } from './open-scopes.js';
import type { TaskNote } from './task-note.js';
import { nameOf } from './task.js';

let registry: FinalizationRegistry<TaskNote> | undefined;

/**
 * Says of a task that it can never settle, once the promise that its function has returned is garbage.
 *
 *     await new Promise((resolve) => {});       // nobody has `resolve`
 *
 * What could still end the task holds that promise: a timer, a socket, a signal somebody listens to,
 * each through the function that it is going to call. So when the collector takes the promise of a
 * task that runs, nothing is left that could. Tasks that wait for such a task are not accused: its
 * group, which is in the list of open scopes, holds what waits for it.
 *
 * When that is found is the collector's affair: a diagnosis, and nothing that a program could rely on.
 */
export function watchForDeath(promise: object, note: TaskNote): void {
  // Not in every worker of the edge.
  if (typeof FinalizationRegistry !== 'function') return;
  (registry ??= new FinalizationRegistry(found)).register(promise, note);
}

function found(note: TaskNote): void {
  const { task, site, group } = note;
  if (task?.status !== 'running') return;
  note.canNeverSettle = true;
  const what = `${nameOf(task)} can never settle: nothing is left that could end what it awaits`;
  if (tellOfDeadTask(task, site, what)) return;
  console.warn(`mooring: ${what}. ${group} waits for it.\n${lineOf(site) ?? ''}`.trimEnd());
}
