import { fileURLToPath } from 'node:url';

import type { ParserServicesWithTypeInformation, TSESTree } from '@typescript-eslint/utils';

import { readSettings } from '../../eslint-plugin/src/settings.js';
import { hasTypes, typesFor } from '../../eslint-plugin/src/types/types-for.js';
import type { Types } from '../../eslint-plugin/src/types/types.js';
import { type Provider, providerSettings } from './providers.js';
import { servicesParser } from './typed-parser.js';

const fixture = fileURLToPath(new URL('../fixtures/typed/', import.meta.url));

/** A program as the file of the typed fixture, and where to ask about it. */
export interface TypedProgram {
  readonly ast: TSESTree.Program;
  readonly types: Types;
  /** The parser's own view of it, whatever the provider. */
  readonly services: ParserServicesWithTypeInformation;
}

/** Parses a program, with types from one provider. */
export function typedProgram(
  text: string,
  provider: Provider,
  settings: object = {},
): TypedProgram {
  const { parser, parserOptions } = servicesParser(provider, fixture);
  const parsed = parser.parseForESLint(text, {
    ...parserOptions,
    filePath: `${fixture}file.ts`,
    sourceType: 'module',
    range: true,
  });
  const services = parsed.services as unknown as ParserServicesWithTypeInformation;
  const ast = parsed.ast as TSESTree.Program;
  const types = typesFor(
    {
      filename: `${fixture}file.ts`,
      cwd: fixture,
      sourceCode: { ast, text, parserServices: services },
    },
    readSettings({ mooring: { ...providerSettings(provider), ...settings } }),
  );
  if (!hasTypes(types)) throw new Error(types.reason);
  return { ast, types, services };
}
