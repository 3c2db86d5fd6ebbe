import { join } from 'node:path';

import type ts from 'typescript';
import { afterEach, expect, test, vi } from 'vitest';

import { temporaryProject } from '../../rules-tests/support/temporary-project.js';
import { OlderProject } from '../src/lint/older-project.js';
import { OlderProjects } from '../src/lint/older-projects.js';

afterEach(() => {
  vi.restoreAllMocks();
});

const MODULE = 'export {};\n';
const OPTIONS = { module: 'nodenext', types: [], noLib: true };
const config = (more: object): string => JSON.stringify({ compilerOptions: OPTIONS, ...more });

/** The files of a run, found in their projects, each of them opened. */
function opened(files: Readonly<Record<string, string>>) {
  const root = temporaryProject(files).replaceAll('\\', '/');
  const sources = Object.keys(files).filter((name) => /(?<!\.d)\.[jt]s$/.test(name));
  const loads = vi.spyOn(OlderProject.prototype, 'program', 'get');
  const projects = new OlderProjects(sources.map((name) => join(root, name)));
  const programOf = (name: string): ts.Program => projects.projectOf(join(root, name)).program;
  const programs = new Map(sources.map((name) => [name, programOf(name)]));
  return {
    /** How many programs were made. */
    made: new Set(loads.mock.contexts).size,
    isSame: (a: string, b: string) => programs.get(a) === programs.get(b),
    configOf: (name: string) => projects.configOf(join(root, name))?.slice(root.length + 1),
    /** What is wrong with a file, by its numbers. */
    errorsOf: (name: string) =>
      programs
        .get(name)!
        .getSemanticDiagnostics(programs.get(name)!.getSourceFile(join(root, name)))
        .map(({ code }) => code),
  };
}

test('files that no tsconfig has share one program for each config above them', () => {
  const scripts = Array.from({ length: 20 }, (_, index) => `scripts/${index % 4}/${index}.ts`);
  const { made, isSame, configOf } = opened({
    'tsconfig.json': config({ include: ['src'] }),
    'src/a.ts': MODULE,
    'src/b.ts': MODULE,
    ...Object.fromEntries(scripts.map((name) => [name, MODULE])),
    'other/tsconfig.json': config({ include: ['src'] }),
    'other/tests/a.ts': MODULE,
    'other/tests/b.ts': MODULE,
  });
  expect(made).toBe(3);
  expect(isSame('src/a.ts', 'src/b.ts')).toBe(true);
  expect(scripts.every((name) => isSame(name, scripts[0]!))).toBe(true);
  expect(isSame(scripts[0]!, 'src/a.ts')).toBe(false);
  expect(isSame('other/tests/a.ts', 'other/tests/b.ts')).toBe(true);
  expect(configOf('other/tests/a.ts')).toBe('other/tsconfig.json');
});

test('a file belongs to the config that has it: one that is referred to, or one further up', () => {
  const { made, configOf } = opened({
    'tsconfig.json': config({ include: ['app/config'] }),
    'app/tsconfig.json': config({ files: [], references: [{ path: './tsconfig.app.json' }] }),
    'app/tsconfig.app.json': config({ include: ['src'], references: [{ path: '.' }] }),
    'app/src/a.ts': MODULE,
    'app/config/b.ts': MODULE,
  });
  expect(configOf('app/src/a.ts')).toBe('app/tsconfig.app.json');
  expect(configOf('app/config/b.ts')).toBe('tsconfig.json');
  expect(made).toBe(2);
});

test('a file that a project imports sees the names of the project', () => {
  const { made, errorsOf } = opened({
    'tsconfig.json': config({ files: ['main.ts', 'names.d.ts'] }),
    'names.d.ts': 'declare const known: number;',
    'main.ts': "import './imported.js';",
    'imported.ts': 'export {}; known;',
    'apart.ts': 'export {}; known;',
  });
  expect(errorsOf('imported.ts')).toEqual([]);
  expect(errorsOf('apart.ts')).toEqual([2304]);
  expect(made).toBe(2);
});

test('the names of one script in no project are not those of another', () => {
  const { made, errorsOf } = opened({
    'a.ts': 'const known = 1;',
    'b.ts': 'known;',
  });
  expect(errorsOf('b.ts')).toEqual([2304]);
  expect(made).toBe(1);
});

test('a program has the text that the linter has, and is made anew only where that differs', () => {
  const root = temporaryProject({ 'a.ts': 'const known = 1;' }).replaceAll('\\', '/');
  const file = join(root, 'a.ts');
  const project = new OlderProjects([file]).projectOf(file);
  const before = project.programWith(file, 'const known = 1;');
  expect(project.programWith(file, 'const known = 1;')).toBe(before);
  const after = project.programWith(file, 'const other = 1;');
  expect(after.getSourceFile(file)?.text).toBe('const other = 1;');
  expect(project.programWith(file, 'const other = 1;')).toBe(after);
});
