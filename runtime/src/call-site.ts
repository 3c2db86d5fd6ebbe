import type { TaskRecord } from './task-record.js';
import { isDevelopment } from './warnings.js';

/** What the platform keeps of a place in the program; its `stack` is written out when it is read. */
export interface Site {
  readonly stack?: string;
}

/** The public function that the program called. */
export type Entry = ((...args: never) => unknown) | (new (...args: never) => unknown);

/** A capture costs more than a small task does, so a group with more pending tasks takes no more. */
const MOST = 10;

/**
 * Where the tasks of a group were created, for the stacks of the errors that they fail with. By
 * itself the stack of an error thrown after an `await` ends at the task's own function:
 *
 *     Error: connection lost
 *         at async load (load.js:7:3)
 *         at async main (main.js:12:9)       ← added: the line of `createTask`
 *
 * It is written as the platform writes its own async frames. The road not taken is to look for the
 * line when the task fails: no platform tells then who started an async function.
 */
export class CallSites {
  /** Set where all tasks of the group come from one call. */
  shared: Site | undefined;
  #sites: Map<TaskRecord, Site> | undefined;

  add(task: TaskRecord, entry: Entry): void {
    if (this.shared || (this.#sites?.size ?? 0) >= MOST) return;
    const site = callSite(entry);
    if (site) (this.#sites ??= new Map()).set(task, site);
  }

  /** Forgets the task, and writes its line under the stack of the error that it failed with. */
  settled(task: TaskRecord): void {
    const site = this.#sites?.get(task);
    this.#sites?.delete(task);
    if (task.status === 'rejected') leadTo(site ?? this.shared, task.outcome);
  }
}

/** Looked up once: in Node a look at `process.env` costs as much as a task. */
let isOn: boolean | undefined;

/** The line that called `entry`; nothing in production, or where the platform tells no lines. */
export function callSite(entry: Entry): Site | undefined {
  if (!(isOn ??= isDevelopment())) return undefined;
  const { captureStackTrace, stackTraceLimit: limit } = Error;
  if (!captureStackTrace || !limit || !Reflect.set(Error, 'stackTraceLimit', 1)) return undefined;
  const site: Site = {};
  try {
    captureStackTrace(site, entry);
  } finally {
    Error.stackTraceLimit = limit;
  }
  return site;
}

/**
 * Makes a line the whole stack of an error that the runtime has made in a timer, whose own stack
 * shows nothing but the runtime and the platform.
 */
export function placeAt(site: Site | undefined, error: Error): void {
  const called = lineOf(site);
  if (called) error.stack = `${error.name}: ${error.message}\n${called}`;
}

function lineOf(site: Site | undefined): string | undefined {
  return /\n( +at .*)$/.exec(site?.stack ?? '')?.[1];
}

function leadTo(site: Site | undefined, error: unknown): void {
  // In newer engines `stack` can be set of a frozen error, too.
  if (!site) return;
  try {
    if (!(error instanceof Error) || Object.isFrozen(error)) return;
    const called = lineOf(site);
    const { stack } = error;
    // A stack that the program writes itself, with `Error.prepareStackTrace`, may be anything.
    if (!called || typeof stack !== 'string' || stack.includes(called.trim().slice(3))) return;
    Reflect.set(error, 'stack', `${stack}\n${called.replace('at ', 'at async ')}`);
  } catch {
    // A getter of the program has thrown: the error is reported as it is.
  }
}
