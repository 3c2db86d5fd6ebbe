import { createRequire } from 'node:module';

import * as typescriptEslint from '@typescript-eslint/parser';
import type { Linter } from 'eslint';
import * as own from 'eslint-plugin-mooring/parser';

import type { Provider } from './providers.js';

/** The parser that goes with each provider of types, and what it is told. */
export function languageOptions(
  provider: Provider,
  typed: boolean,
  folder: string,
): NonNullable<Linter.Config['languageOptions']> {
  switch (provider) {
    case 'native':
      return { parser: own };
    case 'parser-services':
      return {
        parser: typescriptEslint as Linter.Parser,
        parserOptions: typed ? { project: './tsconfig.json', tsconfigRootDir: folder } : {},
      };
    case 'tsgo':
      return {
        parser: tsgoParser(),
        parserOptions: typed
          ? { projectService: { EXPERIMENTAL_backend: 'tsgo' }, tsconfigRootDir: folder }
          : {},
      };
  }
}

/**
 * typescript-eslint over TypeScript 7.1, in a folder of its own: the package that it wants,
 * `@typescript/native`, would take the place of `tsc` here.
 */
function tsgoParser(): Linter.Parser {
  const require = createRequire(new URL('../tsgo/package.json', import.meta.url));
  return require('@typescript-eslint/parser') as Linter.Parser;
}
