// The file that an edit is for, and what it may write there.
import type { TSESLint } from '@typescript-eslint/utils';

import type { Settings } from '../settings.js';
import type { FileNames } from '../syntax/mooring-reference.js';
import { type ModuleFacts, moduleFacts } from '../types/module-facts.js';
import type { Types } from '../types/types.js';

export interface Place extends FileNames {
  readonly file: string;
  readonly settings: Settings;
  readonly types: Types | undefined;
  /** Worked out when a suggestion asks for it. */
  readonly module: ModuleFacts;
}

export function placeOf(
  {
    filename,
    sourceCode,
  }: { readonly filename: string; readonly sourceCode: Readonly<TSESLint.SourceCode> },
  settings: Settings,
  types: Types | undefined,
): Place {
  let facts: ModuleFacts | undefined;
  return {
    file: filename,
    settings,
    sourceCode,
    types,
    get module() {
      return (facts ??= moduleFacts(filename, isModule(sourceCode), types?.moduleOptions));
    },
  };
}

function isModule({ ast }: Readonly<TSESLint.SourceCode>): boolean {
  return ast.body.some(({ type }) => /^(Export|Import|TSExport|TSImportEquals)/.test(type));
}
