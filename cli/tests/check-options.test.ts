import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test, vi } from 'vitest';

import { temporaryProject } from '../../rules-tests/support/temporary-project.js';
import { Progress } from '../src/progress.js';
import { mooring, type Said } from './support/mooring.js';

const SAVE = 'declare function save(): Promise<void>;\n';

const check = (cwd: string, ...args: readonly string[]): Promise<Said> =>
  mooring(['check', '--format', 'stylish', '--preset', 'structured', ...args], { cwd });

describe('--baseline', () => {
  test('lists what is there, and from then on only what is new counts', async () => {
    const project = temporaryProject({ 'a.ts': `${SAVE}save();\nsave( );\nexport {};\n` });
    const baseline = ['--baseline', 'baseline.json'];
    const written = await check(project, ...baseline, '--update-baseline');
    expect(written).toEqual({
      code: 0,
      stdout:
        'baseline.json lists 2 findings; with --baseline baseline.json only what is new counts.\n',
      stderr: '',
    });
    expect(JSON.parse(readFileSync(join(project, 'baseline.json'), 'utf8'))).toEqual({
      'a.ts': { 'mooring/no-floating-promises': { 'save( );': 1, 'save();': 1 } },
    });

    const known = await check(project, ...baseline);
    expect(known.stdout).toMatch(/^1 file, 0 findings, and 2 that the baseline lists$/m);
    expect(known.code).toBe(0);

    // Both lines have moved, one of them in depth; a third is new.
    writeFileSync(
      join(project, 'a.ts'),
      `${SAVE}\nif (save.length === 0) {\n    save();\n}\nsave( );\nsave();\nexport {};\n`,
    );
    const grown = await check(project, ...baseline);
    expect(grown.stdout).toMatch(/^1 file, 1 finding, and 2 that the baseline lists$/m);
    expect(grown.stdout).toMatch(/^ +7:1 /m);
    expect(grown.code).toBe(1);
  });

  test('holds from wherever it is run, and keeps what is listed of files that are not looked at', async () => {
    const files = { 'one/a.ts': `${SAVE}save();\nexport {};\n` };
    const project = temporaryProject({ ...files, 'two/b.ts': files['one/a.ts'] });
    const update = async (...args: readonly string[]): Promise<string> =>
      (await check(project, '--baseline', 'known.json', '--update-baseline', ...args)).stdout;
    expect(await update('one')).toContain('known.json lists 1 finding; ');
    expect(await update('two')).toContain('known.json lists 2 findings; ');
    expect((await check(join(project, 'two'), '--baseline', '../known.json')).code).toBe(0);
    expect((await check('/', project, '--baseline', join(project, 'known.json'))).code).toBe(0);

    rmSync(join(project, 'one'), { recursive: true });
    writeFileSync(join(project, 'two/b.ts'), `${SAVE}await save();\nexport {};\n`);
    const { stdout } = await check(project, '--baseline', 'known.json');
    expect(stdout).toContain('The baseline lists 1 that is gone: --update-baseline.\n');
    expect(await update()).toContain('known.json lists 0 findings; ');
    expect(readFileSync(join(project, 'known.json'), 'utf8')).toBe('{}\n');
  });

  test('lists files that are broken on purpose', async () => {
    const broken = { 'broken.ts': 'export const = 1;\n', 'a.ts': 'export {};\n' };
    const project = temporaryProject(broken);
    const baseline = ['--baseline', 'known.json'];
    expect((await check(project)).code).toBe(1);
    const { stdout } = await check(project, ...baseline, '--update-baseline');
    expect(stdout).toContain('known.json lists 1 finding; ');
    const known = await check(project, ...baseline);
    expect(known.stdout).toMatch(/^2 files, 0 findings, and 1 that the baseline lists$/m);
    expect(known.code).toBe(0);
    writeFileSync(join(project, 'a.ts'), 'export {;\n');
    writeFileSync(join(project, 'b.ts'), 'export {};\n');
    const grown = await check(project, ...baseline);
    expect(grown.stdout).toMatch(/^not parsed: a\.ts:1:\d+ /m);
    expect(grown.stdout).not.toContain('broken.ts');
    expect(grown.code).toBe(1);
  });

  test('asks for a file that is one', async () => {
    const project = temporaryProject({
      'a.ts': SAVE,
      'b.json': '{ "a.ts": { "x": 1 } }',
      'cut.json': '{ "a.ts": ',
      'merged.json': '{\n<<<<<<< HEAD\n=======\n>>>>>>> other\n}\n',
    });
    const refusal = async (...args: readonly string[]) => {
      const { code, stderr } = await check(project, ...args);
      expect(code).toBe(2);
      return stderr;
    };
    expect(await refusal('--update-baseline')).toMatch(/^--update-baseline asks for --baseline /);
    expect(await refusal('--baseline', 'none.json')).toMatch(
      /none\.json cannot be read: there is nothing at that path; --update-baseline writes one\.$/m,
    );
    expect(await refusal('--baseline', 'b.json')).toMatch(
      /b\.json is no baseline: it has to be \{ file: .* Mend it, or delete it: /,
    );
    expect(await refusal('--baseline', 'cut.json')).toMatch(/it is no JSON \(Unexpected end /);
    expect(await refusal('--baseline', 'merged.json')).toMatch(/the marks of a conflict of git/);
    expect(await refusal('--baseline', 'b.json', '--update-baseline')).toMatch(/is no baseline: /);
    expect(await refusal('--update-baseline', '--baseline', 'no/where.json')).toMatch(
      /where\.json cannot be written: there is nothing at that path\.$/m,
    );
  });
});

test('--fix writes what changes nothing, and says what is left', async () => {
  const project = temporaryProject({
    'a.ts': `
      ${SAVE.trim()}
      export function check(signal: AbortSignal): void {
        if (signal.aborted) throw signal.reason;
        save();
      }
    `,
  });
  const { stdout } = await check(project, '--fix');
  const fixed = readFileSync(join(project, 'a.ts'), 'utf8');
  expect(fixed).toContain('  signal.throwIfAborted();\n  save();');
  expect(stdout).toContain('1 file, 1 finding\n');
});

test('--max is how many findings are no reason to fail', async () => {
  const project = temporaryProject({ 'a.ts': `${SAVE}save();\nsave();\nexport {};\n` });
  expect((await check(project, '--max', '1')).code).toBe(1);
  const { code, stdout } = await check(project, '--max', '2');
  expect(stdout).toContain('1 file, 2 findings\n');
  expect(code).toBe(0);
  expect((await check(project, '--max', 'two')).stderr).toMatch(
    /^Option '--max <n>' argument 'two' /,
  );
});

test('--output writes the report to a file, and says nothing', async () => {
  const project = temporaryProject({ 'a.ts': `${SAVE}save();\nexport {};\n` });
  expect(await check(project, '--output', 'report.txt')).toEqual({
    code: 1,
    stdout: '',
    stderr: '',
  });
  expect(readFileSync(join(project, 'report.txt'), 'utf8')).toContain('1 file, 1 finding');
  expect((await check(project, '--output', 'no/where')).stderr).toMatch(/where cannot be written/);
});

describe('progress', () => {
  const written = (isTTY: boolean, columns = 40) => {
    const lines: string[] = [];
    const output = { isTTY, columns, write: (text: string) => lines.push(text) > 0 };
    return { lines, progress: new Progress(output, '/p') };
  };

  test('is a line on a terminal from the start, drawn over and then taken away', () => {
    const { lines, progress } = written(true);
    progress.step('looking for files');
    expect(lines).toEqual(['\r\u001B[Klooking for files']);
    progress.end();
    expect(lines[1]).toBe('\r\u001B[K');
  });

  test('is 79 characters where the terminal does not know its size', () => {
    const { lines, progress } = written(true, 0);
    progress.step('looking for files');
    progress.step('a'.repeat(200));
    expect(lines).toEqual(['\r\u001B[Klooking for files', `\r\u001B[K${'a'.repeat(79)}`]);
  });

  test('is taken away by Ctrl+C, which ends the process as if nobody had listened', () => {
    const before = process.listeners('SIGINT');
    const own = (): NodeJS.SignalsListener[] =>
      process.listeners('SIGINT').filter((each) => !before.includes(each));
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    const { lines, progress } = written(true);
    progress.step('looking for files');
    progress.step('reading the types');
    expect(own()).toHaveLength(1);
    own()[0]!('SIGINT');
    expect(lines.at(-1)).toBe('\r\u001B[K');
    expect(own()).toEqual([]);
    expect(kill.mock.calls).toEqual([[process.pid, 'SIGINT']]);
    kill.mockRestore();
  });

  test('leaves a log alone as long as a run is short', async () => {
    const { lines, progress } = written(false);
    progress.step('looking for files');
    await progress.file('/p/a.ts', 0, 2);
    progress.end();
    expect(lines).toEqual([]);
  });

  test('is a bar with the name of the file, no longer than a line of the terminal', async () => {
    const { lines, progress } = written(true);
    const said = async (): Promise<string | undefined> => {
      await progress.file(`/p/${'deep/'.repeat(20)}a.ts`, 5, 10);
      return lines[0];
    };
    await expect
      .poll(said, { timeout: 60_000 })
      .toBe('\r\u001B[K██████████░░░░░░░░░░ 5/10 deep/deep/dee');
  });
});
