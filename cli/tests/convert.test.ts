import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { temporaryProject } from '../../rules-tests/support/temporary-project.js';
import { Compiler } from '../src/convert/compiler.js';
import { mooring } from './support/mooring.js';

const runtime = fileURLToPath(new URL('../../runtime', import.meta.url));

const ORDER = `
  import { charge, ship } from './calls.js';

  export async function order(): Promise<void> {
    await Promise.all([charge(), ship()]);
  }
`;

const PROJECT = {
  'tsconfig.json': JSON.stringify({
    compilerOptions: { module: 'nodenext', target: 'es2022', strict: true },
  }),
  'calls.ts': `
    export declare function charge(): Promise<void>;
    export declare function ship(): Promise<void>;
  `,
  'order.ts': ORDER,
};

function project(files: Readonly<Record<string, string>>): string {
  const root = temporaryProject({ ...PROJECT, ...files });
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(runtime, join(root, 'node_modules/mooring'));
  return root;
}

describe('mooring convert', () => {
  test('applies suggestions where the file type-checks after it, and says how many', async () => {
    const cwd = project({
      'fetched.ts': `
        export async function page(url: string, signal: AbortSignal): Promise<string> {
          signal.throwIfAborted();
          const response = await fetch(url);
          return response.text();
        }
      `,
    });
    const { code, stdout, stderr } = await mooring(['convert'], { cwd });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^2 suggestions applied in 2 files, 0 left$/m);
    expect(stdout).toMatch(/^ {2}1 mooring\/forward-signal\n {2}1 mooring\/prefer-task-group$/m);
    expect(readFileSync(join(cwd, 'order.ts'), 'utf8')).toContain('TaskGroup.all([');
    expect(readFileSync(join(cwd, 'fetched.ts'), 'utf8')).toContain('fetch(url, { signal })');
    const again = await mooring(['convert'], { cwd });
    expect(again.stdout).toBe('0 suggestions applied in 0 files, 0 left\n');
    expect(code).toBe(0);
  });

  test('a file that the prettier of the project has formatted is formatted by it again', async () => {
    const call = 'charge(), ship(), charge(), ship(), charge()';
    const text = `import { charge, ship } from "./calls.js";

export async function order(): Promise<void> {
  await Promise.all([${call}]);
}
`;
    const cwd = project({ '.prettierrc': '{}', 'order.ts': text, 'other.ts': `${text};\n` });
    symlinkSync(
      fileURLToPath(new URL('../../node_modules/prettier', import.meta.url)),
      join(cwd, 'node_modules/prettier'),
    );
    await mooring(['convert'], { cwd });
    const converted = readFileSync(join(cwd, 'order.ts'), 'utf8');
    expect(Math.max(...converted.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(converted).toContain('TaskGroup.all([\n    ');
    expect(converted).toContain('import { TaskGroup } from "mooring";\n');
    expect(readFileSync(join(cwd, 'other.ts'), 'utf8')).toMatch(
      /^ {2}await TaskGroup\.all\(\[.{60,}$/m,
    );
  });

  test('prints the patch with --dry-run, takes the rules that are named, and writes nothing', async () => {
    const cwd = project({});
    const shown = await mooring(['convert', '--dry-run', '--rule', 'prefer-task-group'], { cwd });
    expect(shown.stdout).toMatch(/^--- a\/order\.ts\s*\n\+\+\+ b\/order\.ts/m);
    expect(shown.stdout).toMatch(/^1 suggestion to apply in 1 file, 0 left$/m);
    expect(shown.stdout).toMatch(/^\+import \{ TaskGroup \} from 'mooring';$/m);
    expect(readFileSync(join(cwd, 'order.ts'), 'utf8')).toContain('Promise.all([');
    const other = await mooring(['convert', '--dry-run', '--rule', 'forward-signal'], { cwd });
    expect(other.stdout).toBe('0 suggestions to apply in 0 files, 0 left\n');
    expect(other.code).toBe(0);
  });

  test('takes back what does not type-check, and says why', async () => {
    const cwd = temporaryProject({
      ...PROJECT,
      'node_modules/mooring/package.json': '{ "types": "index.d.ts" }',
      'node_modules/mooring/index.d.ts': 'export declare const TaskGroup: { run(): void };\n',
    });
    const { code, stdout } = await mooring(['convert'], { cwd });
    expect(stdout).toMatch(/^0 suggestions applied in 0 files, 1 left$/m);
    expect(stdout).toMatch(/^ {2}order\.ts:4 mooring\/prefer-task-group: TS2339: Property 'all' /m);
    expect(readFileSync(join(cwd, 'order.ts'), 'utf8')).toContain('Promise.all([');
    expect(code).toBe(1);
  });

  test('names a file that does not parse, and converts the others', async () => {
    const cwd = project({ 'broken.ts': 'export const = 1;\n' });
    const { code, stdout } = await mooring(['convert'], { cwd });
    expect(stdout).toMatch(/^1 suggestion applied in 1 file, 1 left$/m);
    expect(stdout).toMatch(/^ {2}broken\.ts:1 not parsed: \S/m);
    expect(code).toBe(1);
  });

  test('a change is taken back too where another file would have an error', () => {
    const cwd = temporaryProject({
      'tsconfig.json': PROJECT['tsconfig.json'],
      'a.ts': 'export const a = 1;\n',
      'b.ts': "import { a } from './a.js';\nexport const b: number = a;\n",
    });
    const compiler = new Compiler(() => join(cwd, 'tsconfig.json'));
    const errors = (after: string): readonly string[] =>
      compiler.newErrorsElsewhere(join(cwd, 'a.ts'), 'export const a = 1;\n', after);
    expect(errors('export const a = 2;\n')).toEqual([]);
    expect(errors("export const a = '2';\n")).toEqual([expect.stringMatching(/^TS2322: /)]);
  });

  test('the next file is compiled with what is kept of the one before, not with what was tried', () => {
    const [before, b] = [
      'export const a = 1;\n',
      "import { a } from './a.js';\na satisfies number;\n",
    ];
    const cwd = temporaryProject({ ...PROJECT, 'a.ts': before, 'b.ts': b });
    const compiler = new Compiler(() => join(cwd, 'tsconfig.json'));
    const errors = (): readonly string[] =>
      compiler.newErrors(join(cwd, 'b.ts'), b, `${b}export const c: number = a;\n`);
    compiler.newErrors(join(cwd, 'a.ts'), before, "export const a = '2';\n");
    expect(errors()).toEqual([expect.stringMatching(/^TS2322: /)]);
    compiler.settle(join(cwd, 'a.ts'), before);
    expect(errors()).toEqual([]);
  });

  test('asks for the runtime, which what it writes imports', async () => {
    const cwd = temporaryProject(PROJECT);
    const { code, stderr } = await mooring(['convert'], { cwd });
    expect(stderr).toMatch(/^The package mooring is not installed in this project: .*\.$/m);
    expect(code).toBe(2);
    const broken = await mooring(['convert'], {
      cwd: temporaryProject({ ...PROJECT, 'package.json': '{ "name": ' }),
    });
    expect(broken.stderr).toMatch(/^Error parsing .*package\.json: .*\.$/m);
    expect(broken.code).toBe(2);
  });
});
