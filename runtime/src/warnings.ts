import { type Named, nameOf } from './task.js';

/** One line in the console that says what happened, and to whom: tasks, or the body (undefined). */
export function warnAbout(tasks: readonly (Named | undefined)[], what: string): void {
  console.warn(`mooring: ${what}: ${tasks.map(nameOf).join(', ')}`);
}

/**
 * Bundlers replace the expression below and drop what depends on it; in a page that no bundler has
 * touched `process` is not defined.
 */
export function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV !== 'production';
  } catch {
    return true;
  }
}
