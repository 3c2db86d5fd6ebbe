import { fileURLToPath } from 'node:url';

import { type ESLint, Linter } from 'eslint';
import plugin from 'eslint-plugin-mooring';

import { providerSettings, provider } from './providers.js';
import { record } from './record.js';
import { languageOptions } from './typed-parser.js';

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

/** Where a program of a test stands, as far as the checker can tell. */
export const fixtureFile = (filename: LintOptions['filename'] = 'file.ts'): string =>
  `${typedFixture}${filename}`;

/** Rules that programs only name in comments: ESLint wants to know them. */
const OTHERS: ESLint.Plugin = { rules: { 'no-floating-promises': { create: () => ({}) } } };

const linter = new Linter({ cwd: typedFixture });

/** Lints one program with rules of the plugin, and with types of the provider that is tested. */
export function lint(code: string, options: LintOptions): Linter.LintMessage[] {
  const { filename = 'file.ts', rules, settings = {}, typed } = options;
  const messages = linter.verify(
    code,
    [
      {
        files: ['**/*.{ts,tsx,mts,cts}'],
        plugins: { mooring: plugin, '@typescript-eslint': OTHERS },
        languageOptions: languageOptions(provider, typed, typedFixture),
        linterOptions: { reportUnusedDisableDirectives: 'off' },
        settings: { mooring: { ...providerSettings(provider), ...settings } },
        rules,
      },
    ],
    fixtureFile(filename),
  );
  record({ code, filename, rules, settings, messages });
  return messages;
}

/** The code with one fix or suggestion applied. */
export function applyFix(
  code: string,
  { range, text }: { range: [number, number]; text: string },
): string {
  return code.slice(0, range[0]) + text + code.slice(range[1]);
}
