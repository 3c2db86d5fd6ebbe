import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The folder of the workspace. */
export const root: string = fileURLToPath(new URL('../..', import.meta.url));

/** Where the packages are that `npm run test:environments` installs, and the programs that use them. */
export const folder: string = fileURLToPath(new URL('..', import.meta.url));

/** Runs a program in a folder of `environments/`, and says whether it ended well. */
export function run(
  within: string,
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): boolean {
  const { status, error } = spawnSync(program, args, {
    cwd: `${folder}${within}`,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (error) console.error(error.message);
  return status === 0;
}
