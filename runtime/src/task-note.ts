import type { Site } from './call-site.js';
import type { TaskRecord } from './task-record.js';

/** What is known of a task in development, and costs too much to know of every task in production. */
export class TaskNote {
  /** When it was created, as `Date.now()` counts. */
  readonly since = Date.now();
  /** The line that created it. */
  readonly site: Site;
  /** What its group goes by in messages. */
  readonly group: string;
  /** Until it has settled. */
  task: TaskRecord | undefined;
  canNeverSettle = false;

  constructor(task: TaskRecord, site: Site, group: string) {
    this.task = task;
    this.site = site;
    this.group = group;
  }
}
