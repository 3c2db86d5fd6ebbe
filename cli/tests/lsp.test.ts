import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { temporaryProject } from '../../rules-tests/support/temporary-project.js';
import { Editor } from './support/editor.js';

const RULE = 'mooring/no-floating-promises';
const PROJECT = {
  'tsconfig.json': '{ "compilerOptions": { "strict": true } }',
  'save.ts': 'export declare function save(): Promise<void>;\n',
  'a.ts': "import { save } from './save.js';\nexport async function run() {\n  save();\n}\n",
};

/** One server for all tests, as an editor has one for a day. */
let editor: Editor;
beforeAll(async () => {
  editor = await Editor.start([]);
});
afterAll(() => editor.quit());

async function opened(files: Readonly<Record<string, string>> = PROJECT, name = 'a.ts') {
  const folder = temporaryProject(files);
  await editor.addFolder(folder);
  const path = join(folder, name);
  await editor.open(path);
  return { folder, path };
}

describe('a document', () => {
  test('is reported when it is opened, and as it is typed', async () => {
    const { path } = await opened();
    const [report] = await editor.reports(path);
    expect(report).toMatchObject({
      code: RULE,
      source: 'mooring',
      severity: 1,
      range: { start: { line: 2, character: 2 }, end: { line: 2, character: 8 } },
    });
    expect(report!.codeDescription?.href).toMatch(/no-floating-promises/);

    await editor.type(path, '  save();', '  await save();');
    expect(await editor.reports(path)).toEqual([]);
    await editor.type(path, '  await save();', '  ✓;\n  await save();\n  await save();\n  save();');
    expect((await editor.reports(path)).map(({ range }) => range.start.line)).toEqual([2]);
    await editor.type(path, '  ✓;\n', '');
    expect((await editor.reports(path)).map(({ range }) => range.start.line)).toEqual([4]);

    await editor.close(path);
    await editor.reportsOnce(path, (reports) => reports.length === 0);
  });

  test('has types of TypeScript 6 where TypeScript 7 would find no modules', async () => {
    const files = {
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./app" }] }',
      'app/tsconfig.json': '{ "extends": "../base" }',
      'base.json':
        '{ "compilerOptions": { "module": "commonjs", "moduleResolution": "node", "baseUrl": "./app" } }',
      'app/lib/save.ts': PROJECT['save.ts'],
      'app/a.ts': PROJECT['a.ts'].replace('./save.js', 'lib/save'),
      'b.ts': PROJECT['a.ts'].replace('./save.js', './app/lib/save'),
    };
    const { folder, path } = await opened(files, 'app/a.ts');
    expect((await editor.reports(path)).map(({ code }) => code)).toEqual([RULE]);
    await editor.type(path, '  save();', '  await save();');
    expect(await editor.reports(path)).toEqual([]);
    await editor.open(join(folder, 'b.ts'));
    expect((await editor.reports(join(folder, 'b.ts'))).map(({ code }) => code)).toEqual([RULE]);
  });

  test('is mended by a code action', async () => {
    const { path } = await opened();
    const [report] = await editor.reports(path);
    const actions = await editor.actions(path, report!);
    expect(actions.map(({ kind }) => kind)).toEqual(actions.map(() => 'quickfix'));
    await editor.apply(actions.find(({ title }) => title === 'Await it.')!);
    expect(editor.textOf(path)).toContain('  await save();\n');
    expect(await editor.reports(path)).toEqual([]);
    expect(await editor.actions(path, report!)).toEqual([]);
  });

  test('has a line excused by a comment, which asks for the reason', async () => {
    const { path } = await opened();
    const [report] = await editor.reports(path);
    const excuse = (await editor.actions(path, report!)).at(-1)!;
    expect(excuse.title).toBe(`Excuse this line from ${RULE}`);
    await editor.apply(excuse);
    expect(editor.textOf(path)).toContain(
      `  // eslint-disable-next-line ${RULE} -- why\n  save();`,
    );
    expect(await editor.reports(path)).toEqual([]);
  });

  test('shows the page of the rule over a report, and nothing elsewhere', async () => {
    const { path } = await opened();
    const [report] = await editor.reports(path);
    const hover = await editor.hover(path, report!.range.start);
    expect(hover?.contents).toMatchObject({ kind: 'markdown' });
    expect(JSON.stringify(hover?.contents)).toContain(`"# \`${RULE}\``);
    expect(await editor.hover(path, { line: 0, character: 0 })).toBeNull();
  });

  test('may be JavaScript, in no project, or no program', async () => {
    const { path } = await opened(
      { 'package.json': '{}', 'a.js': 'export async function f() {\n  g();\n}\n' },
      'a.js',
    );
    await editor.reports(path);
    await editor.type(path, '  g();', "  fetch('/g');");
    expect((await editor.reports(path)).map(({ code }) => code)).toEqual([RULE]);
    await editor.type(path, "fetch('/g');", 'fetch(;');
    expect(await editor.reports(path)).toMatchObject([{ severity: 4 }]);
  });
});

describe('the world around a document', () => {
  test('another file changes on disk', async () => {
    const { folder, path } = await opened();
    expect(await editor.reports(path)).toHaveLength(1);
    writeFileSync(join(folder, 'save.ts'), 'export declare function save(): void;\n');
    await editor.changedOnDisk(join(folder, 'save.ts'));
    await editor.reportsOnce(path, (reports) => reports.length === 0);
  });

  test('a second folder is opened, with settings of its own', async () => {
    const { path: first } = await opened();
    const { path: second } = await opened({
      ...PROJECT,
      'eslint.config.mjs':
        "export default [{ files: ['**/*.ts'], settings: { mooring: { safeCalls: ['save'] } } }];",
    });
    expect(await editor.reports(first)).toHaveLength(1);
    expect(await editor.reports(second)).toEqual([]);
  });

  test('an ESLint config comes that has our rules: the ESLint extension shows them', async () => {
    const { folder, path } = await opened();
    expect(await editor.reports(path)).toHaveLength(1);
    const config = join(folder, 'eslint.config.mjs');
    writeFileSync(
      config,
      `const mooring = { rules: { 'no-floating-promises': { create: () => ({}) } } };
       export default [{ files: ['**/*.ts'], plugins: { mooring }, rules: { '${RULE}': 'error' } }];`,
    );
    await editor.changedOnDisk(config);
    await editor.reportsOnce(path, (reports) => reports.length === 0);
    expect(editor.notes.join('\n')).toContain('mooring lsp is silent here');
  });
});

describe('the server', () => {
  test('asks to be told of files that change', () => {
    expect(editor.watched).toContain('workspace/didChangeWatchedFiles');
  });

  test('says which presets there are, and minds no folder that is on no disk', async () => {
    const folder = temporaryProject(PROJECT);
    const path = join(folder, 'a.ts');
    const other = await Editor.start([folder, 'vscode-vfs://github/a/b'], {
      options: { preset: 'strickt' },
    });
    await other.open(path);
    expect(await other.reports(path)).toHaveLength(1);
    expect(other.notes).toEqual([
      'There is no preset "strickt": it is one of recommended, structured, strict, and recommended without any.',
    ]);
    await other.quit();
  });

  test('goes when its editor has gone without a word, before a word and in the middle of its work', async () => {
    const folder = temporaryProject(PROJECT);
    const busy = await Editor.start([folder]);
    await busy.open(join(folder, 'a.ts'));
    expect(await busy.reports(join(folder, 'a.ts'))).toHaveLength(1);
    expect(await busy.vanish()).toBe(1);
    expect(await (await Editor.start([])).vanish()).toBe(1);
  });

  test('takes the preset of the command line, or of the editor, and starts again when it is killed', async () => {
    const folder = temporaryProject({
      ...PROJECT,
      'a.ts': "import { save } from './save.js';\nexport function run() {\n  void save();\n}\n",
    });
    const path = join(folder, 'a.ts');
    await editor.open(path);
    expect(await editor.reports(path)).toEqual([]);
    const first = await Editor.start([folder], { args: ['--preset', 'structured'] });
    await first.open(path);
    expect(await first.reports(path)).toHaveLength(1);
    await first.kill();
    const second = await Editor.start([folder], { options: { preset: 'structured' } });
    await second.open(path);
    expect(await second.reports(path)).toHaveLength(1);
    expect(await second.quit()).toBe(0);
  });
});
