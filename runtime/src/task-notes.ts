import { callSite, type Entry, leadTo, type Site } from './call-site.js';
import { watchForDeath } from './dead-tasks.js';
import { TaskNote } from './task-note.js';
import type { TaskRecord } from './task-record.js';

/** A note costs more than a small task does, so a group with more pending tasks takes no more. */
const MOST = 10;

/**
 * What is noted of the first tasks of a group in development: nothing in production. Of each the line
 * that created it, for the stack of the error that it fails with. By itself the stack of an error
 * thrown after an `await` ends at the task's own function:
 *
 *     Error: connection lost
 *         at async load (load.js:7:3)
 *         at async main (main.js:12:9)       ← added: the line of `createTask`
 *
 * It is written as the platform writes its own async frames. The road not taken is to look for the
 * line when the task fails: no platform tells then who started an async function.
 */
export class TaskNotes {
  /** Set where all tasks of the group come from one call. */
  shared: Site | undefined;
  #notes: Map<TaskRecord, TaskNote> | undefined;

  /**
   * @param label The group.
   * @param promise What the function of a task that runs has returned.
   */
  add(task: TaskRecord, label: string, entry: Entry | undefined, promise?: object): void {
    if ((this.#notes?.size ?? 0) >= MOST) return;
    const site = this.shared ?? (entry && callSite(entry));
    if (!site) return;
    const note = new TaskNote(task, site, label);
    (this.#notes ??= new Map()).set(task, note);
    if (promise) watchForDeath(promise, note);
  }

  of(task: TaskRecord): TaskNote | undefined {
    return this.#notes?.get(task);
  }

  /** A task that had to wait runs, and its function has returned a promise. */
  started(task: TaskRecord, promise: object): void {
    const note = this.of(task);
    if (note) watchForDeath(promise, note);
  }

  /** Forgets the task, and writes its line under the stack of the error that it failed with. */
  settled(task: TaskRecord): void {
    const note = this.of(task);
    if (note) {
      note.task = undefined;
      this.#notes!.delete(task);
    }
    if (task.status === 'rejected') leadTo(note?.site ?? this.shared, task.outcome);
  }
}
