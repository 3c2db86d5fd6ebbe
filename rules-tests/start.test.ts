import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test, vi } from 'vitest';

import { type Outcome, run } from './support/run.js';
import { temporaryProject } from './support/temporary-project.js';

vi.setConfig({ testTimeout: 300_000 });

const workspace = fileURLToPath(new URL('..', import.meta.url));
const program = join(workspace, 'tools/dist/start.js');

const FLOATS = 'mooring/no-floating-promises';
const PROJECT = {
  'tsconfig.json': '{ "compilerOptions": { "strict": true } }',
  'src/a.ts': 'declare function save(): Promise<void>;\nsave();\nexport {};\n',
};

/** `npm start -- …`, called from a folder. */
const start = (args: readonly string[], from = workspace): Promise<Outcome> =>
  run(process.execPath, [program, ...args], { cwd: workspace, env: { INIT_CWD: from } });

describe('npm start', () => {
  test('checks the unstructured example, then runs the structured one', async () => {
    const { code, stdout, stderr } = await start([]);
    expect(stderr).toBe('');
    const [checked, ran] = stdout.split('The structured crawler, run:');
    expect(checked).toMatch(/mooring\//);
    expect(ran).toMatch(/\S/);
    expect(code).toBe(0);
  });

  test('takes a relative path from where npm was called, and the options of mooring check', async () => {
    const { code, stdout } = await start(
      ['./src', '--format', 'stylish'],
      temporaryProject(PROJECT),
    );
    expect(stdout).toMatch(/^src.a\.ts$/m);
    expect(stdout).toContain(FLOATS);
    expect(code).toBe(1);
  });

  test('says why it could not, and exits with 2', async () => {
    const { code, stdout, stderr } = await start(['nowhere'], temporaryProject(PROJECT));
    expect(stderr).toMatch(/^.*nowhere cannot be read: there is nothing at that path\.\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('and so does the script of the workspace', async () => {
    const { code, stdout } = await run(
      'npm',
      ['start', '--silent', '--prefix', workspace, '--', 'src'],
      { cwd: temporaryProject(PROJECT) },
    );
    expect(stdout).toContain(FLOATS);
    expect(code).toBe(1);
  });
});
