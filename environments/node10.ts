import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

import { folder, root, run } from './run.js';

const PROGRAM = `import { TaskGroup, timeout, type Task } from 'mooring';
import { Limiter } from 'mooring/limiter';
import { withClock } from 'mooring/testing';

export const limiter: Limiter = new Limiter(8);
export const now: Promise<number> = withClock((clock) => clock.now);

export const length: Promise<number> = timeout(1_000, (deadline) =>
  TaskGroup.run(async (group) => {
    const task: Task<string> = group.createTask(() => 'text');
    return (await task).length;
  }, deadline),
);
// @ts-expect-error -- A promise runs outside of every group.
export const wrong: Promise<number> = TaskGroup.run((group) => group.createTask(length));
`;

/** One line for each entry that the package has besides the main one. */
function entries(): string {
  const text = readFileSync(`${folder}node_modules/mooring/package.json`, 'utf8');
  const { exports } = JSON.parse(text) as { exports: Record<string, unknown> };
  const names = Object.keys(exports).filter((name) => name !== '.' && !name.endsWith('.json'));
  return names
    .map((name, n) => `export * as entry${n} from 'mooring/${name.slice(2)}';\n`)
    .join('');
}

/**
 * The oldest way to resolve a module, which knows `main`, `types` and `typesVersions`, and no
 * `exports`.
 */
export function node10(): boolean {
  const project = 'dist/node10';
  rmSync(folder + project, { recursive: true, force: true });
  mkdirSync(folder + project);
  const compilerOptions = {
    target: 'ES2022',
    lib: ['ES2022', 'DOM'],
    types: [],
    module: 'CommonJS',
    moduleResolution: 'node10',
    ignoreDeprecations: '6.0',
    strict: true,
    noEmit: true,
  };
  writeFileSync(`${folder}${project}/tsconfig.json`, JSON.stringify({ compilerOptions }));
  writeFileSync(`${folder}${project}/program.ts`, entries() + PROGRAM);
  return run(project, process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', '.']);
}
