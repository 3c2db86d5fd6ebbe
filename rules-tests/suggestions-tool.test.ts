import { fileURLToPath } from 'node:url';

import { expect, test, vi } from 'vitest';

import { Compiler } from '../tools/suggestions/compiler.js';
import { tryAll } from '../tools/suggestions/try-all.js';
import { type Outcome, run } from './support/run.js';
import { temporaryProject } from './support/temporary-project.js';

vi.setConfig({ testTimeout: 300_000 });

const tool = fileURLToPath(new URL('../tools/dist/suggestions.js', import.meta.url));
const suggestions = (...args: readonly string[]): Promise<Outcome> =>
  run(process.execPath, [tool, ...args], { cwd: import.meta.dirname });

const tsconfig = JSON.stringify({
  compilerOptions: { module: 'ESNext', moduleResolution: 'Bundler', strict: true, types: [] },
  files: ['file.ts'],
});

test('npm run suggestions counts, for each rule, the reports with a suggestion', async () => {
  const root = temporaryProject({
    'tsconfig.json': tsconfig,
    'file.ts': `
      declare function load(): Promise<void>;
      export async function get() { load(); }
      export class Page { constructor() { load(); } }
      export const all = (ids: string[]) => { ids.forEach(async () => { await load(); }); };
    `,
  });
  const { code, stdout } = await suggestions(root);
  expect(stdout.split('\n')).toEqual([
    '| rule | reports | with a suggestion | share | suggestions | broken |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    '| `no-async-void-callback` | 1 | 0 | 0 % | 0 | 0 |',
    '| `no-floating-promises` | 2 | 1 | 50 % | 1 | 0 |',
    '| **all** | 3 | 1 | 33 % | 1 | 0 |',
    '',
    '1 awaitIt',
    '',
  ]);
  expect(code).toBe(0);
});

test('it refuses what it cannot lint', async () => {
  expect(await suggestions()).toMatchObject({ code: 2 });
  expect(await suggestions('/nowhere')).toMatchObject({
    code: 2,
    stderr: '/nowhere cannot be read: there is nothing at that path.\n',
  });
  expect(await suggestions('.', '--preset', 'none')).toMatchObject({
    code: 2,
    stderr: "There is no preset 'none'.\n",
  });
});

test('a suggestion is broken when the file has an error after it that it had not before', () => {
  const text = "const a: number = 'a';\nexport const b: number = 1;\n";
  const root = temporaryProject({ 'tsconfig.json': tsconfig, 'file.ts': text });
  const suggestion = (from: string, to: string) => {
    const at = text.indexOf(from);
    const range: [number, number] = [at, at + from.length];
    return { desc: to, messageId: to, fix: { range, text: to } };
  };
  const message = {
    ruleId: 'rule',
    severity: 2 as const,
    message: '',
    line: 1,
    column: 1,
    suggestions: [suggestion('= 1', '= 2'), suggestion('= 1', "= 'b'"), suggestion("'a'", '1')],
  };
  const result = { filePath: `${root}/file.ts`, messages: [message] };
  const tried = tryAll(result as never, text, new Compiler());
  expect(tried.map(({ errors }) => errors)).toEqual([
    [],
    ["TS2322: Type 'string' is not assignable to type 'number'."],
    [],
  ]);
});

test('what a file knows of a project that its own refers to, and that is not built, is no error', () => {
  const text = "import type { Job } from 'queue';\nexport const end = (job: Job) => [job.name];\n";
  const options = { module: 'NodeNext', strict: true, types: [] };
  const root = temporaryProject({
    'queue/src/job.ts': 'export interface Job { name: string; signal?: AbortSignal }\n',
    'queue/tsconfig.json': JSON.stringify({
      compilerOptions: { ...options, composite: true, outDir: 'dist', rootDir: 'src' },
      include: ['src'],
    }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: { ...options, paths: { queue: ['./queue/dist/job.d.ts'] } },
      files: ['file.ts'],
      references: [{ path: './queue' }],
    }),
    'file.ts': text,
  });
  const compiler = new Compiler();
  const file = `${root}/file.ts`;
  expect(compiler.errors(file, text)).toEqual([]);
  expect(compiler.newErrors(file, text, text.replace('[job.name]', '[job.signal]'))).toEqual([]);
  expect(compiler.newErrors(file, text, text.replace('[job.name]', '[job.end]'))).toEqual([
    "TS2339: Property 'end' does not exist on type 'Job'.",
  ]);
});
