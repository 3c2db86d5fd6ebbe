import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

import { folder, root, run } from './run.js';

const TEST = `import * as mooring from 'mooring';
import * as testing from 'mooring/testing';

import { programs } from '../programs.js';
import { testingPrograms } from '../testing-programs.js';

test.each(Object.entries(programs))('%s', (_name, program) => program(mooring));
test.each(Object.entries(testingPrograms))('%s', (_name, program) => program(testing, mooring));
`;

/** The files that `docs/testing.md` shows under a heading; the first line of each is its name. */
function filesUnder(heading: string): [name: string, text: string][] {
  const page = readFileSync(`${root}docs/testing.md`, 'utf8');
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`docs/testing.md has no section "${heading}"`);
  return [...section.matchAll(/^```js\n\/\/ (\S+)\n([\s\S]*?)^```/gm)].map((match) => [
    match[1]!,
    match[2]!,
  ]);
}

/** Runs the programs in jest, set up as a section of the page says. */
function jest(heading: string, type: 'commonjs' | 'module', environment: string): boolean {
  const project = `dist/${heading.replaceAll(/\W+/g, '-')}-${environment}`;
  rmSync(folder + project, { recursive: true, force: true });
  mkdirSync(folder + project);
  const files = [
    ...filesUnder(heading),
    ['package.json', JSON.stringify({ type })],
    ['suite.test.js', TEST],
  ] as const;
  for (const [name, text] of files) writeFileSync(`${folder}${project}/${name}`, text);
  return run(
    project,
    process.execPath,
    ['../../node_modules/jest/bin/jest.js', '--env', environment],
    type === 'module' ? { NODE_OPTIONS: '--experimental-vm-modules' } : {},
  );
}

/** @param by What transforms the files, where that is not what jest has with it. */
export const inCommonJs = (environment: string, by?: 'ts-jest' | '@swc/jest'): boolean =>
  jest(`jest, CommonJS${by ? `, by ${by}` : ''}`, 'commonjs', environment);

export const inModules = (environment: string): boolean =>
  jest('jest, ES modules', 'module', environment);
