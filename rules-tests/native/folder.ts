import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { parseForESLint } from '@typescript-eslint/parser';
import type { TSESTree } from '@typescript-eslint/utils';

import { readSettings } from '../../eslint-plugin/src/settings.js';
import { hasTypes, typesFor } from '../../eslint-plugin/src/types/types-for.js';
import type { ValueFacts } from '../../eslint-plugin/src/types/types.js';
import { typescript as tested } from '../support/providers.js';
import { writeInto } from '../support/temporary-project.js';

/** The project's own root, from where TypeScript 7 is found for files anywhere. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A folder of files made for one test. */
export class Folder implements Disposable {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'native-')));

  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  /** Writes a file, at a time later than that of any file before. */
  write(name: string, text: string): void {
    writeInto(this.path, name, text);
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), 'utf8');
  }

  remove(name: string): void {
    rmSync(join(this.path, name), { recursive: true });
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }

  /** What the last expression of a text is, as that of a file in this folder, by TypeScript 7. */
  last(name: string, text: string, cwd = root, typescript = tested): ValueFacts {
    const filename = join(this.path, name);
    const { ast } = parseForESLint(text, { filePath: filename, range: true, sourceType: 'module' });
    const types = typesFor(
      { filename, cwd, sourceCode: { ast, text, parserServices: {} } },
      readSettings({ mooring: { types: 'native', typescript } }),
    );
    if (!hasTypes(types)) throw new Error(types.reason);
    const last = (ast as TSESTree.Program).body.at(-1);
    if (last?.type !== 'ExpressionStatement') throw new Error('The text ends in no expression.');
    return types.values([last.expression])[0]!;
  }
}
