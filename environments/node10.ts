import { mkdirSync, rmSync, writeFileSync } from 'node:fs';

import { folder, root, run } from './run.js';

const PROGRAM = `import { TaskGroup, timeout, type Task } from 'mooring';

export const length: Promise<number> = timeout(1_000, (deadline) =>
  TaskGroup.run(async (group) => {
    const task: Task<string> = group.createTask(() => 'text');
    return (await task).length;
  }, deadline),
);
// @ts-expect-error -- A promise runs outside of every group.
export const wrong: Promise<number> = TaskGroup.run((group) => group.createTask(length));
`;

/** The oldest way to resolve a module, which knows `main` and `types` and no `exports`. */
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
  writeFileSync(`${folder}${project}/program.ts`, PROGRAM);
  return run(project, process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', '.']);
}
