/**
 * `npm start`: checks the unstructured example, then runs the structured one.
 * `npm start -- PATH …`: `mooring check PATH …`, with its options and its exit codes.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { root } from './root.js';

const COULD_NOT = 2;

process.exitCode = await start(process.argv.slice(2));

async function start(args: readonly string[]): Promise<number> {
  if (args.length > 0) return check(args);
  console.log('The unstructured crawler, as `mooring check` sees it:');
  // Our own ESLint config leaves it out.
  const code = check(['--no-config', join(root, 'examples/unstructured')]);
  if (code === COULD_NOT) return code;
  console.log('\nThe structured crawler, run:');
  const entry = new URL('../../examples/dist/structured/main.js', import.meta.url);
  await import(entry.href);
  return 0;
}

function check(args: readonly string[]): number {
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'cli/dist/main.js'), 'check', ...args],
    // npm runs scripts in the workspace; a relative path is meant from where npm was called.
    { cwd: process.env['INIT_CWD'], stdio: 'inherit' },
  );
  return status ?? COULD_NOT;
}
