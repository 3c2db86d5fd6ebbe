import { isDevelopment } from './warnings.js';

/** What the platform keeps of a place in the program; its `stack` is written out when it is read. */
export interface Site {
  readonly stack?: string;
}

/** The public function that the program called. */
export type Entry = ((...args: never) => unknown) | (new (...args: never) => unknown);

let isOn: boolean | undefined;

/** Looked up once: in Node a look at `process.env` costs as much as a task. */
export function tellsLines(): boolean {
  return (isOn ??= isDevelopment());
}

/** The line that called `entry`; nothing in production, or where the platform tells no lines. */
export function callSite(entry: Entry): Site | undefined {
  if (!tellsLines()) return undefined;
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

/** The line, as it stands in a stack. */
export function lineOf(site: Site | undefined): string | undefined {
  return /\n( +at .*)$/.exec(site?.stack ?? '')?.[1];
}

/** Writes a line under the stack of an error that a task has failed with. */
export function leadTo(site: Site | undefined, error: unknown): void {
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
