/** The programs of the recipes that need a server or a package of this folder: marked `ts servers`. */
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import ts from 'typescript';
import { expect, inject, test } from 'vitest';

const recipes = fileURLToPath(new URL('../../../docs/recipes/', import.meta.url));
/** Inside this folder, so that its packages are found. */
const programs = fileURLToPath(new URL('../dist/recipes/', import.meta.url));

const BLOCK = /^```ts servers\n([\s\S]*?)^```\n\s*```text\n([\s\S]*?)^```/gm;

const examples = readdirSync(recipes)
  .filter((page) => page.endsWith('.md'))
  .flatMap((page) =>
    [...readFileSync(recipes + page, 'utf8').matchAll(BLOCK)].map((match, index) => ({
      name: `${page.replace('.md', '')}-${index}`,
      code: match[1]!,
      prints: match[2]!,
    })),
  );

test.each(examples)('$name prints what the page says', async ({ name, code, prints }) => {
  mkdirSync(programs, { recursive: true });
  const file = `${programs}${name}.mts`;
  writeFileSync(file, code);
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts'],
    types: ['node'],
    strict: true,
    skipLibCheck: true,
  });
  program.emit();
  const errors = ts.getPreEmitDiagnostics(program);
  expect(
    errors.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
  ).toEqual([]);
  const { stdout } = await promisify(execFile)(process.execPath, [file.replace('.mts', '.mjs')], {
    env: { ...process.env, DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl') },
  });
  expect(stdout).toBe(prints);
  rmSync(file);
});
