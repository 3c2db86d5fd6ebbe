import { fileURLToPath } from 'node:url';

import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from 'eslint-plugin-mooring';

const typedFixture = fileURLToPath(new URL('../fixtures/typed/', import.meta.url));

export interface LintOptions {
  readonly rules: Linter.RulesRecord;
  /** What `settings.mooring` is. */
  readonly settings?: object | undefined;
  /** A file of the typed fixture, by which the parser finds the program. */
  readonly filename?:
    'file.config.ts' | 'file.cts' | 'file.mts' | 'file.ts' | 'file.tsx' | undefined;
  /** Without types, the file is parsed alone. */
  readonly typed: boolean;
}

const linter = new Linter({ cwd: typedFixture });

/** Lints one program with rules of the plugin. */
export function lint(code: string, options: LintOptions): Linter.LintMessage[] {
  const { filename = 'file.ts', rules, settings = {}, typed } = options;
  return linter.verify(
    code,
    [
      {
        files: ['**/*.{ts,tsx,mts,cts}'],
        plugins: { mooring: plugin },
        languageOptions: {
          parser,
          parserOptions: typed ? { project: './tsconfig.json', tsconfigRootDir: typedFixture } : {},
        },
        settings: { mooring: settings },
        rules,
      },
    ],
    `${typedFixture}${filename}`,
  );
}

/** The code with one fix or suggestion applied. */
export function applyFix(
  code: string,
  { range, text }: { range: [number, number]; text: string },
): string {
  return code.slice(0, range[0]) + text + code.slice(range[1]);
}
