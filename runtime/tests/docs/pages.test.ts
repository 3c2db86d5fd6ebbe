import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';
import { describe, expect, test } from 'vitest';

import { examplesOf } from './examples.js';
import { runExample } from './run-example.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const pages = [
  'README.md',
  'docs/testing.md',
  ...['docs/guide', 'docs/recipes'].flatMap((folder) =>
    readdirSync(root + folder)
      .filter((file) => file.endsWith('.md'))
      .map((file) => `${folder}/${file}`),
  ),
];

const examples = pages.flatMap((page) =>
  examplesOf(root + page).map((example) => ({ ...example, name: `${page}:${example.line}` })),
);

describe('programs in the pages', () => {
  const runnable = examples.filter(({ prints }) => prints !== undefined);

  test.each(runnable)('$name prints what the page says', async ({ name, prints, ...example }) => {
    expect(await runExample(example, name)).toBe(prints);
  });

  test('compile as a reader would compile them', () => {
    expect(compile(examples)).toEqual([]);
  }, 60_000);
});

/** Each program is a module of its own, in the folder of the workspace that has the packages. */
function compile(programs: readonly { name: string; code: string }[]): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'],
    types: ['node'],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  };
  const files = new Map(
    programs.map(({ name, code }) => [
      `${root}rules-tests/${name.replaceAll(/\W/g, '-')}.mts`,
      code,
    ]),
  );
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, languageVersion) => {
    const code = files.get(file);
    return code === undefined
      ? getSourceFile(file, languageVersion)
      : ts.createSourceFile(file, code, languageVersion);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const place =
      file &&
      `${file.fileName.slice(root.length)}:${file.getLineAndCharacterOfPosition(start ?? 0).line + 1}`;
    return `${place} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
