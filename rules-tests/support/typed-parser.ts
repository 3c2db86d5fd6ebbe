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
  if (provider === 'native') return { parser: own };
  const { parser, parserOptions } = servicesParser(provider, folder);
  return { parser, parserOptions: typed ? parserOptions : {} };
}

interface ServicesParser {
  readonly parser: Extract<Linter.Parser, { parseForESLint: unknown }>;
  readonly parserOptions: Linter.ParserOptions;
}

/** A parser that brings services: for the provider `native` they are not asked for types. */
export function servicesParser(provider: Provider, folder: string): ServicesParser {
  return provider === 'tsgo'
    ? {
        parser: tsgoParser(),
        parserOptions: {
          projectService: { EXPERIMENTAL_backend: 'tsgo' },
          tsconfigRootDir: folder,
        },
      }
    : {
        parser: typescriptEslint as unknown as ServicesParser['parser'],
        parserOptions: {
          project: './tsconfig.json',
          tsconfigRootDir: folder,
          // With CI=true the parser takes a run to be the only one, and reads each file from disk
          // in place of the program that the test gives it.
          disallowAutomaticSingleRunInference: true,
        },
      };
}

/**
 * typescript-eslint over TypeScript 7.1, in a folder of its own: the package that it wants,
 * `@typescript/native`, would take the place of `tsc` here.
 */
function tsgoParser(): ServicesParser['parser'] {
  const require = createRequire(new URL('../tsgo/package.json', import.meta.url));
  return require('@typescript-eslint/parser') as ServicesParser['parser'];
}
