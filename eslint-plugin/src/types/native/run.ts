/**
 * For a program that knows all files it is going to lint, as `mooring check` does: an entry of the
 * package, `eslint-plugin-mooring/run`, for `mooring-cli` of the same version.
 */
export type { ConfigProblem, RunProjects } from './config-problems.js';
export { NativeFailure } from './failure.js';
export { closeNativeSessions, prepareRun } from './types.js';
