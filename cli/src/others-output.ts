import { Console } from 'node:console';

import { COULD_NOT } from './command.js';
import { reasonOf } from './lint/targets.js';

/** Warnings about how a project is set up, which are no findings: those of ESLint, and these of Node. */
const ABOUT_THE_PROJECT = /^(ESLint\w+|MODULE_TYPELESS_PACKAGE_JSON|ExperimentalWarning)$/;

/**
 * `mooring check | head`: who reads has read enough, and what is left to say is dropped. A disk that is
 * full is another matter.
 */
export function endWithReader(process: NodeJS.Process): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`The report cannot be written: ${reasonOf(error)}.\n`);
    process.exit(COULD_NOT);
  });
}

/**
 * Keeps what the config of a project prints, while it is loaded, out of the report: a line of dotenv
 * in front of it makes no JSON. It goes to the standard error.
 *
 *     console.log('loaded'); // eslint.config.js, in `mooring check --format json > report.json`
 */
export function keepOthersQuiet(process: NodeJS.Process): void {
  globalThis.console = new Console({ stdout: process.stderr, stderr: process.stderr });
  const listeners = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning: Error & { code?: string }) => {
    if ([warning.name, warning.code ?? ''].some((each) => ABOUT_THE_PROJECT.test(each))) return;
    for (const listener of listeners) listener(warning);
  });
}
